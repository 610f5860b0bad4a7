"""The map of the curriculum for surveyors and supervisors: what each lesson covers."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

from handouts.inventory import in_order
from handouts.model import Curriculum, Lesson
from handouts.problem import ProblemsFound
from handouts.source.curriculum import load

HEADS = (
    "Code",
    "Title",
    "Domain",
    "Skills",
    "Objectives",
    "Intensity",
    "Evidence",
    "Sources",
    "Review",
)


def coverage(root: Path, today: datetime.date) -> list[tuple[str, ...]]:
    """Give one row for each lesson, in the order of their codes, under ``HEADS``."""
    loaded = load(root)
    if loaded.curriculum is None:
        raise ProblemsFound(loaded.problems)
    lessons = loaded.curriculum.lessons
    return [_row(lessons[code], loaded.curriculum, today) for code in in_order(lessons)]


def _row(lesson: Lesson, curriculum: Curriculum, today: datetime.date) -> tuple[str, ...]:
    settings = lesson.settings
    keys = [key for block in lesson.blocks("evidence") for key in _sources(block.options)]
    review = curriculum.review(lesson, today)
    return (
        settings.code,
        settings.title,
        lesson.domain.title,
        ", ".join(settings.skills),
        " ".join(settings.objectives),
        f"{settings.intensity} of 3",
        lesson.grade.value.replace("-", " ") if lesson.grade else "none",
        ", ".join(dict.fromkeys(keys)),
        f"{review.by}, until {review.until}" if review else "draft",
    )


def _sources(options: object) -> tuple[str, ...]:
    keys = getattr(options, "sources", ())
    assert isinstance(keys, tuple)
    return keys


def as_csv(rows: list[tuple[str, ...]]) -> str:
    """Set the map as CSV with a head row."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows(rows)
    return sheet.getvalue()


def as_markdown(rows: list[tuple[str, ...]]) -> str:
    """Set the map as a page of docs."""
    lines = [
        "# The curriculum at a glance",
        "",
        "Made by `build_handouts.py list --map`; as a spreadsheet by `list --map --csv`.",
        "Nobody has reviewed a lesson whose last column says draft.",
        "",
        f"| {' | '.join(HEADS)} |",
        f"|{' --- |' * len(HEADS)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"
