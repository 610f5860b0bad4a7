"""What the shipped curriculum promises, measured on what prints."""

from __future__ import annotations

import datetime
import itertools
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
import textstat

from handouts import checks, coverage
from handouts.checks import run
from handouts.model import Curriculum, Edition, Grade, Lesson, walk
from handouts.press.part import Part, Template
from handouts.press.press import Press
from handouts.press.setting import Setting
from handouts.press.shelf import Shelf
from handouts.press.theme import Theme
from handouts.source.brands import brand_names, read_brand
from handouts.source.curriculum import load
from tests.conftest import PROJECT, TODAY
from tests.reading import depth, early_breaks

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


class _Blocks(HTMLParser):
    """Gathers the text of a page, one entry for each paragraph, item, cell or heading."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = [""]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in {"svg", "head"}
        if tag in {"p", "li", "td", "th", "h1", "h2", "h3", "div", "section"}:
            self.texts.append("")
        if tag == "span" and ("class", "blank") in list(attrs):  # type: ignore[call-overload]
            self.texts[-1] += "blank"

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"svg", "head"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts[-1] += data


def _sentences(code: str) -> list[str]:
    """Every sentence that participants read on the pages of a lesson or card."""
    setting = Setting(CURRICULUM, Theme(PROJECT / "templates"))
    text = CURRICULUM.text(code)
    assert text is not None
    template: Template = "handout" if isinstance(text, Lesson) else "cards"
    part = Part(template, (code,), Edition(), text.settings.title)
    parser = _Blocks()
    parser.feed(setting.html(part))
    found = []
    for block in parser.texts:
        plain = " ".join(block.split())
        rows = re.split(r"(?<=[.?!:;])[\"\u201d\u2019)]*\s+", plain)
        found.extend(row for row in rows if re.search(r"[a-z]", row))
    return found


@pytest.mark.parametrize("code", [*CURRICULUM.lessons, *CURRICULUM.cards])
def test_what_prints_reads_at_the_sixth_grade_or_below(code: str) -> None:
    sentences = _sentences(code)
    text = " ".join(row.rstrip(".?!:;,\u201d\u2019") + "." for row in sentences)
    assert textstat.flesch_kincaid_grade(text) <= 6.0
    assert textstat.smog_index(text) <= 8.0
    assert [row for row in sentences if len(row.split()) > 20] == []


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """A press for the shipped curriculum, with a shelf of its own."""
    return Press(PROJECT, CURRICULUM, Shelf(tmp_path_factory.mktemp("shelf")))


@pytest.mark.slow
@pytest.mark.parametrize("code", CURRICULUM.lessons)
def test_handouts_fill_their_pages(code: str, press: Press, tmp_path: Path) -> None:
    """Two to four pages; only the last, which is lined to its foot, may be short."""
    kept = press.finished(Part("handout", (code,), Edition(), "x"))
    assert checks.pages(CURRICULUM, {code: kept.size}) == []
    pdf = tmp_path / f"{code}.pdf"
    pdf.write_bytes(kept.pdf)
    depths = [depth(pdf, page, top=22, bottom=24) for page in range(kept.size.pages - 1)]
    assert min(depths) >= 0.7, depths


@pytest.mark.slow
@pytest.mark.parametrize("code", CURRICULUM.lessons)
def test_no_line_breaks_before_its_end(code: str, press: Press, tmp_path: Path) -> None:
    """The engine sometimes breaks a line at its first space when an italic phrase ends it."""
    for template in ("handout", "guide"):
        pdf = tmp_path / f"{code}-{template}.pdf"
        pdf.write_bytes(press.finished(Part(template, (code,), Edition(), "x")).pdf)
        assert early_breaks(pdf) == []


def test_no_two_lessons_read_alike() -> None:
    """No pair shares more than 8% of its runs of eight words."""
    runs = {}
    for lesson in LESSONS:
        words = []
        for node in walk(lesson.body):
            said = getattr(node, "text", "") or getattr(node, "title", "")
            words.extend(re.findall(r"[a-z0-9']+", said.lower()))
        runs[lesson.settings.code] = {tuple(words[n : n + 8]) for n in range(len(words) - 7)}
    for one, other in itertools.combinations(runs, 2):
        shared = len(runs[one] & runs[other])
        assert shared / min(len(runs[one]), len(runs[other])) <= 0.08, (one, other)
