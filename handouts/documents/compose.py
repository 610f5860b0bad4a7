"""A document to pages: where parts begin, what fills a left-hand page, what each page shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from handouts.bindery.slips import Slip
from handouts.documents.document import Desk, Document, Leaf
from handouts.documents.shapes import notes
from handouts.press.part import Part

Counter = Callable[[Part], int]
"""Gives the number of pages of a part."""


@dataclass(frozen=True)
class Run:
    """A leaf with its pages: the first, counted from 1, and how many."""

    leaf: Leaf
    first: int
    pages: int


@dataclass(frozen=True)
class Composed:
    """A document with every page in its place."""

    document: Document
    runs: tuple[Run, ...]

    @property
    def pages(self) -> int:
        """The number of pages."""
        return sum(run.pages for run in self.runs)


def compose(document: Document, desk: Desk, count: Counter) -> Composed:
    """Put every part of a document on its pages.

    The contents page says where the parts begin, so the front is made last; should it not have
    the number of pages that was reckoned with, the rest moves and it is made again.
    """
    if document.front is None:
        return Composed(document, tuple(_place(document, desk, count, 0)))
    length = 2
    while True:
        runs = tuple(_place(document, desk, count, length))
        if document.own and (last := runs[-1].first + runs[-1].pages - 1) % 2:
            # Many of these may be printed as one file: each ends on a whole sheet.
            runs = (*runs, Run(notes(desk, last + 1), last + 1, 1))
        front = _front(document, desk, count, runs)
        made = count(front.part)
        if made + made % 2 == length:
            break
        length = made + made % 2
    opening = [Run(front, 1, made)]
    if made % 2:
        opening.append(Run(notes(desk, 2), 2, 1))
    return Composed(document, (*opening, *runs))


def _place(document: Document, desk: Desk, count: Counter, before: int) -> Iterator[Run]:
    page = before + 1
    for leaf in document.leaves:
        if document.duplex and page % 2 == 0 and leaf.listed:
            # A lined page, where there would be a blank one.
            yield Run(notes(desk, page), page, 1)
            page += 1
        pages = count(leaf.part)
        yield Run(leaf, page, pages)
        page += pages


def _front(document: Document, desk: Desk, count: Counter, runs: tuple[Run, ...]) -> Leaf:
    front = document.front
    assert front is not None
    contents = [
        {"name": run.leaf.name, "title": run.leaf.title, "page": run.first}
        for run in runs
        if run.leaf.listed
    ]
    facts: dict[str, object] = {**front.facts, "contents": contents}
    if front.counted:
        facts["prints"] = [
            {"title": other.subject, "pages": compose(other, desk, count).pages}
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
        cards = run.leaf.part.template == "cards"
        for number in range(run.first, run.first + run.pages):
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
            if composed.pages > 1 and not cover:
                slips.append(_slip("number", document, page=number))
            pages.append(tuple(slips))
    return tuple(pages)


def strip(composed: Composed, desk: Desk, *, cards: bool) -> Slip:
    """Give the slip with the crisis lines: at the foot of a page, or of each card of a sheet."""
    kind: Literal["strip", "strip-cards"] = "strip-cards" if cards else "strip"
    return _slip(kind, composed.document, lines=crisis_strip(desk), color=desk.brand.color)


def crisis_strip(desk: Desk) -> list[dict[str, str]]:
    """Give the lines at the foot of every page: the national ones, then the site's own number."""
    lines = [
        {"label": line.name, "reach": line.reach}
        for line in desk.curriculum.crisis.lines
        if line.strip
    ]
    if desk.brand.on_call:
        lines.append({"label": desk.brand.on_call.label, "reach": desk.brand.on_call.number})
    return lines


Kind = Literal["site", "strip", "strip-cards", "running", "foot", "foot-cards", "number"]


def _slip(kind: Kind, document: Document, **facts: object) -> Slip:
    return Slip(kind, document.edition, json.dumps(facts, sort_keys=True))


def _site(desk: Desk) -> dict[str, object]:
    brand = desk.brand
    footer = brand.footer or ""
    if desk.stale:
        footer = "Call before you rely on these numbers: they are old. " + footer
    return {"name": brand.name, "color": brand.color, "logo": brand.logo, "footer": footer}
