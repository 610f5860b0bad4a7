"""Each rule has a folder: what breaks it with the report expected, and what just passes.

The files of a folder are laid over the tiny curriculum.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handouts import checks
from handouts.examiner import examine
from handouts.model import Size
from handouts.problem import Problem
from handouts.rules import RULES
from handouts.source.curriculum import load
from tests.conftest import PROJECT, TODAY

FOLDER = Path(__file__).parent / "rules"
ELSEWHERE = {
    "ST002": "tests/cli: a file of 50 megabytes",
    "ST018": "tests/cli: a file that cannot be opened depends on who runs the test",
    "ST028": "below: something must have been printed",
    "ST029": "below: something must have been printed",
    **{f"CL00{number}": "tests/source: profiles and rosters" for number in range(1, 6)},
}


def found(code: str, side: str, folder: Path) -> list[Problem]:
    """What the rule says of the tiny curriculum with the files of one side laid over it."""
    root = folder / "root"
    shutil.copytree(PROJECT / "tests/tiny", root)
    shutil.copytree(PROJECT / "templates/brands/neutral", root / "templates/brands/neutral")
    shutil.copytree(FOLDER / code / side, root, dirs_exist_ok=True)
    return [problem for problem in examine(root, TODAY) if problem.code == code]


def test_every_rule_has_a_folder() -> None:
    assert {path.name for path in FOLDER.iterdir()} | set(ELSEWHERE) == set(RULES)


@pytest.mark.parametrize("code", sorted(path.name for path in FOLDER.iterdir()))
def test_a_rule_finds_what_breaks_it(code: str, tmp_path: Path) -> None:
    said = "".join(f"{p.file}:{p.line}: {p.message}\n" for p in found(code, "breaks", tmp_path))
    assert said == (FOLDER / code / "expected.txt").read_text("utf-8")
    assert said


@pytest.mark.parametrize("code", sorted(path.name for path in FOLDER.iterdir()))
def test_a_rule_lets_pass_what_just_passes(code: str, tmp_path: Path) -> None:
    left = found(code, "passes", tmp_path)
    if code in {"ST021", "ST027"}:  # the other tiny lesson is far too short for both
        left = [problem for problem in left if "one-promise" not in problem.file]
    assert left == []


def test_a_handout_of_five_pages_is_too_long() -> None:
    curriculum = load(PROJECT / "tests/tiny").curriculum
    assert curriculum
    (problem,) = checks.pages(curriculum, {"T1": Size(5), "T2": Size(4)})
    assert problem.code == "ST028"
    assert "5 pages" in problem.message


def test_a_sheet_for_a_few_lines_is_a_sheet_too_many() -> None:
    curriculum = load(PROJECT / "tests/tiny").curriculum
    assert curriculum
    (problem,) = checks.pages(curriculum, {"T1": Size(3, room=211), "T2": Size(3, room=210)})
    assert problem.code == "ST029"
    assert "page 3" in problem.message
