"""The commands that print: build, packet, handout, and the options they share."""

from __future__ import annotations

import datetime
import difflib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from handouts.commands.screen import ROOT, Screen, bundled, errors_as_messages, today

if TYPE_CHECKING:
    # Imported where they are used: help must come up at once.
    from handouts.documents.document import Desk, Document
    from handouts.model import AnyText, Curriculum


def printing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all printing shares, as one Printing."""
    printing = bundled(Printing, errors_as_messages(command))
    for option in (
        brand_option,
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            default=ROOT / "output",
            help="Folder for the PDFs.  [default: output]",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(1, 64),
            default=os.cpu_count() or 1,
            help="How many pages to lay out side by side.  [default: one for each core]",
        ),
        click.option("--large-print", is_flag=True, help="Print in 17 point."),
        click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter"),
        stale_option,
        click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong."),
        click.option("--verbose", is_flag=True, help="Say more."),
    ):
        printing = option(printing)
    return printing


def brand_option(command: Callable[..., None]) -> Callable[..., None]:
    """Name the brand; the same for every command that prints."""
    option = click.option(
        "--brand", default="neutral", show_default=True, help="Whose name is on it."
    )
    return option(command)


def stale_option(command: Callable[..., None]) -> Callable[..., None]:
    """Take the risk of crisis lines that nobody has checked lately."""
    option = click.option(
        "--stale-crisis-lines",
        is_flag=True,
        help="Print although nobody has checked the crisis lines for 180 days.",
    )
    return option(command)


def program_option(command: Callable[..., None]) -> Callable[..., None]:
    """Name the program; the same for every command that needs one."""
    option = click.option("--program", default="sixteen-weeks", show_default=True)
    return option(command)


def starts_option(command: Callable[..., None]) -> Callable[..., None]:
    """Name the first day of the program."""
    return click.option(
        "--starts",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The Monday of week 1, as 2027-01-04; puts dates on the covers.",
    )(command)


@dataclass(frozen=True)
class Printing:
    """The options that every printing command shares."""

    brand: str
    output: Path
    jobs: int
    large_print: bool
    paper: Literal["letter", "a4"]
    stale_crisis_lines: bool
    quiet: bool
    verbose: bool
    signed: bool = False

    @property
    def screen(self) -> Screen:
        """Where this run says what it does."""
        return Screen(quiet=self.quiet, verbose=self.verbose)

    @property
    def folder(self) -> Path:
        """Where this brand's PDFs of this edition go."""
        edition = "-large" if self.large_print else ""
        edition += "-a4" if self.paper == "a4" else ""
        # A folder of its own, so that no draft lies among what may be handed out.
        edition += "-signed" if self.signed else ""
        return self.output / (self.brand + edition)

    def run(self, choose: Callable[[Desk], Sequence[Document]], request: str = "") -> None:
        """Open the shop, make the documents that are chosen, say what was made."""
        from handouts.model import Edition
        from handouts.workshop import open_shop, open_warm, produce, withdraw

        screen = self.screen
        # A build is asked for by what went into it, and comes here only when that has changed.
        opened = open_warm if request and self.jobs > 1 else open_shop
        shop = opened(ROOT, self.brand, today(), stale_is_fine=self.stale_crisis_lines)
        desk = shop.desk(Edition(self.paper, self.large_print))
        documents = choose(desk)
        refused: dict[str, tuple[str, ...]] = {}
        if self.signed:
            refused = {one.file: codes for one in documents if (codes := desk.unsigned(one))}
            documents = [one for one in documents if one.file not in refused]
            withdraw(self.folder, refused)
        outcome = produce(shop, documents, desk, self.folder, self.jobs, screen.report, request)
        if outcome.laid_out and not self.quiet:
            from handouts.press.engine import engine_advice

            for advice in engine_advice():
                click.echo(advice, err=True)
        if self.verbose:
            for file, pages in outcome.pages.items():
                screen.say(f"{self.folder / file}: {pages} pages")
            screen.say(f"{outcome.laid_out} parts laid out, {outcome.written} files written.")
        screen.made(outcome.pages, self.folder)
        if refused:
            for file, codes in refused.items():
                click.echo(f"Not made: {file}; not signed: {', '.join(codes)}", err=True)
            click.echo(
                f"{len(refused)} documents hold text that no reviewer has signed. "
                "'build_handouts.py review' shows where each text stands.",
                err=True,
            )
            sys.exit(3)


@click.command()
@program_option
@click.option("--week", "weeks", type=int, multiple=True, help="Only this week; may be repeated.")
@starts_option
@click.option(
    "--signed-only",
    "signed",
    is_flag=True,
    help="Only what a reviewer has signed, into a folder of its own; the rest is listed.",
)
@printing_options
def build(
    printing: Printing,
    program: str,
    weeks: tuple[int, ...],
    starts: datetime.datetime | None,
) -> None:
    """Make all that a program holds: handouts, guides, cards, forms, both packets of each week."""
    from handouts import unchanged

    asked = (program, weeks, starts, printing.folder, printing.stale_crisis_lines)
    request = unchanged.request(ROOT, today(), asked)
    found = unchanged.since(printing.folder, request)
    if found and not printing.signed:
        documents, pages = found
        where = printing.folder
        printing.screen.say(
            f"Nothing has changed: {documents} documents, {pages} pages, in {where}"
        )
        return

    def choose(desk: Desk) -> Sequence[Document]:
        from handouts.documents.shapes import everything

        check_weeks(desk, program, weeks)
        return everything(desk, program, weeks, starts.date() if starts else None)

    printing.run(choose, request)


@click.command()
@click.argument("week", type=int)
@click.option(
    "--for",
    "reader",
    type=click.Choice(["participants", "facilitator", "both"]),
    default="both",
    show_default=True,
)
@program_option
@starts_option
@printing_options
def packet(
    printing: Printing, week: int, reader: str, program: str, starts: datetime.datetime | None
) -> None:
    """Make the packets of one program week."""

    def choose(desk: Desk) -> Sequence[Document]:
        from handouts.documents import shapes

        check_weeks(desk, program, (week,))
        first = starts.date() if starts else None
        documents = []
        if reader != "facilitator":
            documents.append(shapes.participant_packet(desk, program, week, first))
        if reader != "participants":
            documents.append(shapes.facilitator_packet(desk, program, week, first))
        return documents

    printing.run(choose)


@click.command()
@click.argument("codes", metavar="LESSON...", nargs=-1, required=True)
@click.option("--guide", is_flag=True, help="The facilitator's guide instead of the handout.")
@printing_options
def handout(printing: Printing, codes: tuple[str, ...], guide: bool) -> None:
    """Make one PDF of one or more lessons, cards or forms, named by their codes."""

    def choose(desk: Desk) -> Sequence[Document]:
        from handouts.documents.shapes import chosen

        texts = {code.upper(): find_text(desk.curriculum, code) for code in codes}
        return [chosen(desk, list(texts.values()), guide=guide)]

    printing.run(choose)


def check_weeks(desk: Desk, name: str, weeks: Sequence[int]) -> None:
    """Refuse a program or a week that is not there."""
    from handouts.problem import UsageError

    programs = desk.curriculum.programs
    if name not in programs:
        raise UsageError(f"There is no program {name!r}. There are: {', '.join(programs)}.")
    last = len(programs[name].weeks)
    for week in weeks:
        if not 1 <= week <= last:
            raise UsageError(f"There is no week {week}; the program {name!r} has {last} weeks.")


def find_text(curriculum: Curriculum, code: str) -> AnyText:
    """Find a lesson, card or form by its code in any case, or say which are like it."""
    from handouts.problem import UsageError

    text = curriculum.text(code.upper())
    if text is None:
        there = [text.settings.code for text in curriculum.texts]
        near = difflib.get_close_matches(code.upper(), there, 3, 0.4)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"There is no lesson, card or form {code!r}.{hint}")
    return text
