"""What the shipped curriculum promises, measured on what prints."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from handouts import coverage
from handouts.checks import run
from handouts.model import Curriculum, Grade, Lesson
from handouts.source.brands import brand_names, read_brand
from handouts.source.curriculum import load
from tests.conftest import PROJECT, TODAY

LOADED = load(PROJECT)
assert LOADED.curriculum is not None
CURRICULUM: Curriculum = LOADED.curriculum
LESSONS = list(CURRICULUM.lessons.values())


def test_it_has_no_problem() -> None:
    assert LOADED.problems == ()
    brands = [read_brand(name, PROJECT)[0] for name in brand_names(PROJECT)]
    assert run(LOADED, TODAY, [brand for brand in brands if brand]) == []


def test_it_is_whole() -> None:
    weekly = {f"{week}{letter}" for week in range(1, 17) for letter in "ABC"}
    assert set(CURRICULUM.lessons) == weekly | {f"F{number}" for number in range(1, 9)}
    assert set(CURRICULUM.cards) == {f"C{number:02}" for number in range(1, 31)}
    program = CURRICULUM.programs["sixteen-weeks"]
    assert [len(week.lessons) for week in program.weeks] == [3] * 16
    assert [len(week.lessons) for week in CURRICULUM.programs["eight-weeks"].weeks] == [3] * 8
    assert [len(week.lessons) for week in CURRICULUM.programs["twelve-weeks"].weeks] == [2] * 12


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.settings.code)
def test_every_lesson_has_what_a_session_needs(lesson: Lesson) -> None:
    kinds = Counter(block.kind for block in lesson.blocks(*_ALL))
    assert kinds["message"] == 1
    assert kinds["example"] >= 1
    assert kinds["evidence"] >= 1
    assert kinds["log"] >= 1
    assert kinds["help"] == 1
    assert kinds["ask"] >= 5
    assert kinds["say"] >= 1
    assert kinds["care"] >= 1
    assert kinds["adapt"] >= 1
    assert sum(kinds[kind] for kind in ("draw", "table", "tick", "script", "lines")) >= 1
    assert sum(int(str(note.option("minutes"))) for note in lesson.agenda) == 90
    assert [block.kind for block in lesson.blocks(*_ALL)][-1] == "help"


_ALL = (
    *("message", "example", "evidence", "log", "help", "ask", "say", "care", "adapt", "note"),
    *("draw", "table", "tick", "script", "lines", "short", "scale", "safety", "try"),
)


def test_heavy_lessons_name_a_gentler_one() -> None:
    for lesson in LESSONS:
        if lesson.settings.intensity == 3:
            gentler = CURRICULUM.lessons[lesson.settings.gentler or ""]
            assert gentler.settings.intensity < 3


def test_lines_that_save_lives_are_printed_where_they_must_be() -> None:
    for name, line in CURRICULUM.safety_lines.items():
        for code in line.required_for:
            printed = [
                each
                for block in CURRICULUM.lessons[code].blocks("safety")
                for each in getattr(block.options, "lines", ())
            ]
            assert name in printed, f"{code} must print {name}"


def test_claims_rest_on_sources_and_four_in_ten_lessons_on_good_ones() -> None:
    weekly = [lesson for lesson in LESSONS if lesson.settings.code[0] != "F"]
    good = [lesson for lesson in weekly if lesson.grade in {Grade.STRONG, Grade.MODERATE}]
    assert len(good) / len(weekly) >= 0.4
    for lesson in LESSONS:
        for block in lesson.blocks("evidence"):
            keys = getattr(block.options, "sources", ())
            assert keys or block.title == Grade.PRACTICE_WISDOM, lesson.file
            # A work that could not be confirmed is marked so in the guide; it never stands alone.
            confirmed = [key for key in keys if CURRICULUM.sources[key].checked]
            assert confirmed or not keys, f"{lesson.file} cites {keys}"


def test_nothing_claims_a_review_that_nobody_made() -> None:
    assert not CURRICULUM.reviews


def test_the_map_in_docs_is_the_map() -> None:
    rows = coverage.coverage(PROJECT, datetime.date(2026, 11, 24))
    page = (PROJECT / "docs/curriculum-map.md").read_text("utf-8")
    assert page == coverage.as_markdown(rows)
