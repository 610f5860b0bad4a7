"""Pieces' pages copied into one PDF, and a way to copy what else a piece holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Object

from handouts.bindery.pages import open_pdf
from handouts.bindery.record import Piece
from handouts.problem import RenderError


@dataclass(frozen=True)
class Graft:
    """One piece whose pages are in the document.

    ``source`` is the opened piece and must stay open until the document is saved; ``pages`` are
    the copies of its pages in ``out``, the document.
    """

    piece: Piece
    source: pikepdf.Pdf
    out: pikepdf.Pdf
    pages: tuple[pikepdf.Page, ...]

    def copied(self, entry: Object | None) -> Any:
        """Give the document's copy of an object of the source, or None for None.

        References to pages, annotations and elements lead to the document's copies of them: one
        source's objects are copied once, whichever way they are reached.
        """
        if entry is None:
            return None
        if not entry.is_indirect:
            entry = self.source.make_indirect(entry)
        return self.out.copy_foreign(entry)

    def annotations(self) -> Iterator[Object]:
        """Give the annotations of the piece's pages in order, widgets among them."""
        for page in self.pages:
            yield from page.obj.get("/Annots", Array())

    def fault(self, what: str) -> RenderError:
        """Make the error that says what is wrong with this piece."""
        return RenderError(f"Part {self.piece.name} {what}.")


def graft(out: pikepdf.Pdf, pieces: Sequence[Piece]) -> list[Graft]:
    """Append the pages of every piece to a document, in order.

    A piece is opened each time it is bound, even with the same bytes: a source's objects are
    copied once, and each use needs pages and structure elements of its own. Raises
    :class:`RenderError`, naming the piece, for one that is no PDF, is damaged, or has no tags.
    """
    return [_graft(out, piece) for piece in pieces]


def _graft(out: pikepdf.Pdf, piece: Piece) -> Graft:
    source = open_pdf(piece.pdf, f"Part {piece.name}")
    first = len(out.pages)
    for page in source.pages:
        out.pages.append(page)
    grafted = Graft(piece, source, out, tuple(out.pages[first:]))
    if "/StructTreeRoot" not in source.Root:
        raise grafted.fault("has no tags, so a screen reader could not read it. Export it tagged")
    if "/OCProperties" in source.Root:
        raise grafted.fault("has layers that can be switched off. Flatten it before binding")
    return grafted


def entries(tree: Object, leaf: str) -> Iterator[tuple[Object, Object]]:
    """Give key and value of every entry of a name tree (``/Names``) or number tree (``/Nums``)."""
    flat = list(tree.get(leaf, Array()))
    yield from zip(flat[::2], flat[1::2], strict=True)
    for kid in tree.get("/Kids", Array()):
        yield from entries(kid, leaf)


def several(value: Object | None) -> list[Object]:
    """Give the items of an entry that may hold nothing, one thing or an array of things."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
