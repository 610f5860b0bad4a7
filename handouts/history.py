"""Which text a sheet of paper came from: by its version mark, now and in the past."""

from __future__ import annotations

import datetime
import hashlib
import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handouts.problem import HandoutsError
from handouts.source import files

FOLDERS = ("curriculum/lessons", "curriculum/cards", "curriculum/forms")


@dataclass(frozen=True)
class Version:
    """One state of one file: its words, the day they came, and the commit that brought them."""

    file: str
    text: str
    day: datetime.date
    commit: str

    @property
    def mark(self) -> str:
        """The version mark on paper that was printed from it."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:6]

    def setting(self, name: str) -> str:
        """Give a one-line setting as it was written, or nothing."""
        rows = self.text.split("\n---", 1)[0].split("\n")
        start = f"{name}:"
        return next((row[len(start) :].strip(" \"'") for row in rows if row.startswith(start)), "")


def versions(root: Path) -> Iterator[Version] | None:
    """Give every version of every text that git remembers, the latest first; None without git.

    Raises HandoutsError with git's own words when the history cannot be read.
    """
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return None
    return _versions(git, root)


def _versions(git: str, root: Path) -> Iterator[Version]:
    log = _run(
        *(git, "-c", "core.quotePath=off", "log", "--format=@%H %cs", "--raw", "--no-abbrev"),
        *("--no-renames", "--diff-filter=AM", "-m", "--", *FOLDERS),
        root=root,
    )
    found: dict[tuple[str, str], tuple[str, datetime.date]] = {}
    commit, day = "", datetime.date.min
    for row in log.decode("utf-8", "replace").splitlines():
        if row.startswith("@"):
            commit, _, when = row[1:].partition(" ")
            day = datetime.date.fromisoformat(when)
        elif row.startswith(":"):
            about, _, file = row.partition("\t")
            found.setdefault((file, about.split(" ")[3]), (commit, day))
    # One process for all of them: a program that is edited for years has thousands.
    asked = "\n".join(blob for _, blob in found).encode()
    stream = io.BytesIO(_run(git, "cat-file", "--batch", root=root, said=asked))
    for (file, _), (commit, day) in found.items():
        size = int(stream.readline().split()[2])
        source, _problems = files.decode(stream.read(size), file)
        stream.readline()
        if source and file.endswith(".md"):
            yield Version(file, source.text, day, commit)


def _run(*words: str, root: Path, said: bytes = b"") -> bytes:
    done = subprocess.run(  # noqa: S603 - only git, with words of our own
        words, cwd=root, input=said, capture_output=True, check=False
    )
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise HandoutsError(f"The history could not be read; git said: {told}")
    return done.stdout
