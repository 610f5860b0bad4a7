"""Where one process does its work: lay out a part, make slips, bind a document, write it."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.atomic import write_whole
from handouts.bindery.slips import Slip, Slips
from handouts.model import Curriculum, Size
from handouts.press.part import Part, code_of
from handouts.press.press import Press
from handouts.press.shelf import Kept, Shelf
from handouts.receipt import Made
from handouts.source.brands import BrandFolder

if TYPE_CHECKING:
    from handouts.bindery import Sheaf

BINDERS = ("bindery",)
"""Our own modules that the bytes of a document depend on, besides those of its parts."""


@dataclass(frozen=True)
class Job:
    """One document ready to bind: its parts with names and titles, its slips, its metadata."""

    file: str
    pieces: tuple[tuple[Part, str, str, bool], ...]
    frame: tuple[tuple[Slip, ...], ...]
    title: str
    author: str
    subject: str
    language: str
    aloud: tuple[Slip, str]

    @property
    def slips(self) -> tuple[Slip, ...]:
        """The slips on its pages, once each."""
        return tuple(dict.fromkeys(slip for page in self.frame for slip in page))


@dataclass(frozen=True)
class Bench:
    """The press, the shelf and the brand that one process works with."""

    root: Path
    curriculum: Curriculum
    brand: BrandFolder
    output: Path

    def __getstate__(self) -> dict[str, object]:
        """Travel to another process without the press, which is set up there anew."""
        return {name: getattr(self, name) for name in ("root", "curriculum", "brand", "output")}

    @cached_property
    def press(self) -> Press:
        """The press of this process."""
        return Press(self.root, self.curriculum, Shelf(self.root / ".shelf"))

    @cached_property
    def slips(self) -> Slips:
        """The maker of the frame's artwork."""
        press = self.press
        return Slips(press.theme, press.shelf, self.brand.folder, self.brand.digest)

    @cached_property
    def sheaf(self) -> Sheaf:
        """The slips that are ready to be stamped."""
        from handouts.bindery import Sheaf

        return Sheaf()

    def key(self, job: Job) -> str:
        """Give the SHA-256 of everything that can change a bound document."""
        pieces = [(self.press.key(part), *rest) for part, *rest in job.pieces]
        frame = [[self.slips.key(slip) for slip in page] for page in job.frame]
        said = [
            code_of(BINDERS),
            pieces,
            frame,
            job.title,
            job.author,
            job.subject,
            job.language,
            job.aloud[1],
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def warm() -> None:
    """Import the engine and everything around it, before others are forked from here."""
    for module in ("bindery", "press.setting", "press.tags"):
        importlib.import_module(f"handouts.{module}")
    importlib.import_module("handouts.press.engine").warm()


def lay_out(bench: Bench, part: Part) -> tuple[Part, Size]:
    """Lay out a part, or find it; give its size."""
    return part, bench.press.finished(part).size


def stamp(bench: Bench, slips: Sequence[Slip]) -> int:
    """Make those slips that are not there yet."""
    return bench.slips.make(slips)


def bound(bench: Bench, job: Job, finished: Callable[[Part], Kept] | None = None) -> bytes:
    """Bind a document from finished parts and slips; parts come from ``finished`` or the press."""
    from handouts.bindery import Binding, Piece, bind

    take = finished or bench.press.finished
    pieces = tuple(
        Piece(name, title, take(part).pdf, bookmark) for part, name, title, bookmark in job.pieces
    )
    slips = {slip: bench.slips.finished(slip) for slip in job.slips}
    frame = tuple(tuple(slips[slip] for slip in page) for page in job.frame)
    strip, words = job.aloud
    return bind(
        Binding(
            pieces,
            frame,
            title=job.title,
            author=job.author,
            subject=job.subject,
            language=job.language,
            aloud=(slips[strip], words),
        ),
        bench.sheaf,
    )


def write(bench: Bench, job: Job) -> tuple[str, Made]:
    """Bind a document and write it; give its file name and what a receipt says of it."""
    path = bench.output / job.file
    write_whole(path, bound(bench, job))
    found = path.stat()
    return job.file, Made(bench.key(job), len(job.frame), found.st_size, found.st_mtime_ns)
