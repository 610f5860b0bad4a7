"""Mends what the engine leaves wrong in the tags of a part. Observed with WeasyPrint 70.

A tag is what a screen reader reads: each mend here is about somebody who listens to the page.
"""

from __future__ import annotations

import io
import re

import pikepdf
from pikepdf import Array, Name

from handouts.press.heard import HIDDEN
from handouts.press.shape import settle
from handouts.press.tree import Element, Kid, Mark, read, write

PIXEL = 0.75
"""Points in a pixel of CSS."""

PRINT = 4
"""The flag of an annotation that is printed with its page (ISO 32000-1, table 165)."""


def mend(pdf: bytes) -> bytes:
    """Give a part from the engine with its tags mended; the same bytes for the same input."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        document = read(opened)
        heights = [float(page.mediabox[3]) for page in opened.pages]
        hidden: set[Mark] = set()
        _hide(document, hidden)
        settle(document)
        for element in document.descendants():
            if element.kind in ("Table", "THead", "TBody", "TFoot"):
                _scope(element)
            elif element.kind == "Figure":
                _place(element, heights[element.page])
        write(opened, document)
        for number, page in enumerate(opened.pages):
            _silence(page, {mark.number for mark in hidden if mark.page == number})
            _print_links(page)
        stream = io.BytesIO()
        opened.save(
            stream,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return stream.getvalue()


def _hide(element: Element, hidden: set[Mark]) -> None:
    """Take ornament out of the tree, and note its content.

    The engine tags everything that is drawn, even what the page marks as hidden (its issue 2550).
    An image without words can only be ornament: the engine module refuses all others.
    """
    kept: list[Kid] = []
    for kid in element.kids:
        if isinstance(kid, Element) and _is_ornament(kid):
            for below in kid.descendants():
                hidden.update(mark for mark in below.kids if isinstance(mark, Mark))
            continue
        if isinstance(kid, Element):
            _hide(kid, hidden)
        kept.append(kid)
    element.kids = kept


def _is_ornament(element: Element) -> bool:
    return "/" + HIDDEN in element.more or (element.kind == "Figure" and "/Alt" not in element.more)


def _silence(page: pikepdf.Page, numbers: set[int]) -> None:
    """Mark runs of a page's content as artifacts."""
    if not numbers:
        return

    def artifact(match: re.Match[bytes]) -> bytes:
        return b"/Artifact BMC" if int(match.group(1)) in numbers else match.group()

    stream = page.obj.Contents
    pattern = rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC"
    stream.write(re.sub(pattern, artifact, stream.read_bytes()))


def _scope(rows: Element) -> None:
    """Say of the heads in a part of a table whether they head a column or a row.

    The engine says it of none (its issue 2508).
    """
    for row in rows.elements():
        cells = list(row.elements()) if row.kind == "TR" else []
        across = rows.kind == "THead" or all(cell.kind == "TH" for cell in cells)
        for cell in cells:
            if cell.kind == "TH":
                cell.more["/A"].Scope = Name.Column if across else Name.Row


def _place(figure: Element, height: float) -> None:
    """Say where a figure lies in points from the bottom of the page.

    The engine says it in pixels from the top, which is no place that a magnifier could show.
    """
    left, top, right, bottom = (float(edge) * PIXEL for edge in figure.more["/A"].BBox)
    edges = (left, height - bottom, right, height - top)
    figure.more["/A"].BBox = Array([round(edge, 2) for edge in edges])


def _print_links(page: pikepdf.Page) -> None:
    """Let the links of a page be printed with it.

    The engine leaves the flag out, and so what is printed is not what the screen shows.
    """
    for annotation in page.obj.get("/Annots", ()):
        if annotation.Subtype == Name.Link:
            annotation.F = int(annotation.get("/F", 0)) | PRINT
