"""A new file passes every check that stops a build, whatever its title."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.conftest import Command

STARTS = {
    "lesson": ("--domain", "coping", "--tags", "body", "--intensity", "1"),
    "card": ("--tags", "body"),
    "form": ("--audience", "participant"),
    "program": ("--weeks", "4"),
    "brand": ("--color", "#224466"),
}
FILES = {
    "lesson": "curriculum/lessons/coping/quiet-hands.md",
    "card": "curriculum/cards/quiet-hands.md",
    "form": "curriculum/forms/quiet-hands.md",
    "program": "curriculum/programs/quiet-hands.yml",
    "brand": "templates/brands/quiet-hands/brand.yml",
}
TITLES = ("Quiet Hands", 'He said: "No" # {{ 7 }}', "- 'x': [y] & *z")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("kind", STARTS)
def test_a_new_file_has_no_error(command: Command, kind: str, title: str) -> None:
    run = command("new", kind, "quiet-hands", "--title", title, *STARTS[kind])
    assert run.code == 0, run.err
    assert FILES[kind] in run.out
    check = command("check", FILES[kind])
    assert check.code == 0, check.out
    text = (command.root / FILES[kind]).read_text()
    said = yaml.safe_load(text.split("---\n")[1] if kind in {"lesson", "card", "form"} else text)
    assert title in said.values()


def test_a_new_lesson_prints(command: Command) -> None:
    command("new", "lesson", "quiet-hands", "--title", "Quiet Hands", *STARTS["lesson"])
    run = command("handout", "T3", "--guide")
    assert run.code == 0, run.err


def test_a_new_brand_and_program_print(command: Command) -> None:
    command("new", "brand", "quiet-hands", "--title", "Quiet Hands", *STARTS["brand"])
    command("new", "program", "quiet-hands", "--title", "Quiet Hands", *STARTS["program"])
    run = command("packet", "2", "--program", "quiet-hands", "--brand", "quiet-hands")
    assert run.code == 0, run.err


def test_what_no_option_says_is_asked(command: Command) -> None:
    answers = "Quiet Hands\ncoping\nbody honesty\n3\nT1\n"
    run = command("new", "lesson", "quiet-hands", stdin=answers)
    assert run.code == 0, run.err
    text = (command.root / FILES["lesson"]).read_text()
    assert "gentler: T1" in text
    assert "tags: [body, honesty]" in text
    assert command("check", FILES["lesson"]).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lesson", "slow-breath", "--title", "A", *STARTS["lesson"]), "already"),
        (("card", "Quiet Hands", "--title", "A", *STARTS["card"]), "small letters"),
        (("card", "../../x", "--title", "A", *STARTS["card"]), "small letters"),
        (("card", "x", "--title", "A" * 49, *STARTS["card"]), "1 to 48 letters"),
        (("card", "x", "--title", "A", "--tags", "nope"), "There is no tag 'nope'"),
        (("card", "x", "--title", "A", *STARTS["card"], "--code", "t1"), "already belongs"),
        (("card", "x", "--title", "A", *STARTS["card"], "--code", "a b"), "is no code"),
        (("brand", "x", "--title", "A", "--color", "red"), "is no colour"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    command: Command, words: tuple[str, ...], said: str
) -> None:
    def files() -> set[Path]:
        return {path for path in command.root.rglob("*") if "__pycache__" not in path.parts}

    before = files()
    run = command("new", *words)
    assert run.code == 2
    assert said in run.err
    assert files() == before
