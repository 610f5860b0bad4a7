#!/usr/bin/env python3
"""The command line: options, words on the screen, exit codes. No logic."""

from __future__ import annotations

import datetime
import difflib
import functools
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    # Imported where they are used: help must come up at once.
    from handouts.documents.document import Desk, Document
    from handouts.model import AnyText

ROOT = Path(__file__).resolve().parent


class Screen:
    """What a run says: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self.quiet, self.verbose = quiet, verbose
        self._terminal = sys.stderr.isatty()

    def report(self, what: str, done: int, total: int) -> None:
        """Say how far a stage of the work is."""
        if self.quiet:
            return
        if self._terminal:
            full = round(30 * done / total)
            end = "\n" if done == total else ""
            click.echo(f"\r{what:<10} [{'#' * full:<30}] {done}/{total}{end}", nl=False, err=True)
        elif done == total or self.verbose:
            click.echo(f"{what}: {done} of {total}", err=True)

    def made(self, pages: dict[str, int], folder: Path) -> None:
        """Say what was made, how many pages, where."""
        total = sum(pages.values())
        if len(pages) == 1:
            (file,) = pages
            self.say(f"{total} pages in {folder / file}")
        else:
            self.say(f"{len(pages)} documents, {total} pages, in {folder}")

    def say(self, text: str) -> None:
        """Say one line, unless quiet."""
        if not self.quiet:
            click.echo(text)


def errors_as_messages(command: Callable[..., None]) -> Callable[..., None]:
    """Turn the errors a person can cause into a message and an exit code; never a traceback."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        from handouts.problem import HandoutsError, ProblemsFound

        try:
            command(*args, **kwargs)
        except ProblemsFound as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            count = len(error.problems)
            noun = "problem" if count == 1 else "problems"
            click.secho(f"{count} {noun}; nothing was written.", err=True, bold=True)
            sys.exit(error.exit_code)
        except HandoutsError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(error.exit_code)

    return wrapped


def printing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all printing shares, as one Printing."""

    @functools.wraps(command)
    def wrapped(**kwargs: Any) -> None:
        shared = {field.name: kwargs.pop(field.name) for field in fields(Printing)}
        errors_as_messages(command)(Printing(**shared), **kwargs)

    printing: Callable[..., None] = wrapped
    for option in (
        click.option("--brand", default="neutral", show_default=True, help="Whose name is on it."),
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
        click.option(
            "--stale-crisis-lines",
            is_flag=True,
            help="Print although nobody has checked the crisis lines for 180 days.",
        ),
        click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong."),
        click.option("--verbose", is_flag=True, help="Say more."),
    ):
        printing = option(printing)
    return printing


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

    @property
    def screen(self) -> Screen:
        """Where this run says what it does."""
        return Screen(quiet=self.quiet, verbose=self.verbose)

    @property
    def folder(self) -> Path:
        """Where this brand's PDFs of this edition go."""
        edition = "-large" if self.large_print else ""
        edition += "-a4" if self.paper == "a4" else ""
        return self.output / (self.brand + edition)

    def run(self, choose: Callable[[Desk], Sequence[Document]], request: str = "") -> None:
        """Open the shop, make the documents that are chosen, say what was made."""
        from handouts.model import Edition
        from handouts.workshop import open_shop, produce

        screen = self.screen
        shop = open_shop(ROOT, self.brand, _today(), stale_is_fine=self.stale_crisis_lines)
        desk = shop.desk(Edition(self.paper, self.large_print))
        outcome = produce(shop, choose(desk), desk, self.folder, self.jobs, screen.report, request)
        if outcome.laid_out and not self.quiet:
            from handouts.press.engine import engine_advice

            for advice in engine_advice():
                click.echo(advice, err=True)
        if self.verbose:
            for file, pages in outcome.pages.items():
                screen.say(f"{self.folder / file}: {pages} pages")
            screen.say(f"{outcome.laid_out} parts laid out, {outcome.written} files written.")
        screen.made(outcome.pages, self.folder)


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="handouts", message="%(version)s")
def cli() -> None:
    """Turn Markdown lessons into printed handouts and packets for each program week."""


@cli.command()
@program_option
@click.option("--week", "weeks", type=int, multiple=True, help="Only this week; may be repeated.")
@starts_option
@printing_options
def build(
    printing: Printing, program: str, weeks: tuple[int, ...], starts: datetime.datetime | None
) -> None:
    """Make all that a program holds: handouts, guides, cards, forms, both packets of each week."""
    from handouts import unchanged

    asked = (program, weeks, starts, printing.folder, printing.stale_crisis_lines)
    request = unchanged.request(ROOT, _today(), asked)
    found = unchanged.since(printing.folder, request)
    if found:
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


@cli.command()
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


@cli.command()
@click.argument("codes", metavar="LESSON...", nargs=-1, required=True)
@click.option("--guide", is_flag=True, help="The facilitator's guide instead of the handout.")
@printing_options
def handout(printing: Printing, codes: tuple[str, ...], guide: bool) -> None:
    """Make one PDF of one or more lessons, cards or forms, named by their codes."""

    def choose(desk: Desk) -> Sequence[Document]:
        from handouts.documents.shapes import chosen

        return [chosen(desk, [find_text(desk, code) for code in codes], guide=guide)]

    printing.run(choose)


@cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.option("--map", "as_map", is_flag=True, help="What each lesson covers, for surveyors.")
@click.option("--csv", "as_csv", is_flag=True, help="The map as a spreadsheet.")
@errors_as_messages
def list_(as_json: bool, as_map: bool, as_csv: bool) -> None:
    """Show what there is: lessons, cards, forms, programs and brands."""
    if as_map or as_csv:
        from handouts import coverage

        rows = coverage.coverage(ROOT, _today())
        click.echo(coverage.as_csv(rows) if as_csv else coverage.as_markdown(rows), nl=False)
        return
    from handouts.inventory import inventory, table

    found = inventory(ROOT)
    click.echo(json.dumps(found, indent=2) if as_json else table(found))


@cli.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
)
@click.option("--explain", metavar="CODE", help="Say what a rule is for, and stop.")
@click.option("--rules", is_flag=True, help="Print the page of docs with all rules, and stop.")
@errors_as_messages
def check(paths: tuple[Path, ...], form: str, explain: str | None, rules: bool) -> None:
    """Find everything that is wrong, in all files or in those named; nothing is printed.

    Errors would stop a build and end with exit code 3; advice does not.
    """
    from handouts import report
    from handouts.problem import Severity, UsageError
    from handouts.rules import RULES

    if rules:
        click.echo(report.rules_page(), nl=False)
    elif explain is not None:
        if explain.upper() not in RULES:
            raise UsageError(f"There is no rule {explain!r}. The page docs/rules.md lists them.")
        click.echo(report.explained(RULES[explain.upper()]))
    else:
        from handouts.examiner import examine

        # The word list of the reading measures is a million objects; the process ends after this.
        gc.disable()
        problems = examine(ROOT, _today(), paths)
        said = report.FORMATS[form](problems)
        if said:
            click.echo(said)
        if any(problem.severity is Severity.ERROR for problem in problems):
            sys.exit(3)


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


def find_text(desk: Desk, code: str) -> AnyText:
    """Find a lesson, card or form by its code in any case, or say which are like it."""
    from handouts.problem import UsageError

    text = desk.curriculum.text(code.upper())
    if text is None:
        curriculum = desk.curriculum
        there = [*curriculum.lessons, *curriculum.cards, *curriculum.forms]
        near = difflib.get_close_matches(code.upper(), there, 3, 0.4)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UsageError(f"There is no lesson, card or form {code!r}.{hint}")
    return text


if __name__ == "__main__":
    cli()
