"""Markdown files to lessons, cards and forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from handouts.model import (
    Block,
    Card,
    CardSettings,
    Domain,
    Form,
    FormSettings,
    Lesson,
    LessonSettings,
    Node,
    Prose,
    TextSettings,
    walk,
)
from handouts.problem import Problem
from handouts.rules import breach
from handouts.source import files
from handouts.source.blocks import read_blocks
from handouts.source.files import Source
from handouts.source.kinds import KINDS
from handouts.source.settings import Path as SettingPath
from handouts.source.settings import parse, validate

S = TypeVar("S", bound=TextSettings)

IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\(\s{0,9}<?([^)\s>]{0,600})")


@dataclass(frozen=True)
class _Read:
    """A file's text, taken apart; settings are None when they are wrong."""

    body: tuple[Node, ...]
    lines: dict[SettingPath, int]
    pictures: tuple[str, ...] = ()


def _take_apart(
    source: Source, model: type[S], folder: Path | None
) -> tuple[S | None, _Read, list[Problem]]:
    """Read settings and body; ``folder`` is where pictures lie, None to skip them."""
    rows = source.text.split("\n")
    if rows[0].rstrip() != "---":
        problem = breach("ST003", source.file, 1, "The settings are missing.")
        body, wrong = read_blocks(source.text, source.file)
        return None, _Read(body, {}), [problem, *wrong]
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
    if end is None:
        problem = breach("ST003", source.file, 1, "The settings have no closing line.")
        return None, _Read((), {}), [problem]
    settings, problems = parse("\n".join(rows[1:end]), source.file, "ST004", 2)
    record = None
    if not problems:
        record, problems = validate(model, settings, source.file, "ST005")
    body, wrong = read_blocks("\n".join(rows[end + 1 :]), source.file, end + 2)
    problems = [*problems, *wrong, *_names(body, source.file)]
    pictures: list[str] = []
    if folder is not None:
        problems.extend(_pictures(body, source.file, folder, pictures))
    return record, _Read(body, dict(settings.lines), tuple(pictures)), problems


def _names(body: tuple[Node, ...], file: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for node in walk(body):
        if isinstance(node, Block) and node.kind in KINDS and KINDS[node.kind].write_on:
            name = node.option("name")
            if isinstance(name, str) and first.setdefault(name, node.line) != node.line:
                message = f"The name {name!r} is already used on line {first[name]}."
                yield breach("ST020", file, node.line, message)


def _pictures(
    body: tuple[Node, ...], file: str, folder: Path, digests: list[str]
) -> Iterator[Problem]:
    """Find what is wrong with pictures; the digests of good ones go into ``digests``."""
    for node in walk(body):
        if not isinstance(node, Prose):
            continue
        for match in IMAGE.finditer(node.text):
            name = match.group(1)
            line = node.line + node.text.count("\n", 0, match.start())
            if not re.fullmatch(r"[\w.-]+\.(?:svg|png|jpg)", name):
                yield breach("ST017", file, line, f"The picture {name!r} is not beside the text.")
            elif not (folder / name).is_file():
                yield breach("ST016", file, line, f"The picture {name!r} is not there.")
            elif address := files.outside(folder / name):
                message = f"The picture {name!r} asks for {address!r}, which lies outside of it."
                yield breach("ST017", file, line, message)
            else:
                digests.append(files.digest(folder / name))


def _common(
    source: Source, read: _Read
) -> tuple[str, str, tuple[Node, ...], dict[SettingPath, int], str, tuple[str, ...]]:
    return source.file, source.digest, read.body, read.lines, source.text, read.pictures


def read_lesson(source: Source, folder: Path | None) -> tuple[Lesson | None, list[Problem]]:
    """Make a lesson of a file; None when its settings or its folder are wrong."""
    settings, read, problems = _take_apart(source, LessonSettings, folder)
    name = PurePosixPath(source.file).parent.name
    if name not in list(Domain):
        problems.append(breach("ST015", source.file, 0, f"There is no domain {name!r}."))
    elif settings:
        return Lesson(*_common(source, read), settings, Domain(name)), problems
    return None, problems


def read_card(source: Source, folder: Path | None) -> tuple[Card | None, list[Problem]]:
    """Make a card of a file; None when its settings are wrong."""
    settings, read, problems = _take_apart(source, CardSettings, folder)
    if settings is None:
        return None, problems
    return Card(*_common(source, read), settings), problems


def read_form(source: Source, folder: Path | None) -> tuple[Form | None, list[Problem]]:
    """Make a form of a file; None when its settings are wrong."""
    settings, read, problems = _take_apart(source, FormSettings, folder)
    if settings is None:
        return None, problems
    return Form(*_common(source, read), settings), problems
