"""The commands for one person: client and forget. They say nothing of anybody."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.discreet import Personal, discreetly, personal_options, read_bytes
from handouts.commands.screen import ROOT, counted, today

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


@click.command()
@click.argument("profile", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--ask", is_flag=True, help="Ask for each field instead of reading a profile.")
@click.option("--suggest", is_flag=True, help="Say which lessons may fit, and why; print nothing.")
@click.option("--chart-line", is_flag=True, help="Give the lines for the chart; print nothing.")
@click.option("--clipboard", is_flag=True, help="Put the chart lines on the clipboard.")
@click.option("--to", type=click.Path(path_type=Path, allow_dash=True), help="Folder, or - .")
@personal_options
def client(
    personal: Personal,
    profile: Path | None,
    ask: bool,
    suggest: bool,
    chart_line: bool,
    clipboard: bool,
    to: Path | None,
) -> None:
    """Make one person's packet from a PROFILE (a YAML or JSON file, or - for standard input).

    Give no name on the command line: others on this machine can read it.
    """
    from handouts.clinic import locked
    from handouts.discretion import new_name, private_folder, write_private

    person = _asked() if ask else _read(profile)
    clinic = personal.clinic()
    if suggest:
        _suggest(clinic, person)
        return
    if chart_line or clipboard:
        _chart(clinic, person, clipboard=clipboard)
        return
    secret = personal.secret()
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


def _read(path: Path | None) -> Profile:
    from handouts.problem import ProblemsFound
    from handouts.source.profiles import read_profile

    profile, problems = read_profile(read_bytes(path))
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
