"""What the commands for one person and for many share: options, silence about people, input."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.commands.printing import brand_option, program_option, stale_option
from handouts.commands.screen import ROOT, bundled, errors_as_messages, today

if TYPE_CHECKING:
    from handouts.clinic import Clinic


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


@dataclass(frozen=True)
class Personal:
    """The options that every command for personal packets shares."""

    brand: str
    program: str
    password: bool
    password_fd: int | None
    stale_crisis_lines: bool

    def clinic(self) -> Clinic:
        """Check everything and open a clinic for a program that is there."""
        from handouts.clinic import open_clinic
        from handouts.problem import UsageError
        from handouts.workshop import open_shop

        shop = open_shop(ROOT, self.brand, today(), stale_is_fine=self.stale_crisis_lines)
        programs = shop.curriculum.programs
        if self.program not in programs:
            there = ", ".join(programs)
            raise UsageError(f"There is no program {self.program!r}. There are: {there}.")
        return open_clinic(shop, self.program)

    def secret(self) -> str:
        """Read the password from a file descriptor, or ask for it; empty when none is wanted."""
        from handouts.problem import UsageError

        if self.password_fd is not None:
            try:
                with os.fdopen(self.password_fd, "r", encoding="utf-8", closefd=False) as stream:
                    secret = stream.readline().rstrip("\n")
            except (OSError, ValueError):
                secret = ""
            if not secret:
                raise UsageError(f"No password came from file descriptor {self.password_fd}.")
            return secret
        if self.password:
            return str(
                click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
            )
        return ""


def personal_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that personal packets share, as one Personal."""
    personal = bundled(Personal, discreetly(command))
    for option in (
        brand_option,
        program_option,
        click.option("--password", is_flag=True, help="Ask for a password and lock the PDF."),
        click.option("--password-fd", type=int, help="Read the password from a file descriptor."),
        stale_option,
    ):
        personal = option(personal)
    return personal


def read_bytes(path: Path | None) -> bytes:
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
