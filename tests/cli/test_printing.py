"""build, packet, handout and list, as a person runs them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.reading import page_texts

BUILD = ("build", "--program", "tiny")


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every PDF below a folder, by its name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.pdf"))
    }


def laid_out(text: str) -> tuple[int, int]:
    """The numbers of parts laid out and files written that --verbose tells."""
    found = re.search(r"(\d+) parts laid out, (\d+) files written", text)
    assert found, text
    return int(found.group(1)), int(found.group(2))


def test_no_command_shows_help(command: Command) -> None:
    run = command()
    for name in ("build", "packet", "handout", "list"):
        assert name in run.out + run.err


def test_help_imports_nothing_heavy(command: Command) -> None:
    script = (
        "import sys; import build_handouts\n"
        "heavy = {'weasyprint', 'pikepdf', 'pydantic', 'jinja2', 'markdown', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=command.root, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_two_builds_of_the_same_input_are_the_same_bytes(command: Command) -> None:
    assert command(*BUILD, "--jobs", "2", "--output", "one").code == 0
    for path in (command.root / ".shelf").glob("*/*"):
        path.unlink()
    assert command(*BUILD, "--jobs", "1", "--output", "two").code == 0
    one = digests(command.root / "one")
    assert len(one) == 13
    assert one == digests(command.root / "two")


def test_the_last_line_says_what_was_made_and_where(command: Command) -> None:
    run = command(*BUILD)
    last = run.out.strip().splitlines()[-1]
    assert re.fullmatch(r"13 documents, \d+ pages, in .*output/neutral", last)


def test_quiet_says_nothing(command: Command) -> None:
    run = command("handout", "T1", "--quiet")
    assert (run.out, run.err) == ("", "")


def imports_of(command: Command, *words: str) -> tuple[str, str]:
    """What a run says, and whether it imported the engine and the bindery's library."""
    script = (
        "import sys; from click.testing import CliRunner; import build_handouts\n"
        f"print(CliRunner().invoke(build_handouts.cli, {list(words)!r}).output)\n"
        "print('weasyprint' in sys.modules, 'pikepdf' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=command.root, capture_output=True, text=True
    )
    said, _, imported = done.stdout.strip().rpartition("\n")
    return said, imported


def test_a_second_build_does_nothing_and_does_not_import_the_engine(command: Command) -> None:
    command(*BUILD)
    before = digests(command.root / "output")
    said, imported = imports_of(command, *BUILD)
    assert "Nothing has changed: 13 documents" in said
    assert imported == "False False"
    assert digests(command.root / "output") == before


def test_what_is_on_the_shelf_is_bound_without_the_engine(command: Command) -> None:
    asked = ("packet", "1", "--program", "tiny", "--jobs", "2")
    command(*asked)
    _, imported = imports_of(command, *asked, "--output", "other")
    assert imported.startswith("False")
    assert digests(command.root / "other") == digests(command.root / "output")


def test_one_changed_lesson_lays_out_only_its_own_bodies(command: Command) -> None:
    command(*BUILD)
    lesson = command.root / "curriculum/lessons/accountability/one-promise.md"
    lesson.write_text(lesson.read_text().replace("Here you make", "Now you make"))
    run = command(*BUILD, "--verbose")
    parts, files = laid_out(run.out)
    assert parts == 2  # its handout and its guide
    assert files == 4  # those two, and both packets of week 2


def test_a_changed_logo_or_phone_number_lays_out_no_lesson(command: Command) -> None:
    command(*BUILD, "--brand", "river-house")
    brand = command.root / "templates/brands/river-house"
    logo = brand / "logo.svg"
    logo.write_text(logo.read_text().replace('stroke-width="4"', 'stroke-width="5"'))
    parts, files = laid_out(command(*BUILD, "--brand", "river-house", "--verbose").out)
    cards = 2  # they carry no logo
    assert (parts, files) == (0, 13 - cards)
    settings = brand / "brand.yml"
    settings.write_text(settings.read_text().replace("010-0142", "010-0199"))
    run = command(*BUILD, "--brand", "river-house", "--verbose")
    parts, files = laid_out(run.out)
    covers = 5  # the first pages of four packets and of the starter pack name the number
    assert (parts, files) == (covers, 13)
    for path in (command.root / "output").rglob("*.pdf"):
        assert "010-0199" in page_texts(path)[0]


def test_a_file_that_somebody_deleted_is_made_again(command: Command) -> None:
    command(*BUILD)
    victim = next((command.root / "output").rglob("starter-pack.pdf"))
    before = victim.read_bytes()
    victim.unlink()
    assert laid_out(command(*BUILD, "--verbose").out) == (0, 1)
    assert victim.read_bytes() == before


def test_a_damaged_shelf_is_rebuilt_without_a_word(command: Command) -> None:
    command(*BUILD, "--output", "one")
    for number, path in enumerate(sorted((command.root / ".shelf").glob("*/*"))):
        if number % 2:
            path.write_bytes(b"damaged")
        else:
            path.unlink()
    run = command(*BUILD, "--output", "two")
    assert run.code == 0
    assert "damage" not in run.err
    assert digests(command.root / "one") == digests(command.root / "two")


def test_packet_makes_both_or_one(command: Command) -> None:
    folder = command.root / "output/neutral/tiny"
    assert command("packet", "1", "--program", "tiny", "--for", "participants").code == 0
    assert [path.name for path in folder.iterdir()] == ["week-01-participant-packet.pdf"]
    assert command("packet", "2", "--program", "tiny").code == 0
    assert len(list(folder.iterdir())) == 3


def test_dates_are_on_the_cover_when_the_start_is_known(command: Command) -> None:
    command("packet", "2", "--program", "tiny", "--starts", "2027-01-25")
    file = command.root / "output/neutral/tiny/week-02-participant-packet.pdf"
    assert "February 1 to 5, 2027" in page_texts(file)[0]


def test_several_lessons_and_cards_make_one_file(command: Command) -> None:
    run = command("handout", "t1", "TC2", "TP1")
    assert run.code == 0
    texts = page_texts(command.root / "output/neutral/handouts/T1-TC2-TP1.pdf")
    assert any("Small, clear, checked." in text for text in texts)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("handout", "T9"), "Did you mean"),
        (("packet", "9", "--program", "tiny"), "has 2 weeks"),
        (("packet", "1", "--program", "huge"), "There are: tiny"),
        (("build", "--program", "tiny", "--brand", "nobody"), "There is no brand 'nobody'"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    command: Command, words: tuple[str, ...], said: str
) -> None:
    run = command(*words)
    assert run.code == 2
    assert said in run.err


def test_large_print_is_larger(command: Command) -> None:
    command("handout", "T1")
    command("handout", "T1", "--large-print")
    small = next((command.root / "output/neutral").rglob("T1*.pdf"))
    large = next((command.root / "output/neutral-large").rglob("T1*.pdf"))
    assert len(page_texts(large)) > len(page_texts(small))


def test_a_card_in_large_print_has_a_page_of_its_own_with_everything_on_it(
    command: Command,
) -> None:
    assert command("handout", "TC1", "TC2", "--large-print").code == 0
    (file,) = (command.root / "output/neutral-large").rglob("TC1*.pdf")
    pages = page_texts(file)
    for words in ("Out is slower", "Small, clear, checked"):
        (page,) = (text for text in pages if words in text)
        assert page.count("call 911") == 1
        assert page.count("Slow Breath") + page.count("One Promise") == 2  # heading and foot


def test_a_card_that_is_too_long_for_half_a_sheet_is_refused_and_named(command: Command) -> None:
    card = command.root / "curriculum/cards/slow-breath.md"
    card.write_text(card.read_text().rstrip() + "\n\n" + "One more thing to do.\n\n" * 30)
    run = command("handout", "TC1")
    assert run.code == 4
    assert "card TC1" in run.err
    assert not list((command.root / "output").rglob("*.pdf"))


def test_list_shows_everything_and_json_is_json(command: Command) -> None:
    run = command("list")
    for words in ("T1", "Slow Breath", "TC2", "TP1", "tiny", "river-house"):
        assert words in run.out
    data = json.loads(command("list", "--json").out)
    assert [row["code"] for row in data["lessons"]] == ["T1", "T2"]


def test_every_problem_of_every_file_in_one_run_and_nothing_written(command: Command) -> None:
    texts = command.root / "curriculum"
    lesson = texts / "lessons/coping/slow-breath.md"
    good = lesson.read_text()
    (texts / "lessons/coping/bare.md").write_text("No settings.")
    (texts / "lessons/coping/yaml.md").write_text("---\ncode: [\n---\n")
    (texts / "lessons/coping/twin.md").write_text(good)
    (texts / "lessons/coping/latin.md").write_bytes(b"---\ncode: T7\n---\nna\xefve")
    (texts / "lessons/coping/huge.md").write_bytes(b"x" * 50_000_000)
    (texts / "lessons/nowhere").mkdir()
    (texts / "lessons/nowhere/lost.md").write_text(good.replace("T1", "T6"))
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    (texts / "lessons/coping/bomb.md").write_text(f"---\n{bomb}---\n")
    mixed = good.replace("code: T1", "code: T5").replace("minutes: 15", "minutes: ten", 1)
    mixed += (
        "\n/// nonsense\n///\n\n![A dog](dog.png)\n\n![Secret](../../x.png)\n\n/// try | Open\n"
    )
    (texts / "lessons/coping/mixed.md").write_text(mixed)
    program = texts / "programs/tiny.yml"
    program.write_text(program.read_text().replace("lessons: [T1]", "lessons: [T1, T99]"))
    run = command(*BUILD)
    assert run.code == 3
    for words in (
        "bare.md:1: ST003",
        "yaml.md:3: ST004",
        "ST014 The code 'T1' already belongs to",
        "latin.md:4: ST001",
        "huge.md: ST002",
        "lost.md: ST015",
        "bomb.md:2: ST004",
        "ST006 There is no block 'nonsense'",
        "ST009 The setting 'minutes'",
        "ST016 The picture 'dog.png'",
        "ST017 The picture '../../x.png'",
        "ST007 The block 'try' is not closed",
        "LK001 There is no lesson with the code 'T99'",
    ):
        assert words in run.err
    assert "nothing was written" in run.err
    assert not (command.root / "output").exists()


def test_a_picture_that_reads_other_files_is_refused_and_named(command: Command) -> None:
    folder = command.root / "curriculum/lessons/coping"
    spy = '<svg xmlns="http://www.w3.org/2000/svg"><use href="file:///etc/passwd#x"/></svg>'
    (folder / "spy.svg").write_text(spy)
    lesson = folder / "slow-breath.md"
    lesson.write_text(lesson.read_text() + "\n![A spy](spy.svg)\n")
    run = command("handout", "T1")
    assert run.code == 3
    assert "file:///etc/passwd" in run.err


def test_old_crisis_lines_stop_a_build_unless_somebody_takes_the_risk(command: Command) -> None:
    lines = command.root / "curriculum/crisis-lines.yml"
    lines.write_text(lines.read_text().replace("2026-11-01", "2020-01-01"))
    run = command("handout", "T1")
    assert run.code == 3
    assert "SF002" in run.err
    assert command("handout", "T1", "--stale-crisis-lines").code == 0
    (file,) = (command.root / "output").rglob("T1*.pdf")
    assert all("they are old" in text for text in page_texts(file))


def test_an_output_that_cannot_be_written_is_named(command: Command) -> None:
    (command.root / "output").write_text("a file where the folder should be")
    run = command("handout", "T1")
    assert run.code == 6
    assert "could not be written" in run.err


def test_a_full_disk_leaves_no_half_file(command: Command) -> None:
    """A limit on the size of files stands for a full disk: the write fails in the middle."""
    assert command("handout", "T1", "--output", "before").code == 0
    script = (
        "import resource, runpy, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "sys.argv = ['build_handouts.py', 'handout', 'T1', '--output', 'after']\n"
        "runpy.run_path('build_handouts.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=command.root, capture_output=True, text=True
    )
    assert done.returncode == 6, done.stderr
    assert "T1-slow-breath.pdf could not be written" in done.stderr
    assert list((command.root / "after").rglob("*.*")) == []
    assert list((command.root / "before").rglob("*.pdf")) != []


@pytest.mark.slow
def test_killed_in_the_middle_nothing_is_half_and_the_next_run_finishes(command: Command) -> None:
    output = command.root / "output"
    for wait in (0.7, 1.2, 1.7, 2.2):
        process = subprocess.Popen(
            [sys.executable, "build_handouts.py", *BUILD],
            cwd=command.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for path in output.rglob("*.pdf"):
            assert page_texts(path)
    assert command(*BUILD).code == 0
    assert len(digests(output)) == 13


@pytest.mark.slow
def test_two_builds_at_once_into_one_folder_both_end_well(command: Command) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "build_handouts.py", *BUILD],
            cwd=command.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    assert [process.wait(120) for process in processes] == [0, 0]
    for process in processes:
        assert process.stderr
        process.stderr.close()
    together = digests(command.root / "output")
    assert command(*BUILD, "--output", "alone").code == 0
    assert together == digests(command.root / "alone")


def test_the_map_says_what_each_lesson_covers_and_that_it_is_a_draft(command: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(command("list", "--map", "--csv").out)))
    assert [row["Code"] for row in rows] == ["T1", "T2"]
    assert rows[0]["Evidence"] == "moderate"
    assert rows[0]["Sources"] == "first-2001"
    assert rows[0]["Objectives"].startswith("Each person counts ten slow breaths.")
    assert {row["Review"] for row in rows} == {"draft"}
    assert "| T1 | Slow Breath | Coping |" in command("list", "--map").out


def test_a_code_given_twice_is_printed_once(command: Command) -> None:
    run = command("handout", "T1", "t1", "T2", "--quiet")
    assert run.code == 0, run.err


def test_a_week_that_names_a_lesson_twice_is_told(command: Command) -> None:
    path = command.root / "curriculum/programs/tiny.yml"
    path.write_text(path.read_text().replace("lessons: [T2, T1]", "lessons: [T1, T1]"))
    run = command("packet", "1", "--program", "tiny")
    assert run.code == 3
    assert "a code is there twice" in run.err
