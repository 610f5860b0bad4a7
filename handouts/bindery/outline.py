"""Bookmarks: one for each piece, with the piece's own below it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Dictionary, Name, Object, String

from handouts.bindery.graft import Graft
from handouts.bindery.links import lead_to_places, top_of


def join_outlines(
    out: pikepdf.Pdf, grafts: Sequence[Graft], places: Mapping[bytes, Object]
) -> None:
    """Give the document an outline: a bookmark for each piece that wants one.

    A piece's own bookmarks stay below it, folded away; where they are all below one that says the
    piece's title again, that one is left out. ``places`` are the document's named destinations.
    """
    marks = [_bookmark(graft, places) for graft in grafts if graft.piece.bookmark]
    if marks:
        root = out.make_indirect(Dictionary(Type=Name.Outlines))
        _hang(root, marks)
        root.Count = len(marks)
        out.Root.Outlines = root


def _bookmark(graft: Graft, places: Mapping[bytes, Object]) -> Object:
    below = _items(graft.root.get("/Outlines"))
    for item in below:
        _lead(graft, item, places)
    if len(below) == 1 and str(below[0].Title) == graft.piece.title:
        below = _items(below[0])
    mark = graft.out.make_indirect(Dictionary(Title=String(graft.piece.title), Dest=top_of(graft)))
    if below:
        _hang(mark, below)
        mark.Count = -sum(1 + max(int(item.get("/Count", 0)), 0) for item in below)  # < 0: folded
    return mark


def _lead(graft: Graft, item: Object, places: Mapping[bytes, Object]) -> None:
    lead_to_places(graft, item, places)
    for below in _items(item):
        _lead(graft, below, places)


def _items(holder: Object | None) -> list[Object]:
    """Give the bookmarks right below one, or below the root of an outline."""
    items: list[Object] = []
    item = None if holder is None else holder.get("/First")
    while item is not None:
        items.append(item)
        item = item.get("/Next")
    return items


def _hang(holder: Object, items: Sequence[Object]) -> None:
    """Make a run of bookmarks the ones right below another."""
    holder.First, holder.Last = items[0], items[-1]
    for item in items:
        item.Parent = holder
    for item, following in itertools.pairwise(items):
        item.Next, following.Prev = following, item
