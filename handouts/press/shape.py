"""The shape of a part's tags: paragraphs, lists, and nothing that says nothing.

The engine makes an element for each box of its layout: for every line of a paragraph, for bold
words, for each ruled line (WeasyPrint 70; its issue 2482). A screen reader that stops at elements
would stop at all of them, and they are half of what binding has to copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TypeGuard

from handouts.press.tree import Element, Kid, Mark

WRAPPERS = frozenset({"Span", "NonStruct"})
"""Elements that mean nothing by themselves."""

GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
"""Elements made of paragraphs and the like: text right in them would belong to nothing."""

STRICT = frozenset({"L", "LI", "Table", "THead", "TBody", "TFoot", "TR"})
"""Elements that hold only elements of certain kinds."""

INLINE = WRAPPERS | {"Link", "Figure", "Form"}
"""Elements that stand within a line."""

HOLLOW = WRAPPERS | GROUPS | {"P", "LBody", "Lbl", "Caption"}
"""Elements that say nothing when nothing is in them. An empty table cell, though, is a cell."""


def settle(element: Element) -> None:
    """Bring an element and all below it into shape."""
    for kid in element.elements():
        settle(kid)
        if kid.more.get("/Lang") == element.more.get("/Lang"):
            kid.more.pop("/Lang", None)  # said of each box of one paragraph
    element.kids = [kid for kid in element.kids if not _is_hollow(kid)]
    if element.kind == "NonStruct" and any(_is(kid, "Caption") for kid in element.kids):
        element.kind = "Div"  # a figure with its caption: they belong together
    if element.kind == "L":
        _mend_list(element)
    elif element.kind in GROUPS or (element.kind in WRAPPERS and _holds_blocks(element)):
        _make_paragraphs(element)
    elif element.kind not in STRICT:
        element.kids = list(_melted(element.kids))


def _is(kid: Kid, kind: str) -> TypeGuard[Element]:
    return isinstance(kid, Element) and kid.kind == kind


def _is_hollow(kid: Kid) -> bool:
    return isinstance(kid, Element) and kid.kind in HOLLOW and not kid.kids


def _is_block(kid: Kid) -> bool:
    return isinstance(kid, Element) and (kid.kind not in INLINE or _holds_blocks(kid))


def _holds_blocks(element: Element) -> bool:
    return element.kind in WRAPPERS and any(_is_block(kid) for kid in element.kids)


def _melted(kids: list[Kid]) -> Iterator[Kid]:
    """Leave out the wrappers that add nothing to what is in them."""
    for kid in kids:
        if isinstance(kid, Element) and kid.kind in WRAPPERS and not kid.more:
            yield from kid.kids
        else:
            yield kid


def _make_paragraphs(group: Element) -> None:
    """Put text that stands right in a group into paragraphs; a box of nothing else becomes one."""
    kept: list[Kid] = []
    for (block, page), run in groupby(group.kids, lambda kid: (_is_block(kid), _page(kid, group))):
        kids = list(_melted(list(run)))
        if block or all(_is(kid, "Figure") for kid in kids):
            kept += kids
        else:
            kept.append(Element("P", page, kids))
    only = kept[0] if len(kept) == 1 else None
    if group.kind == "Div" and only not in group.kids and only and _is(only, "P"):
        group.kind, kept = "P", only.kids
    group.kids = kept


def _page(kid: Kid, group: Element) -> int:
    return kid.page if isinstance(kid, Element | Mark) else group.page


def _mend_list(element: Element) -> None:
    """Give each item one body, and put a list within a list into the item it belongs to.

    The engine sets an inner list beside its item, after all text of the item (its issue 2874).
    """
    kept: list[Kid] = []
    if all(_is(kid, "L") for kid in element.kids):  # one for each column of the page
        element.kids = [item for column in element.elements() for item in column.kids]
    for kid in element.kids:
        last = kept[-1] if kept else kid
        if _is(kid, "L") and _is(last, "LI"):
            last.kids.insert(_place(kid, last), kid)
        else:
            kept.append(kid)
    element.kids = kept
    for item in kept:
        if _is(item, "LI"):
            _mend_item(item)


def _place(inner: Element, item: Element) -> int:
    """Find where in an item a list stood: content is numbered in the order of drawing."""
    for place, kid in enumerate(item.kids):
        if _is(kid, "LBody") and _first(kid) > _first(inner):
            return place
    return len(item.kids)


def _mend_item(item: Element) -> None:
    labels: list[Kid] = []
    pieces: list[Kid] = []
    for kid in item.kids:
        (labels if _is(kid, "Lbl") else pieces).append(kid)
        if _is(kid, "LBody"):  # where the engine puts what a style sheet writes before an item
            labels += [inner for inner in kid.kids if _is(inner, "Lbl")]
            kid.kids = [inner for inner in kid.kids if not _is(inner, "Lbl")]
    if pieces and not (len(pieces) == 1 and _is(pieces[0], "LBody")):
        pieces = [Element("LBody", item.page, list(_bodies(pieces)))]
    item.kids = labels + pieces


def _bodies(pieces: list[Kid]) -> Iterator[Kid]:
    """Give what is in the bodies of an item that has several, each text as a paragraph."""
    several = sum(_is(kid, "LBody") for kid in pieces) > 1
    for kid in pieces:
        if not _is(kid, "LBody"):
            yield kid
        elif several and not any(_is_block(inner) for inner in kid.kids):
            yield Element("P", kid.page, kid.kids, kid.more)
        else:
            yield from kid.kids


def _first(element: Element) -> Mark:
    """Give the first mark in an element; the signs before items are drawn last."""
    below = (inner for inner in element.descendants() if inner.kind != "Lbl")
    marks = (mark for inner in below for mark in inner.kids if isinstance(mark, Mark))
    return min(marks, default=Mark(element.page, 0))
