"""The author's desk at the command line."""

from __future__ import annotations

import json

from handouts import report
from handouts.examiner import examine
from handouts.source.curriculum import load
from tests.conftest import PROJECT, TODAY, Command

CARD = "curriculum/cards/slow-breath.md"


def put(command: Command, old: str, new: str) -> None:
    path = command.root / CARD
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_errors_end_with_three_and_advice_does_not(command: Command) -> None:
    run = command("check")
    assert run.code == 0
    assert "SF008" in run.out
    put(command, "In for three.", "In for three, addict.")
    run = command("check")
    assert run.code == 3
    assert f"{CARD}:12: LP001 'addict'" in run.out
    assert "Write: person with a substance use disorder." in run.out


def test_a_path_narrows_the_report(command: Command) -> None:
    put(command, "In for three.", "In for three, addict.")
    assert "LP001" not in command("check", "curriculum/lessons").out
    run = command("check", CARD, "curriculum/lessons")
    assert "LP001" in run.out
    assert "SF008" not in run.out


def test_a_path_that_is_not_there_is_refused(command: Command) -> None:
    run = command("check", "curriculum/nothing.md")
    assert run.code == 2
    assert "nothing.md" in run.err
    assert command("check", "/").code == 2


def test_other_programs_read_the_report(command: Command) -> None:
    put(command, "In for three.", "In for three, addict.")
    rows = json.loads(command("check", "--format", "json").out)
    (row,) = [row for row in rows if row["severity"] == "error"]
    assert (row["file"], row["line"], row["code"]) == (CARD, 12, "LP001")
    log = json.loads(command("check", "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    results = log["runs"][0]["results"]
    assert [each["ruleId"] for each in results if each["level"] == "error"] == ["LP001"]
    shown = command("check", "--format", "github").out.splitlines()
    assert [each for each in shown if each.startswith(f"::error file={CARD},line=12,title=LP001::")]


def test_a_rule_is_explained(command: Command) -> None:
    run = command("check", "--explain", "pl003")
    assert run.out.startswith("PL003 (advice): A sentence has at most 20 words.")
    assert command("check", "--explain", "XX999").code == 2


def test_the_page_of_rules_is_the_table() -> None:
    assert (PROJECT / "docs/rules.md").read_text("utf-8") == report.rules_page()


def test_the_shipped_curriculum_passes_every_rule_and_excuses_itself_from_none() -> None:
    assert examine(PROJECT, TODAY) == []
    curriculum = load(PROJECT).curriculum
    assert curriculum
    assert [text.file for text in curriculum.texts if text.settings.exceptions] == []
