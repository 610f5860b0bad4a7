"""The frame: slips of artwork stamped on finished pages as pagination artifacts."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from handouts.bindery.aloud import claim
from handouts.bindery.graft import several
from handouts.bindery.names import numbered
from handouts.bindery.share import Shared
from handouts.bindery.sheaf import Sheaf


def stamp(
    out: pikepdf.Pdf,
    frame: Sequence[Sequence[bytes]],
    shared: Shared,
    sheaf: Sheaf,
    aloud: tuple[bytes, str] | None = None,
) -> None:
    """Stamp on each page its slips, in order, where no screen reader reads them.

    Each distinct slip is in the document once, however many pages carry it. A page's own drawing
    is put between ``q`` and ``Q``, so that nothing it leaves set changes the slips. The slip that
    ``aloud`` names is a paragraph with those words on the first page that has it. The ``sheaf``
    must be there until the document is saved. Raises :class:`~handouts.problem.RenderError` for
    a slip that can't be read.
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
                copies[slip] = out.copy_foreign(sheaf.drawing(slip))
                shared.merge(copies[slip])
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


def _own_drawings(page: pikepdf.Page) -> Object:
    """Give the page a dictionary of drawings of its own: parts share one among their pages."""
    resources = Dictionary(dict(page.obj.get("/Resources", Dictionary()).items()))
    drawings = Dictionary(dict(resources.get("/XObject", Dictionary()).items()))
    resources.XObject = drawings
    page.obj.Resources = resources
    return drawings
