"""What every command shares: where the project is, what a run says, how errors are told."""

from __future__ import annotations

import datetime
import functools
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[2]
"""The folder with curriculum, templates and output."""


def today() -> datetime.date:
    """Give the day it is here."""
    return datetime.datetime.now().astimezone().date()


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
            self.say(f"{counted(total, 'page')} in {folder / file}")
        else:
            self.say(f"{len(pages)} documents, {counted(total, 'page')}, in {folder}")

    def say(self, text: str) -> None:
        """Say one line, unless quiet."""
        if not self.quiet:
            click.echo(text)


def bundled(record: type[Any], command: Callable[..., None]) -> Callable[..., None]:
    """Give a command those options that are fields of a dataclass as one, its first argument."""

    @functools.wraps(command)
    def wrapped(**options: Any) -> None:
        names = [field.name for field in fields(record) if field.name in options]
        command(record(**{name: options.pop(name) for name in names}), **options)

    return wrapped


def counted(number: int, noun: str) -> str:
    """Give a number with its noun, e.g. "1 page" or "12 pages"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
            count = counted(len(error.problems), "problem")
            click.secho(f"{count}; nothing was written.", err=True, bold=True)
            sys.exit(error.exit_code)
        except HandoutsError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(error.exit_code)

    return wrapped
