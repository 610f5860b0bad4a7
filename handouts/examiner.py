"""The author's desk: everything that can be wrong, in one pass, without laying anything out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from handouts import checks
from handouts.model import Curriculum, Edition, Size
from handouts.press.part import Part
from handouts.press.press import Press
from handouts.press.shelf import Shelf
from handouts.problem import Problem, UsageError
from handouts.source.brands import brand_names, read_brand
from handouts.source.curriculum import load


def examine(root: Path, today: datetime.date, paths: Sequence[Path] = ()) -> list[Problem]:
    """Check the whole curriculum and every brand; give what concerns ``paths``, or all.

    Raises UsageError for a path that is not there or lies outside of the root.
    """
    wanted = [_below(path, root) for path in paths]
    loaded = load(root)
    problems = list(loaded.problems)
    folders = []
    for name in brand_names(root):
        folder, wrong = read_brand(name, root)
        problems.extend(wrong)
        folders.extend([folder] if folder else [])
    problems.extend(checks.run(loaded, today, folders, advice=True))
    if loaded.curriculum:
        problems.extend(checks.pages(loaded.curriculum, _printed(root, loaded.curriculum)))
    return sorted(
        problem
        for problem in problems
        if not wanted or any(Path(problem.file).is_relative_to(each) for each in wanted)
    )


def _below(path: Path, root: Path) -> Path:
    if not path.exists():
        raise UsageError(f"There is no file or folder {str(path)!r}.")
    found = path.resolve()
    if not found.is_relative_to(root.resolve()):
        raise UsageError(f"{str(path)!r} lies outside of {str(root)!r}.")
    return found.relative_to(root.resolve())


def _printed(root: Path, curriculum: Curriculum) -> dict[str, Size]:
    """Give the sizes of handouts that lie on the shelf, as they would print now."""
    press = Press(root, curriculum, Shelf(root / ".shelf"))
    sizes = {}
    for code, lesson in curriculum.lessons.items():
        settings = lesson.settings
        part = Part("handout", (code,), Edition(), settings.title, settings.language)
        kept = press.shelf.take(press.key(part))
        if kept:
            sizes[code] = kept.size
    return sizes
