"""Mends what the engine leaves wrong in the tags of a part. Observed with WeasyPrint 70.

A tag is what a screen reader reads: each mend here is about somebody who listens to the page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

EMPTY = frozenset({"/P", "/Span", "/NonStruct", "/Div", "/Sect", "/LBody"})
"""Elements that say nothing when nothing is in them. An empty table cell, though, is a cell."""


def mend(pdf: bytes) -> bytes:
    """Give the same part with its tags mended; the same bytes for the same input."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root.StructTreeRoot
        hidden = [element for element in _elements(root) if _is_decoration(element)]
        for element in hidden:
            _hide(opened, element)
        for element in list(_elements(root)):
            _scope(element)
        _drop_empty(root)
        stream = io.BytesIO()
        opened.save(
            stream,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return stream.getvalue()


def _kids(element: Object) -> list[Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_element(kid: Object) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def _elements(root: Object) -> Iterator[Object]:
    """Every structure element below one, in reading order."""
    waiting = [kid for kid in reversed(_kids(root)) if _is_element(kid)]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(kid for kid in reversed(_kids(element)) if _is_element(kid))


def _is_decoration(element: Object) -> bool:
    """Tell an image that says nothing: the engine tags inline SVG that is hidden from readers."""
    return Name.Figure == element.S and not str(element.get("/Alt", ""))


def _hide(pdf: pikepdf.Pdf, figure: Object) -> None:
    """Turn a figure that says nothing into an artifact, on its page and in the tree."""
    page = figure.get("/Pg")
    for kid in _kids(figure):
        number: Object | None = kid
        sheet: Object | None = page
        if isinstance(kid, Dictionary):  # a marked-content reference that names its own page
            number, sheet = kid.get("/MCID"), kid.get("/Pg", page)
        if sheet is None or number is None:
            continue
        _rewrite(pdf, sheet, int(number))
    siblings = figure.P.K
    if isinstance(siblings, Array):
        keep = [kid for kid in siblings if not _same(kid, figure)]
        figure.P.K = Array(keep)
    else:
        del figure.P.K


def _same(one: Object, other: Object) -> bool:
    return isinstance(one, Dictionary) and one.is_indirect and one.objgen == other.objgen


def _rewrite(pdf: pikepdf.Pdf, page: Object, number: int) -> None:
    """Mark one run of a page's content as an artifact, and let the parent tree forget it."""
    pattern = re.compile(rb"/Figure\s*<<\s*/MCID\s+%d\s*>>\s*BDC" % number)
    contents = page.Contents
    for stream in contents if isinstance(contents, Array) else [contents]:
        stream.write(pattern.sub(b"/Artifact BMC", stream.read_bytes()))
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for index in range(0, len(numbers), 2):
        if int(numbers[index]) == int(page.StructParents):
            numbers[index + 1][number] = None


def _scope(element: Object) -> None:
    """Say of a table head whether it heads a column or a row; the engine leaves some out."""
    if element.S != Name.TH:
        return
    attributes = element.get("/A")
    rows = list(attributes) if isinstance(attributes, Array) else [attributes] if attributes else []
    if any("/Scope" in row for row in rows if isinstance(row, Dictionary)):
        return
    above = element.P.P.S if "/P" in element.P else Name.TBody
    scope = Name.Column if above == Name.THead else Name.Row
    element.A = Array([*rows, Dictionary(O=Name.Table, Scope=scope)])


def _drop_empty(root: Object) -> None:
    """Take out elements that hold nothing: ruled lines and tick boxes are drawn, not read."""
    for element in reversed(list(_elements(root))):  # from the leaves up
        kids = _kids(element)
        kept = [kid for kid in kids if not (_is_element(kid) and _is_hollow(kid))]
        if len(kept) != len(kids):
            if kept:
                element.K = Array(kept)
            else:
                del element.K


def _is_hollow(element: Object) -> bool:
    return str(element.S) in EMPTY and not _kids(element) and "/ActualText" not in element
