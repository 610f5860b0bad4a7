"""The command for a whole roster."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from handouts.commands.discreet import Personal, personal_options, read_bytes
from handouts.commands.screen import ROOT, Screen, counted


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--collated", is_flag=True, help="One file for the printer, for each 60 packets.")
@click.option("--names", is_flag=True, help="Show names in the summary on this screen.")
@click.option("--to", type=click.Path(path_type=Path), help="Folder.  [default: clients]")
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1)
@click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")
@personal_options
def roster(
    personal: Personal,
    file: Path,
    collated: bool,
    names: bool,
    to: Path | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Make a packet for every row of a roster: CSV or XLSX, with headings in plain words."""
    from handouts.clinic import VOLUME, Errand, make_all
    from handouts.discretion import new_name, private_folder
    from handouts.source.roster import read_roster

    rows = read_roster(read_bytes(file))
    clinic = personal.clinic()
    secret = personal.secret()
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
