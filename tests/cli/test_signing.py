"""Sign-off: what stands where, who signed exactly what, and where a sheet of paper came from."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import TODAY, Command
from tests.reading import page_texts

SIGN = ("--by", "Ana Ruiz, LCSW", "--until", f"{TODAY.year + 2}-01-31")
BUILD = ("build", "--program", "tiny", "--quiet", "--jobs", "1")


def standing(command: Command, code: str) -> str:
    """The line of `review` about one text."""
    run = command("review")
    assert run.code == 0, run.err
    return next(row for row in run.out.split("\n") if row.startswith(code + " "))


def mark(command: Command, code: str) -> str:
    """The version mark of one text."""
    found = re.search(r"\b[0-9a-f]{6}\b", standing(command, code))
    assert found
    return found.group()


def lesson(command: Command) -> Path:
    return command.root / "curriculum/lessons/coping/slow-breath.md"


def test_everything_is_a_draft_until_somebody_signs(command: Command) -> None:
    assert standing(command, "T1").endswith("draft")
    assert "draft." in command("review").out.strip().split("\n")[-1]


def test_a_signed_lesson_is_signed_and_says_so_on_paper(command: Command) -> None:
    run = command("review", "sign", "t1", *SIGN)
    assert run.code == 0, run.err
    assert "signed" in standing(command, "T1")
    assert "Ana Ruiz, LCSW" in standing(command, "T1")
    assert standing(command, "T2").endswith("draft")
    command("handout", "T1", "--quiet")
    (file,) = (command.root / "output").rglob("T1-*.pdf")
    said = " ".join(page_texts(file))
    assert "Reviewed by Ana Ruiz, LCSW" in said
    assert "Draft" not in said


def test_any_edit_makes_a_signed_lesson_a_draft_again(command: Command) -> None:
    command("review", "sign", "T1", *SIGN)
    path = lesson(command)
    path.write_text(path.read_text().replace("breath", "breathing", 1))
    assert "changed since" in standing(command, "T1")
    command("handout", "T1", "--quiet")
    (file,) = (command.root / "output").rglob("T1-*.pdf")
    assert "Draft: not yet reviewed by a clinician" in " ".join(page_texts(file))


def test_a_safety_line_that_a_lesson_prints_is_signed_with_it(command: Command) -> None:
    path = command.root / "curriculum/safety-lines.yml"
    name, line = next(iter(yaml.safe_load(path.read_text()).items()))
    text = lesson(command)
    assert name in text.read_text()
    command("review", "sign", "T1", *SIGN)
    path.write_text(path.read_text().replace(line["text"], line["text"] + " Or not."))
    assert "changed since" in standing(command, "T1")


def test_line_ends_of_another_system_change_nothing(command: Command) -> None:
    command("review", "sign", "T1", *SIGN)
    path = lesson(command)
    before = mark(command, "T1")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert mark(command, "T1") == before
    assert " signed " in standing(command, "T1")


def test_a_sign_off_that_has_run_out_is_due_again(command: Command) -> None:
    command("review", "sign", "T1", *SIGN)
    path = command.root / "curriculum/reviews.yml"
    path.write_text(re.sub(r"until: .*", "until: 2020-01-01", path.read_text()))
    assert "due again" in standing(command, "T1")


def test_earlier_sign_offs_and_the_file_s_remarks_are_kept(command: Command) -> None:
    path = command.root / "curriculum/reviews.yml"
    path.write_text("# Keep this remark.\n[]\n")
    command("review", "sign", "T1", "--by", "Bo Lind, PhD", *SIGN[2:])
    command("review", "sign", "T1", *SIGN)
    assert path.read_text().startswith("# Keep this remark.\n")
    assert [row["by"] for row in yaml.safe_load(path.read_text())] == [
        "Bo Lind, PhD",
        "Ana Ruiz, LCSW",
    ]
    assert "Ana Ruiz" in standing(command, "T1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("T1", "--by", "Ana Ruiz", *SIGN[2:]), "credential"),
        (("T1", *SIGN[:3], "2020-01-01"), "not after today"),
        (("T9", *SIGN), "There is no lesson, card or form 'T9'. Did you mean"),
    ],
)
def test_a_sign_off_that_cannot_be_is_refused(
    command: Command, words: tuple[str, ...], said: str
) -> None:
    before = (command.root / "curriculum/reviews.yml").read_bytes()
    run = command("review", "sign", *words)
    assert run.code == 2
    assert said in run.err
    assert (command.root / "curriculum/reviews.yml").read_bytes() == before


def test_signed_only_makes_what_is_signed_and_lists_the_rest(command: Command) -> None:
    command("review", "sign", "T1", *SIGN)
    run = command(*BUILD, "--signed-only")
    assert run.code == 3
    folder = command.root / "output/neutral-signed"
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf")}
    assert {path.split("/")[1][:2] for path in made} == {"T1"}
    assert "Not made: tiny/week-01-participant-packet.pdf; not signed: " in run.err
    assert "hold text that no reviewer has signed" in run.err


def test_signed_only_is_content_when_all_is_signed(command: Command) -> None:
    codes = re.findall(r"^(\S+) .*\b[0-9a-f]{6}\b", command("review").out, re.M)
    assert command("review", "sign", *codes, *SIGN).code == 0
    run = command(*BUILD, "--signed-only")
    assert run.code == 0, run.err
    assert list((command.root / "output/neutral-signed").rglob("week-01-*.pdf"))


def test_a_signed_document_whose_text_was_edited_is_taken_away(command: Command) -> None:
    command("review", "sign", "T1", *SIGN)
    command(*BUILD, "--signed-only")
    assert list((command.root / "output/neutral-signed").rglob("T1-*.pdf"))
    path = lesson(command)
    path.write_text(path.read_text().replace("breath", "breathing", 1))
    run = command(*BUILD, "--signed-only")
    assert run.code == 3
    assert not list((command.root / "output/neutral-signed").rglob("T1-*.pdf"))


def test_trace_names_the_text_of_a_mark_and_who_signed_it(command: Command) -> None:
    command("review", "sign", "T1", *SIGN)
    run = command("trace", mark(command, "T1").upper())
    assert run.code == 0, run.err
    assert "T1 " in run.out
    assert "curriculum/lessons/coping/slow-breath.md" in run.out
    assert f"signed by Ana Ruiz, LCSW, on {TODAY.year}" in run.out
    assert "no git history" in run.out


def test_trace_finds_a_text_that_only_git_remembers(command: Command) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *words], cwd=command.root, check=True, capture_output=True)

    before = mark(command, "T1")
    git("init")
    git("add", "curriculum")
    git("commit", "-m", "one")
    path = lesson(command)
    path.write_text(path.read_text().replace("breath", "breathing", 1))
    run = command("trace", before)
    assert run.code == 0, run.err
    assert "as it is today" not in run.out
    assert re.search(r"T1 .*: the text of \d{4}-\d\d-\d\d, commit [0-9a-f]{12}", run.out)
    assert "No sign-off of this text is on record." in run.out


@pytest.mark.parametrize("word", ["000000", "12345", "ABCXYZ", "--"])
def test_a_mark_that_is_none_is_told_in_a_sentence(command: Command, word: str) -> None:
    run = command("trace", word)
    assert run.code == 2
    assert "mark" in run.err.lower()
