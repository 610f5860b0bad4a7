"""The frame: slips of artwork stamped on finished pages as pagination artifacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

from handouts.bindery.aloud import claim
from handouts.bindery.graft import several
from handouts.bindery.names import numbered
from handouts.bindery.pages import open_pdf
from handouts.bindery.share import Shared

_MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})


def stamp(
    out: pikepdf.Pdf,
    frame: Sequence[Sequence[bytes]],
    shared: Shared,
    opened: ExitStack,
    aloud: tuple[bytes, str] | None = None,
) -> None:
    """Stamp on each page its slips, in order, where no screen reader reads them.

    Each distinct slip is in the document once, however many pages carry it. A page's own drawing
    is put between ``q`` and ``Q``, so that nothing it leaves set changes the slips. The slip that
    ``aloud`` names is a paragraph with those words on the first page that has it. ``opened``
    takes the opened slips, which must stay open until the document is saved. Raises
    :class:`~handouts.problem.RenderError` for a slip that can't be read.
    """
    copies: dict[bytes, Object] = {}
    ends: dict[bytes, Object] = {}
    begin = out.make_stream(b"q\n")
    for page, slips in zip(out.pages, frame, strict=True):
        if not slips:
            continue
        drawings = _own_drawings(page)
        painted = []
        spoken = b""
        for slip in slips:
            if slip not in copies:
                copies[slip] = _copy(out, slip, shared, opened)
            name = next(Name(name) for name in numbered("/Slip") if name not in drawings)
            drawings[name] = copies[slip]
            placed = _placed(page, copies[slip], name)
            if aloud and slip == aloud[0]:
                number = claim(out, page, aloud[1])
                spoken = b"/P <</MCID %d>> BDC\n" % number + placed + b"EMC\n"
                aloud = None
            else:
                painted.append(placed)
        end = b"\nQ\n" + spoken
        if painted:
            end += b"/Artifact <</Type /Pagination>> BDC\n" + b"".join(painted) + b"EMC\n"
        if end not in ends:
            ends[end] = out.make_stream(end)
        page.obj.Contents = Array([begin, *several(page.obj.get("/Contents")), ends[end]])


def _placed(page: pikepdf.Page, drawing: Object, name: Name) -> bytes:
    """Give the steps that paint a drawing upright in the middle of a page, as large as it is."""
    return page.calc_form_xobject_placement(
        drawing,
        name,
        pikepdf.Rectangle(page.trimbox),
        allow_shrink=False,
        allow_expand=False,
    )


def _copy(out: pikepdf.Pdf, pdf: bytes, shared: Shared, opened: ExitStack) -> Object:
    """Give a slip as a drawing of the document."""
    source = opened.enter_context(open_pdf(pdf, "A slip of the frame"))
    page = source.pages[0]
    page.contents_coalesce()
    _untag([page.obj.get("/Contents"), *_forms_below(page.obj, set())])
    drawing = out.copy_foreign(page.as_form_xobject())
    shared.merge(drawing)
    return drawing


def _own_drawings(page: pikepdf.Page) -> Object:
    """Give the page a dictionary of drawings of its own: parts share one among their pages."""
    resources = Dictionary(dict(page.obj.get("/Resources", Dictionary()).items()))
    drawings = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
    resources.XObject = drawings
    page.obj.Resources = resources
    return drawings


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
