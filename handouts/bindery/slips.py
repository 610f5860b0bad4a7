"""The frame's artwork: head, foot, strip and page numbers, laid out in one run and kept one by one.

A slip is one line or two of artwork at its place on an otherwise empty page. A page of a packet
gets a few of them, so that a new phone number lays out one slip and no body.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handouts.bindery.pages import split
from handouts.model import Edition, Size
from handouts.press.engine import lay_out
from handouts.press.part import makers
from handouts.press.shelf import Kept, Shelf
from handouts.press.theme import Theme

RUN = 100
"""Slips laid out at a time: enough to share a font, few enough for every core to get some."""


Kind = Literal["site", "strip", "strip-cards", "running", "foot", "foot-cards", "number", "room"]


@dataclass(frozen=True)
class Slip:
    """One piece of artwork: which template, on which paper, with which facts (JSON)."""

    kind: Kind
    edition: Edition
    facts: str


class Slips:
    """Makes slips for one brand, or takes them from the shelf."""

    def __init__(self, theme: Theme, shelf: Shelf, brand_folder: Path, brand_digest: str) -> None:
        self._theme = theme
        self._shelf = shelf
        self._folder = brand_folder
        self._brand = brand_digest

    def key(self, slip: Slip) -> str:
        """Give the SHA-256 of all that can change a slip."""
        said = [makers(), self._theme.digest, slip.kind, slip.edition.name, slip.facts]
        if slip.kind == "site":
            said.append(self._brand)
        return hashlib.sha256(json.dumps(["slip", *said]).encode()).hexdigest()

    def finished(self, slip: Slip) -> bytes:
        """Give one slip, made now if it is not kept."""
        kept = self._shelf.take(self.key(slip))
        if kept is None:
            self.make([slip])
            kept = self._shelf.take(self.key(slip))
        assert kept is not None
        return kept.pdf

    def missing(self, slips: Iterable[Slip]) -> list[Slip]:
        """Give those slips, once each, that are not kept yet.

        Feet, which name one text each, come last: so the slips of a document are from two runs or
        so, and its file carries few fonts.
        """
        found = [slip for slip in dict.fromkeys(slips) if not self._shelf.has(self.key(slip))]
        return sorted(found, key=lambda slip: slip.kind.startswith("foot"))

    def make(self, slips: Iterable[Slip]) -> int:
        """Lay out those slips that are not kept yet; give their number."""
        missing = self.missing(slips)
        for edition in dict.fromkeys(slip.edition for slip in missing):
            same = [slip for slip in missing if slip.edition == edition]
            for start in range(0, len(same), RUN):
                self._lay_out(same[start : start + RUN], edition)
        return len(missing)

    def _lay_out(self, slips: Sequence[Slip], edition: Edition) -> None:
        rows = [{"kind": slip.kind, **json.loads(slip.facts)} for slip in slips]
        html = self._theme.page("slips", slips=rows, title="frame", language="en-US")
        css = self._theme.styles(["base", "slips"], edition)
        layout = lay_out(html, css, name="the frame", folders=(self._folder,), tagged=False)
        for slip, pdf in zip(slips, split(layout.pdf), strict=True):
            self._shelf.keep(self.key(slip), Kept(pdf, Size(1)))
