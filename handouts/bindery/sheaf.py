"""The slips that one process stamps, each made ready once for all documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

from handouts.bindery.pages import open_pdf
from handouts.bindery.share import Shared

_MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})


class Sheaf:
    """Slips as drawings in one PDF of their own, from which documents copy those they carry.

    The strip is on every page of every document and a page number in nearly every document: made
    ready for each document anew, slips took nearly half of the time of binding. They are told apart
    by their bytes, and what is the same in several, such as the font of a run, is there once.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._pdf = pikepdf.new()
        self._shared = Shared()
        self._sources: list[pikepdf.Pdf] = []  # streams are copied only when a document is saved
        self._drawings: dict[bytes, Object] = {}

    def drawing(self, slip: bytes) -> Object:
        """Give a slip as a drawing; raise RenderError for one that can't be read."""
        if slip not in self._drawings:
            source = open_pdf(slip, "A slip of the frame")
            self._sources.append(source)
            page = source.pages[0]
            page.contents_coalesce()
            _untag([page.obj.get("/Contents"), *_forms_below(page.obj, set())])
            drawing = self._pdf.copy_foreign(page.as_form_xobject())
            self._shared.merge(drawing)
            self._drawings[slip] = drawing
        return self._drawings[slip]


def _untag(contents: Iterable[Object | None]) -> None:
    """Take the marks of tagged content out of drawings.

    Their numbers would count as the page's own, and content may not be tagged within an artifact.
    """
    for content in contents:
        if not isinstance(content, Stream):
            continue
        for key in ("/StructParents", "/StructParent"):
            if key in content:
                del content[key]
        if any(mark in content.read_bytes() for mark in (b"BDC", b"BMC", b"DP", b"MP")):
            painting = pikepdf.parse_content_stream(content)
            content.write(
                pikepdf.unparse_content_stream(
                    [step for step in painting if str(step.operator) not in _MARKS]
                )
            )


def _forms_below(holder: Object, seen: set[tuple[int, int]]) -> Iterator[Object]:
    """Give the drawings that a page or drawing paints, and those they paint, once each."""
    drawings = holder.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for drawing in drawings.as_dict().values():
        if drawing.get("/Subtype") == Name.Form and drawing.objgen not in seen:
            seen.add(drawing.objgen)
            yield drawing
            yield from _forms_below(drawing, seen)
