"""The commands for one person: client, roster, forget. They say nothing of anybody."""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.commands.printing import program_option
from handouts.commands.screen import ROOT, Screen, counted, errors_as_messages, today

if TYPE_CHECKING:
    from handouts.clinic import Clinic
    from handouts.profile import Profile

OURS = re.compile(
    r"packet-[0-9a-f]{8}\.pdf|packet-[0-9a-f]{8}-row-\d{4}\.pdf|roster-[0-9a-f]{8}-\d{2}\.pdf"
)
"""The names that we give files for one person."""

FORGOTTEN = """\
The names are gone from the folder. That is all that can be promised: on a modern disk the old
bytes may stay until they are written over, and copies may be in backups, in a synchronized folder,
in the printer's memory or in a mail program. A disk that is encrypted as a whole is what protects
deleted files."""


def discreetly(command: Callable[..., None]) -> Callable[..., None]:
    """Tell even our own mistakes without a word of what the program was working on."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        from handouts.discretion import leave_no_core, place_of

        leave_no_core()
        try:
            errors_as_messages(command)(*args, **kwargs)
        except (click.exceptions.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
            raise
        except KeyboardInterrupt:
            raise click.Abort from None
        except BaseException as error:  # the text of an unforeseen error could hold a name
            place = place_of(error)
        else:
            return
        click.echo(
            f"Error: a mistake of ours ({place}). Nothing about the person is in this message; "
            "please report it as it stands.",
            err=True,
        )
        sys.exit(1)

    return wrapped


def clinic_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that personal packets share."""
    for option in (
        click.option("--brand", default="neutral", show_default=True, help="Whose name is on it."),
        program_option,
        click.option("--password", is_flag=True, help="Ask for a password and lock the PDF."),
        click.option("--password-fd", type=int, help="Read the password from a file descriptor."),
        click.option(
            "--stale-crisis-lines",
            is_flag=True,
            help="Print although nobody has checked the crisis lines for 180 days.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("profile", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--ask", is_flag=True, help="Ask for each field instead of reading a profile.")
@click.option("--suggest", is_flag=True, help="Say which lessons may fit, and why; print nothing.")
@click.option("--chart-line", is_flag=True, help="Give the lines for the chart; print nothing.")
@click.option("--clipboard", is_flag=True, help="Put the chart lines on the clipboard.")
@click.option("--to", type=click.Path(path_type=Path, allow_dash=True), help="Folder, or - .")
@clinic_options
@discreetly
def client(
    profile: Path | None,
    ask: bool,
    suggest: bool,
    chart_line: bool,
    clipboard: bool,
    to: Path | None,
    brand: str,
    program: str,
    password: bool,
    password_fd: int | None,
    stale_crisis_lines: bool,
) -> None:
    """Make one person's packet from a PROFILE (a YAML or JSON file, or - for standard input).

    Give no name on the command line: others on this machine can read it.
    """
    from handouts.clinic import locked
    from handouts.discretion import new_name, private_folder, write_private

    person = _asked() if ask else _read(profile)
    clinic = _clinic(brand, program, stale=stale_crisis_lines)
    if suggest:
        _suggest(clinic, person)
        return
    if chart_line or clipboard:
        _chart(clinic, person, clipboard=clipboard)
        return
    secret = _secret(password, password_fd)
    packet = clinic.packet(person)
    pdf = locked(packet.pdf, secret)
    if to is not None and str(to) == "-":
        sys.stdout.buffer.write(pdf)
        return
    folder = private_folder(to or ROOT / "clients")
    path = folder / new_name()
    write_private(path, pdf)
    click.echo(f"{counted(packet.pages, 'page')} in {path}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--collated", is_flag=True, help="One file for the printer, for each 60 packets.")
@click.option("--names", is_flag=True, help="Show names in the summary on this screen.")
@click.option("--to", type=click.Path(path_type=Path), help="Folder.  [default: clients]")
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1)
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@clinic_options
@discreetly
def roster(
    file: Path,
    collated: bool,
    names: bool,
    to: Path | None,
    jobs: int,
    quiet: bool,
    brand: str,
    program: str,
    password: bool,
    password_fd: int | None,
    stale_crisis_lines: bool,
) -> None:
    """Make a packet for every row of a roster: CSV or XLSX, with headings in plain words."""
    from handouts.clinic import VOLUME, Errand, make_all
    from handouts.discretion import new_name, private_folder
    from handouts.source.roster import read_roster

    rows = read_roster(_bytes(file))
    clinic = _clinic(brand, program, stale=stale_crisis_lines)
    secret = _secret(password, password_fd)
    folder = private_folder(to or ROOT / "clients")
    run = new_name().removesuffix(".pdf")

    def file_of(place: int, number: int) -> str:
        if collated:
            return f"{run.replace('packet', 'roster')}-{place // VOLUME + 1:02}.pdf"
        return f"{run}-row-{number:04}.pdf"

    people = [(row.number, row.profile) for row in rows if row.profile]
    errands = [
        Errand(
            number,
            profile,
            clinic.program,
            clinic.shop.today,
            clinic.shop.stale,
            folder / file_of(place, number),
            secret,
            collated,
        )
        for place, (number, profile) in enumerate(people)
    ]
    screen = Screen(quiet=quiet, verbose=False)
    problems = [problem for row in rows for problem in row.problems]
    pages: dict[int, int] = {}
    for count, done in enumerate(make_all(clinic, errands, jobs), 1):
        problems.extend(done.problems)
        if not done.problems:
            pages[done.number] = done.pages
        screen.report("Packets", count, len(errands))
    for errand in errands:
        if errand.number in pages:
            who = f" ({errand.profile.name})" if names and errand.profile.name else ""
            held = ", ".join((*errand.profile.lessons, *errand.profile.cards)) or "plans"
            made = f"{counted(pages[errand.number], 'page')}, {held}, {errand.path.name}"
            screen.say(f"Row {errand.number}{who}: {made}")
    whole = f"{counted(len(pages), 'packet')}, {counted(sum(pages.values()), 'page')}"
    screen.say(f"{whole}, in {folder}")
    for problem in sorted(problems):
        click.echo(str(problem), err=True)
    if problems:
        click.echo("The rows above were left out; all others were made.", err=True)
        sys.exit(3)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@discreetly
def forget(folder: Path) -> None:
    """Remove the personal packets that were made in a folder."""
    from handouts.problem import OutputError, UsageError

    if not folder.is_dir():
        raise UsageError("There is no such folder.")
    gone = 0
    for path in sorted(folder.iterdir()):
        if OURS.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            try:
                path.unlink()
            except OSError as error:
                raise OutputError(
                    f"A packet could not be removed: {error.strerror}. {gone} were removed."
                ) from None
            gone += 1
    left = sum(1 for _ in folder.iterdir())
    click.echo(f"Packets removed: {gone}. Other files in the folder, left as they are: {left}.")
    click.echo(FORGOTTEN)


def _bytes(path: Path | None) -> bytes:
    """Read a file, or standard input; the message does not repeat the name of the file."""
    from handouts.problem import UsageError

    if path is None:
        raise UsageError("Name the file with the profile, give - for standard input, or use --ask.")
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
    raise UsageError(f"The file with the profile or roster cannot be read: {reason}.")


def _read(path: Path | None) -> Profile:
    from handouts.problem import ProblemsFound
    from handouts.source.profiles import read_profile

    profile, problems = read_profile(_bytes(path))
    if profile is None:
        raise ProblemsFound(problems)
    return profile


def _asked() -> Profile:
    """Ask for every field; an empty answer leaves it out, a list ends with an empty line."""
    from handouts.problem import ProblemsFound
    from handouts.profile import CODES, SAYINGS
    from handouts.source.profiles import WHERE, make, plain

    def line(prompt: str) -> str:
        return str(click.prompt(prompt, default="", show_default=False, err=True)).strip()

    said: dict[str, object] = {}
    for field in ("name", "week", "next_appointment", "review_date"):
        if answer := line(plain(field).capitalize()):
            said[field] = int(answer) if field == "week" and answer.isdigit() else answer
    for field in SAYINGS:
        entries: list[str] = []
        while answer := line(f"{plain(field).capitalize()}, number {len(entries) + 1}"):
            entries.append(answer)
        if entries:
            said[field] = entries
    supports: list[dict[str, str]] = []
    while name := line(f"Supports, number {len(supports) + 1}: name"):
        supports.append({"name": name, "relation": line("  Relation"), "phone": line("  Phone")})
    if supports:
        said["supports"] = supports
    for field in CODES:
        if answer := line(f"{plain(field).capitalize()}, codes with spaces between"):
            said[field] = answer.replace(",", " ").split()
    for field in ("large_print", "discreet"):
        said[field] = click.confirm(plain(field).capitalize(), default=False, err=True)
    profile, problems = make(said, WHERE, {})
    if profile is None:
        raise ProblemsFound(problems)
    return profile


def _clinic(brand: str, program: str, *, stale: bool) -> Clinic:
    from handouts.clinic import open_clinic
    from handouts.problem import UsageError
    from handouts.workshop import open_shop

    shop = open_shop(ROOT, brand, today(), stale_is_fine=stale)
    programs = shop.curriculum.programs
    if program not in programs:
        raise UsageError(f"There is no program {program!r}. There are: {', '.join(programs)}.")
    return open_clinic(shop, program)


def _secret(ask: bool, descriptor: int | None) -> str:
    from handouts.problem import UsageError

    if descriptor is not None:
        try:
            with os.fdopen(descriptor, "r", encoding="utf-8", closefd=False) as stream:
                secret = stream.readline().rstrip("\n")
        except (OSError, ValueError):
            secret = ""
        if not secret:
            raise UsageError(f"No password came from file descriptor {descriptor}.")
        return secret
    if ask:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return ""


def _suggest(clinic: Clinic, person: Profile) -> None:
    from handouts.suggest import milestones, suggestions

    for line in milestones(clinic.program, person.week):
        click.echo(line)
    found = suggestions(clinic.shop.curriculum, person)
    for one in found:
        click.echo(f"{one.code:<5} {one.title}: {'; '.join(one.reasons)}")
    if not found:
        click.echo("No word of the profile is one of a lesson's or card's tags.")
    click.echo("These share words with the profile, no more. You choose.")


def _chart(clinic: Clinic, person: Profile, *, clipboard: bool) -> None:
    from handouts.documents.client import chart_lines
    from handouts.problem import ProblemsFound, UsageError
    from handouts.source.profiles import refer

    problems = refer(person, clinic.shop.curriculum)
    if problems:
        raise ProblemsFound(problems)
    lines = chart_lines(clinic.shop.curriculum, person, clinic.program, today())
    if clipboard:
        import pyperclip

        try:
            pyperclip.copy("\n".join(lines))
        except pyperclip.PyperclipException:
            raise UsageError(
                "This machine has no clipboard that we can reach. Use --chart-line and copy the "
                "lines from the screen; on Linux, installing xclip or wl-clipboard adds one."
            ) from None
        click.echo(f"{len(lines)} lines are on the clipboard.")
        return
    click.echo("\n".join(lines))
