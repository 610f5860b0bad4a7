"""The kinds of block: who reads them, what settings they take, what their title means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from handouts.model import Record, Slug, Step

Label = Annotated[str, Field(max_length=60)]

SHAPES: dict[str, tuple[int, int]] = {
    # shape: fewest and most labels
    "balance": (2, 4),
    "body": (0, 6),
    "bridge": (2, 7),
    "calendar": (0, 0),
    "chain": (3, 8),
    "clock": (0, 5),
    "compass": (4, 4),
    "cycle": (3, 6),
    "fork": (5, 5),
    "hand": (0, 5),
    "hill": (3, 6),
    "house": (1, 6),
    "iceberg": (2, 2),
    "ladder": (0, 7),
    "meter": (3, 5),
    "path": (3, 6),
    "pie": (0, 6),
    "rings": (2, 4),
    "shield": (4, 4),
    "thought": (2, 2),
    "tree": (3, 3),
    "wave": (0, 5),
    "web": (1, 9),
    "week": (1, 6),
    "wheel": (6, 8),
    "window": (3, 3),
}


class NoOptions(Record):
    """A block without settings."""


class NoteOptions(Record):
    """A step of the session and its minutes."""

    step: Step
    minutes: Annotated[int, Field(ge=0, le=180, strict=True)]


class EvidenceOptions(Record):
    """Keys of the works that a claim rests on; none for practice wisdom."""

    sources: tuple[Slug, ...] = ()


class SafetyOptions(Record):
    """Names of standard lines that are printed in the box."""

    lines: tuple[Slug, ...] = ()


class WriteOn(Record):
    """A block that people write on; its name is unique in the file."""

    name: Slug


class LinesOptions(WriteOn):
    """Ruled lines, 8 mm apart."""

    rows: Annotated[int, Field(ge=1, le=26, strict=True)] = 3


class TickOptions(WriteOn):
    """Boxes to tick, in one to three columns."""

    columns: Annotated[int, Field(ge=1, le=3, strict=True)] = 1
    other: bool = False


class ScaleOptions(WriteOn):
    """A scale from 0 to 10, with words for its ends."""

    low: Label = "none"
    high: Label = "the most"


class TableOptions(WriteOn):
    """A table to fill: heads, and either a number of empty rows or the first cell of each."""

    columns: Annotated[tuple[Label, ...], Field(min_length=2, max_length=7)]
    rows: Annotated[int, Field(ge=1, le=24, strict=True)] | tuple[str, ...] = 4


class LogOptions(WriteOn):
    """A week to fill, a row for each day."""

    columns: Annotated[tuple[Label, ...], Field(min_length=1, max_length=5)]


class DrawOptions(WriteOn):
    """A drawing to write on; ``height`` in millimetres."""

    shape: Literal[tuple(SHAPES)]  # type: ignore[valid-type]
    labels: Annotated[tuple[Label, ...], Field(max_length=9)] = ()
    height: Annotated[int, Field(ge=30, le=200, strict=True)] | None = None


@dataclass(frozen=True)
class Kind:
    """What the reader of files must know of a kind of block."""

    options: type[Record]
    title: Literal["needed", "allowed", "grade", "none"]
    participant: bool = True
    text: bool = True
    items: bool = False

    @property
    def write_on(self) -> bool:
        """True for blocks that people write on."""
        return issubclass(self.options, WriteOn)


KINDS: dict[str, Kind] = {
    "message": Kind(NoOptions, "none"),
    "example": Kind(NoOptions, "needed"),
    "try": Kind(NoOptions, "needed"),
    "safety": Kind(SafetyOptions, "needed", text=False),
    "evidence": Kind(EvidenceOptions, "grade"),
    "help": Kind(NoOptions, "allowed"),
    "lines": Kind(LinesOptions, "needed", text=False),
    "short": Kind(WriteOn, "needed", text=False),
    "tick": Kind(TickOptions, "needed", items=True),
    "scale": Kind(ScaleOptions, "needed", text=False),
    "table": Kind(TableOptions, "needed", text=False),
    "log": Kind(LogOptions, "needed", text=False),
    "script": Kind(WriteOn, "needed"),
    "draw": Kind(DrawOptions, "needed", text=False),
    "note": Kind(NoteOptions, "needed", participant=False),
    "say": Kind(NoOptions, "none", participant=False),
    "ask": Kind(NoOptions, "needed", participant=False),
    "care": Kind(NoOptions, "needed", participant=False),
    "adapt": Kind(NoOptions, "needed", participant=False),
}
