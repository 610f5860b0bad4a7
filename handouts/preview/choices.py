"""The texts one can choose from: all that are there, those that cannot be read included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handouts.model import Curriculum

CODE = re.compile(r"^code:[ \t]*[\"']?([A-Za-z0-9]{1,6})[\"']?[ \t\r]*$", re.MULTILINE)
"""The code of a text, for a file whose settings are too broken to be read."""

FOLDERS = (("lessons", "*/*.md"), ("cards", "*.md"), ("forms", "*.md"))


@dataclass(frozen=True)
class Choice:
    """A text by its file, with its code, the words it has in the list, and where it stands."""

    file: str
    code: str
    label: str
    group: str


def choices(root: Path, curriculum: Curriculum | None, program: str) -> tuple[Choice, ...]:
    """List every text: the lessons in the order of the program's weeks, then all others."""
    found = list(_found(root, curriculum, _groups(curriculum, program)))
    order = list(_groups(curriculum, program).values())
    order += ["Other lessons", "Cards", "Forms"]
    return tuple(sorted(found, key=lambda one: (order.index(one.group), one.code, one.file)))


def _groups(curriculum: Curriculum | None, program: str) -> dict[str, str]:
    """Give the group of each lesson that the program uses, by its code."""
    groups: dict[str, str] = {}
    plan = curriculum.programs.get(program) if curriculum else None
    if plan:
        for number, week in enumerate(plan.weeks, 1):
            for code in week.lessons:
                groups.setdefault(code, f"Week {number}: {week.theme}")
        for code in plan.family:
            groups.setdefault(code, "Family")
    return groups


def _found(root: Path, curriculum: Curriculum | None, groups: dict[str, str]) -> Iterator[Choice]:
    texts = {text.file: text for text in curriculum.texts} if curriculum else {}
    for kind, pattern in FOLDERS:
        for path in sorted((root / "curriculum" / kind).glob(pattern)):
            file = path.relative_to(root).as_posix()
            text = texts.get(file)
            code = text.settings.code if text else _code(path)
            label = f"{code} {text.settings.title}" if text else f"{code} {path.name} (broken)"
            group = groups.get(code, "Other lessons") if kind == "lessons" else kind.title()
            yield Choice(file, code, label.strip(), group)


def _code(path: Path) -> str:
    try:
        match = CODE.search(path.read_bytes()[:2000].decode("utf-8", "replace"))
    except OSError:
        return ""
    return match.group(1).upper() if match else ""
