"""Pieces' pages copied into one PDF, with what else their catalogs hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Object

from handouts.bindery.pages import open_pdf
from handouts.bindery.record import Piece
from handouts.problem import RenderError

# What a piece's catalog holds besides its pages, of which a document makes one.
_JOINED = ("/StructTreeRoot", "/AcroForm", "/Outlines", "/Names", "/Dests", "/Lang")


@dataclass(frozen=True)
class Graft:
    """One piece whose pages are in the document.

    ``pages`` are the copies of its pages in ``out``, the document, and ``root`` is a copy of what
    its catalog holds besides. References from there to pages, annotations and elements lead to
    the document's copies of them: one source's objects are copied once, whichever way they are
    reached.
    """

    piece: Piece
    out: pikepdf.Pdf
    pages: tuple[pikepdf.Page, ...]
    root: Object

    def annotations(self) -> Iterator[Object]:
        """Give the annotations of the piece's pages in order, widgets among them, once each."""
        seen = set()
        for page in self.pages:
            for annotation in page.obj.get("/Annots", Array()):
                if not annotation.is_indirect or annotation.objgen not in seen:
                    seen.add(annotation.objgen)
                    yield annotation

    def fault(self, what: str) -> RenderError:
        """Make the error that says what is wrong with this piece."""
        return RenderError(f"Part {self.piece.name} {what}.")


def graft(out: pikepdf.Pdf, pieces: Sequence[Piece], opened: ExitStack) -> list[Graft]:
    """Append the pages of every piece to a document, in order.

    ``opened`` takes the opened pieces, which must stay open until the document is saved. A piece
    is opened each time it is bound, even with the same bytes: a source's objects are copied once,
    and each use needs pages and structure elements of its own. Raises :class:`RenderError`, naming
    the piece, for one that is no PDF, is damaged, has no tags, or has layers.
    """
    return [_graft(out, piece, opened) for piece in pieces]


def _graft(out: pikepdf.Pdf, piece: Piece, opened: ExitStack) -> Graft:
    source = opened.enter_context(open_pdf(piece.pdf, f"Part {piece.name}"))
    first = len(out.pages)
    for page in source.pages:
        out.pages.append(page)  # before anything that refers to them
    held = {key: source.Root[key] for key in _JOINED if key in source.Root}
    root = out.copy_foreign(source.make_indirect(Dictionary(held)))
    grafted = Graft(piece, out, tuple(out.pages[first:]), root)
    if source.get_warnings():
        raise grafted.fault("is damaged. Render it again")
    if "/StructTreeRoot" not in root:
        raise grafted.fault("has no tags, so a screen reader could not read it. Export it tagged")
    if "/OCProperties" in source.Root:
        raise grafted.fault("has layers that can be switched off. Flatten it before binding")
    return grafted


def entries(tree: Object, leaf: str) -> Iterator[tuple[Object, Object]]:
    """Give key and value of every entry of a name tree (``/Names``) or number tree (``/Nums``)."""
    flat = several(tree.get(leaf))
    yield from zip(flat[::2], flat[1::2], strict=True)
    for kid in tree.get("/Kids", Array()):
        yield from entries(kid, leaf)


def several(value: Object | None) -> list[Object]:
    """Give the items of an entry that may hold nothing, one thing or an array of things."""
    if value is None:
        return []
    return list(value.as_list()) if isinstance(value, Array) else [value]
