"""What a page says in HTML about how it is read aloud: checked, and carried into the PDF's tags.

The engine passes on the kind of an element and the ``alt`` of an image. What else a page says for
those who listen, it drops (WeasyPrint 70; its issues 2482 and 2550).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
FIELDS = frozenset({"input", "select", "textarea"})

HIDDEN = "HandoutsHidden"
"""A key on a tag: nothing in this element is read. :mod:`handouts.press.tags` takes it away."""


def faults(page: Element) -> list[str]:
    """Say what in a page could not be read aloud: a title, a picture or a field without words."""
    found = []
    if not (page.findtext("head/title") or "").strip():
        found.append("the page has no title")
    for element in _outside_drawings(page):
        if element.tag == "img" and "alt" not in element.attrib and not _is_hidden(element):
            found.append(f"the picture {element.get('src', '')!r} lacks words for those who listen")
        elif element.tag == SVG + "svg" and not (_is_hidden(element) or _drawing_says(element)):
            found.append("a drawing has neither a title nor aria-hidden")
        elif element.tag in FIELDS and not _label(element, page):
            found.append(f"the field {element.get('name', '')!r} has no label")
    return found


def tell_more(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Wrap what makes the engine's tags for a box, so that they say all that the page says.

    This adds the language of a passage, the ``aria-label`` of a drawing, ``aria-hidden``, whether a
    list is numbered, and that what a style sheet writes before an item is the item's label.
    """
    pydyf = importlib.import_module("pydyf")

    def told(box: Any, *rest: Any) -> Iterator[Any]:
        node = box.element
        for tag in build(box, *rest):
            if node is not None and node.tag not in ("html", "body"):
                if "lang" in node.attrib:
                    tag["Lang"] = pydyf.String(node.get("lang"))
                if _is_hidden(node):
                    tag[HIDDEN] = "true"
                if tag["S"] == "/Figure" and "Alt" not in tag and node.get("aria-label"):
                    tag["Alt"] = pydyf.String(node.get("aria-label"))
                elif tag["S"] == "/L" and (kind := _numbering(node, box)):
                    tag["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": kind})
                elif tag["S"] == "/NonStruct" and box.element_tag == "li::before":
                    tag["S"] = "/Lbl"
            yield tag

    return told


def _numbering(node: Element, box: Any) -> str:
    """Name the numbering of a list (ISO 32000-1, table 347), or nothing when it has no signs."""
    if node.tag == "ol":
        return "/Decimal"
    return "/Disc" if node.tag == "ul" and box.style["list_style_type"] != "none" else ""


def _outside_drawings(element: Element) -> Iterator[Element]:
    """Every element in order, but none of those that a drawing is made of."""
    yield element
    if element.tag != SVG + "svg":
        for child in element:
            yield from _outside_drawings(child)


def _is_hidden(element: Element) -> bool:
    return element.get("aria-hidden") == "true"


def _drawing_says(drawing: Element) -> str:
    return (drawing.get("aria-label") or drawing.findtext(SVG + "title") or "").strip()


def _label(field: Element, page: Element) -> str:
    """Give the words of a field's label, wherever the engine looks for them."""
    for label in page.iter("label"):
        names = label.get("for")
        if (names and names == field.get("id")) or any(inner is field for inner in label.iter()):
            return "".join(label.itertext()).strip()
    return (field.get("title") or field.get("placeholder") or "").strip()
