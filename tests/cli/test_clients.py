"""One person: what the packet holds, and that nothing else holds a word of it."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.parse
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from handouts.clinic import Errand, make_all, open_clinic
from handouts.profile import Profile
from handouts.workshop import open_shop
from tests.conftest import TODAY, Command, Run
from tests.reading import checkers_complaints, page_texts

CANARIES = {
    "name": "Zuleikha Canarybird",
    "goal": "goalcanary to paint the boat",
    "trigger": "triggercanary by the bridge",
    "sign": "signcanary of silence",
    "strength": "strengthcanary and humor",
    "support": "Supportcanary Aunt",
    "relation": "relationcanary",
    "phone": "555-0198-7341",
    "skill": "skillcanary humming",
    "appointment": "appointmentcanary with Dr. Who",
}
PROFILE = {
    "name": CANARIES["name"],
    "goals": [CANARIES["goal"]],
    "triggers": [CANARIES["trigger"]],
    "warning signs": [CANARIES["sign"]],
    "strengths": [CANARIES["strength"]],
    "supports": [
        {
            "name": CANARIES["support"],
            "relation": CANARIES["relation"],
            "phone": CANARIES["phone"],
        }
    ],
    "skills": [CANARIES["skill"]],
    "lessons": ["T1", "t1"],
    "cards": ["TC1"],
    "next appointment": CANARIES["appointment"],
    "review date": "2027-01-31",
}
PLAN = """---
code: TP9
title: My Plan
audience: participant
---

/// lines | My goals
    name: goals
    rows: 2
///

/// table | My people
    name: supports
    columns: [Who, How to reach them, What for]
    rows: 2
///

/// short | What sets me off
    name: triggers
///

/// short | One for each
    name: strengths

- At home
- At work
///

/// short | My next appointment
    name: next-appointment
///
"""
PROGRAM = ("--program", "tiny")


@pytest.fixture
def clinic(command: Command) -> Command:
    """The tiny root with a plan whose blocks a profile can fill."""
    (command.root / "curriculum/forms/my-plan.md").write_text(PLAN)
    path = command.root / "curriculum/programs/tiny.yml"
    path.write_text(path.read_text().replace("plans: [TP1]", "plans: [TP9, TP1]"))
    return command


def make(clinic: Command, profile: object, *words: str) -> Run:
    return clinic("client", "-", *PROGRAM, *words, stdin=json.dumps(profile))


def packets(clinic: Command) -> list[Path]:
    return sorted((clinic.root / "clients").glob("*.pdf"))


def test_the_packet_says_what_the_profile_says(clinic: Command) -> None:
    run = make(clinic, PROFILE)
    assert run.code == 0, run.err
    (file,) = packets(clinic)
    pages = page_texts(file)
    said = " ".join(pages)
    assert f"Dear {CANARIES['name']}," in pages[0]
    for what in ("goal", "trigger", "support", "phone", "appointment"):
        assert CANARIES[what] in re.sub(r"\s+", " ", said), what
    assert "January 31, 2027" in pages[0]
    assert "Slow Breath" in said
    # A line with a prompt of its own waits for the person's hand.
    plan = next(page for page in pages if "One for each" in page)
    assert CANARIES["strength"] not in plan
    assert len(pages) % 2 == 0
    assert checkers_complaints([file]) == ""


def test_a_table_of_long_answers_begins_on_the_page_of_its_title(clinic: Command) -> None:
    """It is higher than a page, so it goes on overleaf instead of leaving the title alone."""
    plan = clinic.root / "curriculum/forms/my-plan.md"
    lines = "/// lines | My goals\n    name: goals\n    rows: 2\n///"
    table = (
        "/// message\nStart small.\n///\n\nOne step is enough.\n\n"
        "/// table | My goals\n    name: goals\n    columns: [Goal, Step, Done]\n    rows: 2\n///"
    )
    assert lines in PLAN
    plan.write_text(PLAN.replace(lines, table))
    goals = [f"Goal {number}: " + "rest and walk " * 13 for number in range(8)]
    assert make(clinic, {"goals": goals}).code == 0
    (file,) = packets(clinic)
    pages = page_texts(file)
    title = next(page for page in pages if "Start small." in page)
    assert "Goal 0:" in title
    assert "Goal 7:" not in title
    assert sum("Goal 7:" in page for page in pages) == 2  # in the letter, and in the plan


def test_an_empty_profile_makes_a_blank_packet(clinic: Command) -> None:
    run = make(clinic, {})
    assert run.code == 0, run.err
    (file,) = packets(clinic)
    assert "Hello," in page_texts(file)[0]


def test_a_discreet_packet_has_nothing_of_ours_on_its_outside_page(clinic: Command) -> None:
    make(clinic, {**PROFILE, "discreet": True}, "--brand", "river-house")
    (file,) = packets(clinic)
    pages = page_texts(file)
    assert pages[0].split() == ["For", *CANARIES["name"].split()]
    assert "River House" in pages[1]
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo.Title) == "Papers"


def test_files_and_folder_are_the_owner_s_alone(clinic: Command) -> None:
    make(clinic, PROFILE)
    (file,) = packets(clinic)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_to_standard_output_writes_no_file(clinic: Command) -> None:
    done = subprocess.run(
        [sys.executable, "build_handouts.py", "client", "-", *PROGRAM, "--to", "-"],
        cwd=clinic.root,
        input=json.dumps(PROFILE).encode(),
        capture_output=True,
    )
    assert done.returncode == 0
    with pikepdf.open(io.BytesIO(done.stdout)) as pdf:
        assert len(pdf.pages) > 4
    assert not (clinic.root / "clients").exists()


def test_a_password_locks_the_packet_with_aes_256(clinic: Command) -> None:
    read, write = os.pipe()
    os.write(write, b"correct horse\n")
    os.close(write)
    done = subprocess.run(
        [sys.executable, "build_handouts.py", "client", "-", *PROGRAM, "--password-fd", str(read)],
        cwd=clinic.root,
        input=json.dumps(PROFILE).encode(),
        capture_output=True,
        pass_fds=[read],
    )
    assert done.returncode == 0, done.stderr
    (file,) = packets(clinic)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file)
    with pikepdf.open(file, password="correct horse") as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"gaols": ["x secretword"]}, "goals"),
        ({"name": "secretword" * 1000}, "name"),
        ({"name": "secretword \u0639\u0645\u0631"}, "name"),
        ({"goals": ["secretword \U0001f600"]}, "goals"),
        ({"triggers": ["secretword \u202eabc"]}, "triggers"),
        ({"supports": [{"name": "A", "email": "secretword"}]}, "supports"),
        ({"review date": "secretword"}, "review date"),
        ({"lessons": ["secretword"]}, "lessons"),
        ({"lessons": ["T7"], "name": "secretword"}, "lessons"),
        ({"week": "secretword"}, "week"),
        ({"secretword": 1}, "no field"),
        ({"language": "es", "lessons": []}, "language"),
    ],
)
def test_a_problem_names_the_field_and_never_its_value(
    clinic: Command, change: dict[str, object], field: str
) -> None:
    run = make(clinic, {**PROFILE, **change})
    assert run.code == 3
    assert field in run.err
    assert "secretword" not in run.out + run.err
    assert not packets(clinic)


def test_what_is_not_a_profile_is_told_without_its_words(clinic: Command) -> None:
    for text in (
        "secretword: [",
        "secretword",
        "&secretword a: 1",
        "\x00secretword",
        "- secretword",
    ):
        run = clinic("client", "-", *PROGRAM, stdin=text)
        assert run.code == 3, text
        assert "the profile" in run.err
        assert "secretword" not in run.err


def test_text_in_a_profile_is_text(clinic: Command) -> None:
    goals = [
        "{{ 7 * 7 }}",
        "<script>alert(1)</script>",
        "**not bold** _x_",
        "=HYPERLINK(1)",
        "W" * 200,
    ]
    assert make(clinic, {**PROFILE, "goals": goals}).code == 0
    (file,) = packets(clinic)
    said = "".join("".join(page_texts(file)).split())
    for goal in goals:
        assert "".join(goal.split()) in said
    with pikepdf.open(file) as pdf:
        width = float(pdf.pages[0].mediabox[2])
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True).stdout
    assert max(float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes)) < width


def test_suggestions_come_with_their_reasons_and_make_nothing(clinic: Command) -> None:
    run = make(clinic, {"goals": ["Breathe when I am tense"], "week": 1}, "--suggest")
    assert run.code == 0, run.err
    assert re.search(r"^T\d +.*: goals speak of 'tense", run.out, re.M)
    assert "You choose." in run.out
    assert not packets(clinic)


def test_a_chart_line_for_each_handout_says_nothing_for_the_person(clinic: Command) -> None:
    run = make(clinic, PROFILE, "--chart-line")
    lines = run.out.strip().split("\n")
    assert [line.split(" | ")[1].split()[0] for line in lines] == ["T1", "TC1", "TP9", "TP1"]
    for line in lines:
        assert "own response: ____" in line
        assert re.search(r"version [0-9a-f]{6}", line)
    assert not any(canary in run.out for canary in CANARIES.values())


def test_asking_gives_the_same_packet(clinic: Command) -> None:
    answers = ["Ann Bee", "", "", "", "One goal", "", "", "", "", "", "", "T1", "", "TP9", "n", "n"]
    run = clinic("client", "--ask", *PROGRAM, stdin="\n".join(answers) + "\n")
    assert run.code == 0, run.err
    (file,) = packets(clinic)
    assert "Dear Ann Bee," in page_texts(file)[0]


CSV = (
    "Lessons,PREFERRED NAME,Goals,Supports,Plans\n"
    'T1,{name},"{goal}; second goal","{support}, {relation}, {phone}",TP9\n'
    "T1 T2,,,,\n"
    "T1,{name},,,XX9\n"
    "T1,=HYPERLINK(1),,,TP9\n"
).format(**CANARIES)


def test_a_roster_makes_a_packet_for_every_good_row(clinic: Command) -> None:
    run = clinic("roster", "-", *PROGRAM, "--jobs", "2", stdin=CSV)
    assert run.code == 3
    assert "row 4 of the roster" in run.err
    assert len(packets(clinic)) == 3
    assert "3 packets" in run.out
    assert not any(canary in run.out + run.err for canary in CANARIES.values())
    first = next(file for file in packets(clinic) if "row-0002" in file.name)
    said = " ".join(" ".join(page_texts(first)).split())
    assert f"Dear {CANARIES['name']}," in said
    assert "second goal" in said
    last = next(file for file in packets(clinic) if "row-0005" in file.name)
    assert "Dear =HYPERLINK(1)," in " ".join(page_texts(last))


def test_names_are_in_the_summary_when_asked_for(clinic: Command) -> None:
    run = clinic("roster", "-", *PROGRAM, "--names", stdin=CSV)
    assert f"Row 2 ({CANARIES['name']}): " in run.out


def test_a_collated_roster_is_one_file_of_whole_sheets(clinic: Command) -> None:
    clinic("roster", "-", *PROGRAM, "--collated", stdin=CSV)
    (file,) = packets(clinic)
    pages = page_texts(file)
    starts = [number for number, page in enumerate(pages) if "Dear" in page or "Hello," in page]
    assert len(starts) == 3
    assert all(number % 2 == 0 for number in starts)
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Packet 1", "Packet 2", "Packet 3"]


def test_a_long_collated_roster_comes_in_volumes_in_the_order_of_its_rows(
    clinic: Command, tmp_path: Path
) -> None:
    opened = open_clinic(open_shop(clinic.root, "neutral", TODAY), "tiny")
    shop, folder = opened.shop, tmp_path / "volumes"
    folder.mkdir()
    errands = [
        Errand(
            number,
            Profile(name=f"Person {number}", lessons=("T2",)),
            opened.program,
            shop.today,
            shop.stale,
            folder / f"{(number - 2) // 2}.pdf",
            "",
            collated=True,
        )
        for number in range(2, 7)
    ]
    held = 0
    for done in make_all(opened, errands, 1):
        held = max(held, done.number - 2 - 2 * len(list(folder.iterdir())))
        assert not done.pdf
    assert held < 2  # a volume is on the disk before the next is begun
    said = [" ".join(page_texts(folder / f"{number}.pdf")) for number in range(3)]
    people = [re.findall(r"Dear Person (\d)", text) for text in said]
    assert people == [["2", "3"], ["4", "5"], ["6"]]


def test_a_spreadsheet_is_a_roster_too(clinic: Command, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["name", "Handouts", "Client week", "Review date"])
    book.active.append(["Ann Bee", "T1", 3, "2027-02-03"])
    path = tmp_path / "people.xlsx"
    book.save(path)
    run = clinic("roster", str(path), *PROGRAM)
    assert run.code == 0, run.err
    assert "Dear Ann Bee," in page_texts(packets(clinic)[0])[0]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("secretword,Goals\na,b\n", "column 1"),
        ("name,Name\na,b\n", "twice"),
        ("name\n", "at least one row"),
        ('name\n"secretword\n', "quotation mark"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_told_without_its_words(
    clinic: Command, sheet: str, said: str
) -> None:
    run = clinic("roster", "-", *PROGRAM, stdin=sheet)
    assert run.code == 3
    assert said in run.err
    assert "secretword" not in run.err


def test_forget_removes_what_was_made_and_nothing_else(clinic: Command) -> None:
    make(clinic, PROFILE)
    other = clinic.root / "clients/mine.pdf"
    other.write_bytes(b"%PDF")
    run = clinic("forget", "clients")
    assert run.code == 0
    assert packets(clinic) == [other]
    assert "backups" in run.out


def forms_of(canary: str) -> set[bytes]:
    """A canary as it might be found: as text, escaped, or encoded at any offset."""
    found = set()
    parted = {canary, *(canary.replace(" ", sign) for sign in "-_")}
    for text in {form for one in parted for form in (one, one.upper(), one.lower())}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            found.add(text.encode(encoding))
        found.add(urllib.parse.quote(text).encode())
        found.add(urllib.parse.quote_plus(text).encode())
        for offset in range(3):
            coded = base64.b64encode(b"\0" * offset + text.encode())
            found.add(coded[4:-4])
        found.add(text.encode().hex().encode())
    return found


def bytes_of(path: Path) -> list[bytes]:
    """A file raw, and everything in it that can be unpacked."""
    raw = path.read_bytes()
    pieces = [raw]
    for match in re.finditer(rb"stream\r?\n", raw):
        try:
            pieces.append(zlib.decompressobj().decompress(raw[match.end() :]))
        except zlib.error:
            continue
    return pieces


def leaked(places: Iterable[bytes]) -> set[bytes]:
    """Every form of a canary that stands in one of these pieces."""
    wanted = {form for canary in CANARIES.values() for form in forms_of(canary)}
    return {form for place in set(places) for form in wanted if form in place}


def common_places() -> set[Path]:
    """Files where programs that ignore TMPDIR leave things."""
    folders = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
    return {path for folder in folders if folder.is_dir() for path in folder.iterdir()}


@pytest.mark.parametrize("canary", CANARIES.values())
@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16"),
        lambda text: urllib.parse.quote(text).encode(),
        lambda text: base64.b64encode(b"log: " + text.encode() + b"\n"),
        lambda text: b"7 0 obj <</Length 9>> stream\n" + zlib.compress(text.encode()),
        lambda text: text.encode().hex().encode(),
        lambda text: text.lower().replace(" ", "-").encode(),
    ],
    ids=["plain", "utf-16-le", "utf-16", "percent", "base64", "packed", "hex", "slug"],
)
def test_the_search_finds_a_name_however_it_is_hidden(
    canary: str, hide: Callable[[str], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "left"
    path.write_bytes(b"something else, " + hide(canary) + b", and more")
    assert leaked(bytes_of(path))


CRASH = """
import sys, runpy
sys.argv = ["build_handouts.py", "client", "-", "--program", "tiny"]
sys.path.insert(0, ".")
import handouts.{module} as module
def fail(*args, **kwargs):
    raise RuntimeError(repr(args) + str(kwargs) + {backwards!r}[::-1])
module.{name} = fail
runpy.run_path("build_handouts.py", run_name="__main__")
"""


def test_nothing_of_a_person_is_left_anywhere(clinic: Command, tmp_path: Path) -> None:
    """Every command, also failing, crashing and killed; then every byte is searched."""
    home, temp = tmp_path / "home", tmp_path / "temp"
    home.mkdir()
    temp.mkdir()
    places = {"HOME": str(home), "TMPDIR": str(temp), "XDG_CACHE_HOME": str(home / ".cache")}
    environment = {**os.environ, **places}
    said: list[bytes] = []
    seen: set[bytes] = set()
    before = common_places()

    def run(*words: str, stdin: str, kill: float = 0) -> None:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=clinic.root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdin
        process.stdin.write(stdin.encode())
        process.stdin.close()
        process.stdin = None
        began = time.monotonic()
        while process.poll() is None:
            for entry in Path("/proc").glob("[0-9]*"):
                for part in ("cmdline", "environ"):
                    try:
                        seen.add((entry / part).read_bytes())
                    except OSError:
                        continue
            if kill and time.monotonic() - began > kill:
                process.send_signal(signal.SIGKILL)
            time.sleep(0.02)
        out, err = process.communicate()
        said.extend([out, err])

    script = "build_handouts.py"
    profile = json.dumps(PROFILE)
    bad = json.dumps({**PROFILE, "name": CANARIES["name"] + "\u202e", "goal": [CANARIES["goal"]]})
    run(script, "client", "-", *PROGRAM, stdin=profile)
    run(script, "client", "-", *PROGRAM, "--suggest", stdin=profile)
    run(script, "client", "-", *PROGRAM, "--chart-line", stdin=profile)
    run(script, "client", "-", *PROGRAM, stdin=bad)
    run(script, "client", "-", *PROGRAM, stdin=profile[:-30])
    run(script, "client", "-", *PROGRAM, "--to", "/proc/no", stdin=profile)
    run(script, "roster", "-", *PROGRAM, "--jobs", "2", stdin=CSV)
    run(script, "roster", "-", *PROGRAM, "--collated", stdin=CSV)
    for delay in (0.4, 0.9, 1.3):
        run(script, "roster", "-", *PROGRAM, stdin=CSV, kill=delay)
    for module, name in (
        ("press.engine", "lay_out"),
        ("clinic", "bound"),
        ("documents.client", "answers_for"),
        ("source.profiles", "make"),
        ("discretion", "write_private"),
    ):
        crash = CRASH.format(module=module, name=name, backwards=CANARIES["name"][::-1])
        run("-c", crash, stdin=profile)
    own = clinic.root / "clients"
    made = [path for path in own.iterdir() if path.suffix == ".pdf"]
    assert made
    assert {path.name for path in own.iterdir()} == {path.name for path in made}
    names = " ".join(path.name for path in tmp_path.rglob("*"))
    places_to_look = [*said, *seen, names.encode()]
    for path in [*tmp_path.rglob("*"), *(common_places() - before)]:
        if path.is_file() and path not in made:
            places_to_look.extend(bytes_of(path))
    for file in made:
        with pikepdf.open(file) as pdf:
            places_to_look.append(str(dict(pdf.docinfo.items())).encode())
            places_to_look.append(pdf.Root.Metadata.read_bytes())
            with pdf.open_outline() as outline:
                places_to_look.append(" ".join(item.title for item in outline.root).encode())
    crashes = [text for text in said if b"a mistake of ours" in text]
    assert len(crashes) == 5
    assert not leaked(places_to_look)
