"""What there is in the curriculum, as rows for a table or for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from handouts.problem import ProblemsFound
from handouts.source.brands import brand_names
from handouts.source.curriculum import load

Rows = dict[str, list[dict[str, object]]]


def inventory(root: Path) -> Rows:
    """Give lessons, cards, forms, programs and brands, each as a row of plain values.

    Files with problems are left out only when they cannot be read at all.
    """
    loaded = load(root)
    curriculum = loaded.curriculum
    if curriculum is None:
        raise ProblemsFound(loaded.problems)
    return {
        "lessons": [
            {
                "code": lesson.settings.code,
                "title": lesson.settings.title,
                "domain": lesson.domain.value,
                "can": lesson.settings.can,
                "intensity": lesson.settings.intensity,
                "evidence": lesson.grade.value if lesson.grade else "",
            }
            for lesson in sorted(
                curriculum.lessons.values(), key=lambda one: _place(one.settings.code)
            )
        ],
        "cards": [
            {"code": code, "title": card.settings.title, "lesson": card.settings.lesson or ""}
            for code, card in sorted(curriculum.cards.items())
        ],
        "forms": [
            {"code": code, "title": form.settings.title, "for": form.settings.audience}
            for code, form in sorted(curriculum.forms.items())
        ],
        "programs": [
            {
                "name": name,
                "title": program.title,
                "weeks": len(program.weeks),
                "lessons": sum(len(week.lessons) for week in program.weeks),
            }
            for name, program in curriculum.programs.items()
        ],
        "brands": [{"name": name} for name in brand_names(root)],
    }


def in_order(codes: Iterable[str]) -> list[str]:
    """Sort codes as people count: 2A before 10A, and F1 after both."""
    return sorted(codes, key=_place)


def _place(code: str) -> tuple[bool, int, str]:
    """Numbered lessons by number, then those that start with a letter."""
    digits = "".join(sign for sign in code if sign.isdigit())
    return (not code[:1].isdigit(), int(digits or 0), code)


def table(rows: Rows) -> str:
    """Set rows as tables that read well on a terminal."""
    blocks = []
    for name, entries in rows.items():
        lines = [f"{name.capitalize()} ({len(entries)})"]
        if entries:
            heads = list(entries[0])
            columns = [[head, *(str(entry[head]) for entry in entries)] for head in heads]
            widths = [max(map(len, column)) for column in columns]
            for row in zip(*columns, strict=True):
                cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
                lines.append("  " + "  ".join(cells).rstrip())
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
