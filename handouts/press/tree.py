"""A part's structure tree, read from a PDF into plain records and written back.

Reading all at once and writing all anew takes a third of the time that changing elements one by one
in the PDF does, and needs no care for the parent tree (ISO 32000-1, 14.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_OWN = frozenset({"/Type", "/S", "/P", "/K", "/Pg"})
"""What is written anew; all other keys of an element are kept as they are."""

NOWHERE = -1
"""The page of an element that is on none, such as the document."""


class Mark(NamedTuple):
    """A run of content: its page, from 0, and its number there (MCID)."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Element:
    """A structure element: its kind without the slash, what is in it, and its other keys."""

    kind: str
    page: int
    kids: list[Kid] = field(default_factory=list)
    more: dict[str, Object] = field(default_factory=dict)

    def elements(self) -> Iterator[Element]:
        """Give the elements right below this one."""
        return (kid for kid in self.kids if isinstance(kid, Element))

    def descendants(self) -> Iterator[Element]:
        """Give this element and all below it, in reading order."""
        yield self
        for kid in self.elements():
            yield from kid.descendants()


Kid: TypeAlias = Element | Mark | Object
"""What is in an element: elements, marks, and references to annotations."""


def read(pdf: pikepdf.Pdf) -> Element:
    """Give the Document element of a part as the engine writes it: one element below the root."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return _read(pdf.Root.StructTreeRoot.K[0], numbers, NOWHERE)


def _read(found: Object, numbers: dict[tuple[int, int], int], page: int) -> Element:
    more = dict(found.as_dict().items())
    if "/Pg" in more:
        page = numbers[more["/Pg"].objgen]
    element = Element(str(found.S)[1:], page)
    for kid in found.get("/K", ()):
        if isinstance(kid, int):
            element.kids.append(Mark(page, kid))
        elif "/S" in kid:
            element.kids.append(_read(kid, numbers, page))
        else:
            element.kids.append(kid)  # a reference to an annotation
    element.more = {key: value for key, value in more.items() if key not in _OWN}
    return element


def write(pdf: pikepdf.Pdf, document: Element) -> None:
    """Write the tree anew, with the table that leads from marked content to its element."""
    pages = [page.obj for page in pdf.pages]
    owners: dict[Mark, Object] = {}
    widgets: list[tuple[int, Object]] = []

    def made(element: Element, parent: Object) -> Object:
        written = pdf.make_indirect(
            Dictionary({"/Type": Name.StructElem, "/S": Name("/" + element.kind), **element.more})
        )
        written.P = parent
        if element.page != NOWHERE:
            written.Pg = pages[element.page]
        kids: list[Object | int] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(made(kid, written))
            elif isinstance(kid, Mark):
                owners[kid] = written
                kids.append(kid.number)
            else:
                widgets.append((int(kid.Obj.StructParent), written))
                kids.append(kid)
        if kids:
            written.K = Array(kids)
        return written

    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = Array([made(document, root)])
    table: list[object] = []
    for number, page in enumerate(pages):
        last = max((mark.number for mark in owners if mark.page == number), default=-1)
        own = Array([owners.get(Mark(number, count)) for count in range(last + 1)])
        table += [int(page.StructParents), own]
    for number, owner in sorted(widgets, key=lambda pair: pair[0]):
        table += [number, owner]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(table)))
    root.ParentTreeNextKey = len(table) // 2
    pdf.Root.StructTreeRoot = root
