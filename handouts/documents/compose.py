"""A document to pages: where parts begin, what fills a left-hand page, what each page shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import count
from typing import Literal

from handouts.bindery.slips import Kind, Slip
from handouts.documents.document import Desk, Document, Leaf
from handouts.documents.shapes import notes
from handouts.model import Size
from handouts.press.part import Part, Template

Sizer = Callable[[Part], Size]
"""Gives the size of a part."""

FOOT = 28
"""Millimetres of a sheet below its text: the foot's margin, and air above it."""

HEAD = 14
"""Millimetres above the first of the note lines: air, and their heading."""

LINE = 8
"""Millimetres from line to line: a hand's room."""

FEWEST = 3
"""Note lines that are worth a heading."""

ROOM: dict[Template, str] = {"handout": "Notes", "guide": "Notes for next time"}
"""Templates whose last page is lined to its foot, and the heading above those lines."""


@dataclass(frozen=True)
class Run:
    """A leaf at its place: its first page, counted from 1, and its size."""

    leaf: Leaf
    first: int
    size: Size

    @property
    def last(self) -> int:
        """The last of its pages."""
        return self.first + self.size.pages - 1

    @property
    def lines(self) -> int:
        """How many lines for notes fit below its text, on the last of its pages."""
        if self.leaf.part.template not in ROOM:
            return 0
        lines = (self.size.room - FOOT - HEAD) // LINE
        return lines if lines >= FEWEST else 0


@dataclass(frozen=True)
class Composed:
    """A document with every page in its place."""

    document: Document
    runs: tuple[Run, ...]

    @property
    def pages(self) -> int:
        """The number of pages."""
        return sum(run.size.pages for run in self.runs)


def compose(document: Document, desk: Desk, size: Sizer) -> Composed:
    """Put every part of a document on its pages.

    The contents page says where the parts begin, so the front is made last, for as many sheets as
    it may take: the first number of them on which it fits is the right one.
    """
    if document.front is None:
        return Composed(document, tuple(_place(document, desk, size, 0)))
    for length in count(2, 2):
        runs = tuple(_place(document, desk, size, length))
        if document.own and (last := runs[-1].last) % 2:
            # Many of these may be printed as one file: each ends on a whole sheet.
            runs = (*runs, Run(notes(desk, last + 1), last + 1, Size(1)))
        front = _front(document, desk, size, runs)
        made = size(front.part)
        if made.pages <= length:
            break
    blank = range(made.pages + 1, length + 1)
    opening = (Run(front, 1, made), *(Run(notes(desk, page), page, Size(1)) for page in blank))
    return Composed(document, (*opening, *runs))


def _place(document: Document, desk: Desk, size: Sizer, before: int) -> Iterator[Run]:
    page = before + 1
    for leaf in document.leaves:
        if document.duplex and page % 2 == 0 and leaf.listed:
            # A lined page, where there would be a blank one.
            yield Run(notes(desk, page), page, Size(1))
            page += 1
        run = Run(leaf, page, size(leaf.part))
        yield run
        page = run.last + 1


def _front(document: Document, desk: Desk, size: Sizer, runs: tuple[Run, ...]) -> Leaf:
    front = document.front
    assert front is not None
    contents = [
        {"name": run.leaf.name, "title": run.leaf.title, "page": run.first}
        for run in runs
        if run.leaf.listed
    ]
    facts: dict[str, object] = {
        **front.facts,
        "contents": contents,
        "numbers": crisis_lines(desk, strip_only=False),
    }
    if front.counted:
        facts["prints"] = [
            {"title": other.subject, "pages": compose(other, desk, size).pages}
            for other in front.counted
        ]
    text = json.dumps(facts, sort_keys=True)
    part = Part(front.template, (), document.edition, document.title, document.language, text)
    return Leaf(part, "front", document.title, ())


def frame(composed: Composed, desk: Desk) -> tuple[tuple[Slip, ...], ...]:
    """Give the slips of every page, in the order of the pages."""
    document = composed.document
    pages: list[tuple[Slip, ...]] = []
    for run in composed.runs:
        cards = run.leaf.part.template == "cards" and len(run.leaf.feet) == 2
        for number in range(run.first, run.last + 1):
            cover = number == 1 and run.leaf.part.template == "front"
            if document.discreet and number == 1:
                pages.append(())
                continue
            slips = [strip(composed, desk, cards=cards)]
            if not cards:
                slips.append(_slip("site", document, **_site(desk)))
            if document.running and not (cards or cover):
                slips.append(_slip("running", document, text=document.running))
            if run.leaf.feet:
                feet = [asdict(foot) for foot in run.leaf.feet]
                slips.append(_slip("foot-cards" if cards else "foot", document, texts=feet))
            if number == run.last and run.lines:
                heading = ROOM[run.leaf.part.template]
                slips.append(_slip("room", document, heading=heading, lines=run.lines))
            if composed.pages > 1 and not cover:
                slips.append(_slip("number", document, page=number))
            pages.append(tuple(slips))
    return tuple(pages)


def strip(composed: Composed, desk: Desk, *, cards: bool) -> Slip:
    """Give the slip with the crisis lines: at the foot of a page, or of each card of a sheet."""
    kind: Literal["strip", "strip-cards"] = "strip-cards" if cards else "strip"
    return _slip(kind, composed.document, lines=crisis_lines(desk), color=desk.brand.color)


def crisis_lines(desk: Desk, *, strip_only: bool = True) -> list[dict[str, str]]:
    """Give the lines at the foot of every page, or all: national ones, then the site's own."""
    lines = [
        {"label": line.name, "reach": line.reach}
        for line in desk.curriculum.crisis.lines
        if line.strip or not strip_only
    ]
    if desk.brand.on_call:
        lines.append({"label": desk.brand.on_call.label, "reach": desk.brand.on_call.number})
    return lines


def _slip(kind: Kind, document: Document, **facts: object) -> Slip:
    return Slip(kind, document.edition, json.dumps(facts, sort_keys=True))


def _site(desk: Desk) -> dict[str, object]:
    brand = desk.brand
    footer = brand.footer or ""
    if desk.stale:
        footer = "Call before you rely on these numbers: they are old. " + footer
    return {"name": brand.name, "color": brand.color, "logo": brand.logo, "footer": footer}
