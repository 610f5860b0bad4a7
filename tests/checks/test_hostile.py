"""Whatever is saved as a lesson gives problems, soon, and never a traceback."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts import checks
from handouts.checks.reading import Reading
from handouts.source.curriculum import Loaded, load
from handouts.source.files import decode
from handouts.source.texts import read_lesson
from tests.conftest import PROJECT, TODAY

TINY = load(PROJECT / "tests/tiny")
assert TINY.curriculum
LESSON = (PROJECT / "tests/tiny" / TINY.curriculum.lessons["T1"].file).read_bytes()
FILE = "curriculum/lessons/coping/any.md"
PIECES = [
    b"///",
    b"\n",
    b"/// lines | x\n",
    b"---\n",
    b"\xff",
    b"\x00",
    b"[",
    b"](",
    b"![",
    b"|",
    b"{{",
    b"<b>",
    b"&a *a",
    b": ",
    b"- ",
    b"99999999999",
    "\u202e\u00e9".encode(),
    b"#",
    b"___",
    b"**",
]


def check(content: bytes) -> int:
    """Check some bytes as the one lesson of a curriculum; give the number of problems."""
    source, problems = decode(content, FILE)
    if source is None:
        return len(problems)
    lesson, problems = read_lesson(source, None)
    assert TINY.curriculum
    if lesson is None:
        assert problems
        return len(problems)
    curriculum = replace(TINY.curriculum, lessons={lesson.settings.code: lesson}, programs={})
    found = checks.run(Loaded(curriculum, (), {}), TODAY, [], advice=True)
    return len(problems) + len(found)


MUTATION = st.tuples(
    st.integers(0, len(LESSON) - 1),
    st.sampled_from([0, 1, 5, 60]),
    st.one_of(st.sampled_from([*PIECES, b""]), st.binary(max_size=3)),
)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, derandomize=True, database=None)
@given(st.lists(MUTATION, min_size=1, max_size=6))
def test_five_thousand_mutated_lessons_give_problems_and_no_traceback(
    mutations: list[tuple[int, int, bytes]],
) -> None:
    content = bytearray(LESSON)
    for place, length, piece in mutations:
        content[place : place + length] = piece
    assert check(bytes(content)) > 0


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=400))
def test_any_bytes_as_a_lesson_give_problems(content: bytes) -> None:
    assert check(content) > 0


LONG = {
    "words": "many quiet words in a row ",
    "opened brackets": "[",
    "pictures": "![",
    "stars": "**",
    "quotation marks": '"a ',
    "underscores": "_ ",
    "numbers": "1.",
    "bars": "| ",
    "passive beginnings": "is quietly ",
    "colors": "the red ",
    "spaces": " ",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=list(LONG))
def test_no_line_can_keep_a_rule_busy(piece: str) -> None:
    """A guard against expressions that backtrack: seconds here would be hours on such a line."""
    text = LESSON.decode() + "\n" + piece * (40_000 // len(piece)) + "!\n"
    start = time.process_time()
    check(text.encode())
    assert time.process_time() - start < 10


def test_ten_thousand_lines_are_read_to_the_end() -> None:
    rows = "\n\n".join(f"## Part {n}\n\nYou breathe {n} times." for n in range(2500))
    source, _ = decode(LESSON + b"\n" + rows.encode(), FILE)
    assert source
    lesson, problems = read_lesson(source, None)
    assert lesson
    assert problems == []
    assert Reading(lesson).passages[-1].text == "You breathe 2499 times."
