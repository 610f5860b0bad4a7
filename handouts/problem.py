"""A finding about one place in one file, and the errors that end a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, advice does not."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, order=True)
class Problem:
    """One finding about one place in one file.

    ``file`` is relative to the project root and uses forward slashes; ``line`` counts from 1 and
    is 0 when the finding is about the whole file. ``message`` says what is wrong and ``fix`` what
    to do, both in words a counselor can follow.
    """

    file: str
    line: int
    code: str
    message: str
    fix: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Give the finding as ``file:line: CODE message`` with the fix on a line of its own."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.code} {self.message}\n    {self.fix}"


class HandoutsError(Exception):
    """An error whose message is meant for the person at the keyboard."""

    exit_code = 1


class UsageError(HandoutsError):
    """The command asked for something that is not there."""

    exit_code = 2


class ProblemsFound(HandoutsError):
    """The curriculum, a brand or a profile has errors; nothing was written."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems in the order of files and lines."""
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ProblemsFound], tuple[Sequence[Problem]]]:
        """Travel between processes with the problems, not with their text."""
        return type(self), (self.problems,)


class RenderError(HandoutsError):
    """A page could not be laid out."""

    exit_code = 4


class SystemLibraryError(HandoutsError):
    """A system library is missing; the message carries the command that installs it."""

    exit_code = 5


class OutputError(HandoutsError):
    """A file could not be written."""

    exit_code = 6
