"""Reading bound documents back, to say what they mean."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pdfminer.high_level import extract_text
from pikepdf import Array, Dictionary

from handouts.bindery import Binding, Piece, Sheaf, bind, page_count


def bound(
    *pieces: Piece,
    frame: tuple[tuple[bytes, ...], ...] | None = None,
    sheaf: Sheaf | None = None,
) -> bytes:
    """Bind pieces, by default without a frame."""
    if frame is None:
        frame = ((),) * sum(page_count(piece.pdf) for piece in pieces)
    binding = Binding(pieces, frame, "Week 3", "Your Program", "Participant packet", "en-US")
    return bind(binding, sheaf)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def changed(pdf: bytes, change: object) -> bytes:
    """Give a PDF after a change made to it by a function."""
    with opened(pdf) as source:
        change(source)  # type: ignore[operator]
        sheet = BytesIO()
        source.save(sheet, static_id=True)
    return sheet.getvalue()


def tag_lines(pdf: bytes) -> list[str]:
    """Give poppler's reading of the tags, one line for each element or text."""
    read = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True
    )
    return read.stdout.decode().splitlines()


def spoken(pdf: bytes) -> list[str]:
    """Give the texts a screen reader meets, in order."""
    return [line.strip() for line in tag_lines(pdf) if line.strip().startswith('"')]


def seen(pdf: bytes, page: int) -> str:
    """Give all text painted on a page, tagged or not, without line breaks."""
    return " ".join(extract_text(BytesIO(pdf), page_numbers=[page]).split())


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    below = element.get("/K", Array())
    return list(below) if isinstance(below, Array) else [below]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give all structure elements in reading order."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
        yield element
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from below(kid)

    for top in kids(pdf.Root.StructTreeRoot):
        yield from below(top)


def sections(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Give the elements right below the one Document element."""
    (document,) = kids(pdf.Root.StructTreeRoot)
    assert document.S == "/Document"
    return kids(document)


def parent_tree(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    flat = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(flat[::2], flat[1::2], strict=True))


def marked(page: pikepdf.Page) -> list[int]:
    """Give the numbers of the marked content of a page's own content, in painting order."""
    return [
        int(step.operands[1].MCID)
        for step in pikepdf.parse_content_stream(page)
        if str(step.operator) == "BDC"
        and isinstance(step.operands[1], Dictionary)
        and "/MCID" in step.operands[1]
    ]


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Give the page index of each named destination, names in the order they are kept."""
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    flat = list(pdf.Root.Names.Dests.Names)
    return {
        str(name): numbers[place[0].objgen]
        for name, place in zip(flat[::2], flat[1::2], strict=True)
    }


def landing(pdf: pikepdf.Pdf, link: pikepdf.Object) -> int | str:
    """Give the index of the page a link or bookmark goes to, or the address of the web."""
    action = link.get("/A", Dictionary())
    if action.get("/S") == "/URI":
        return str(action.URI)
    place = link.Dest if "/Dest" in link else action.D
    if isinstance(place, pikepdf.String):
        return destinations(pdf)[str(place)]
    assert isinstance(place, Array), place
    return [page.obj.objgen for page in pdf.pages].index(place[0].objgen)


def links(pdf: pikepdf.Pdf, page: int) -> list[pikepdf.Object]:
    return [note for note in pdf.pages[page].obj.get("/Annots", []) if note.Subtype == "/Link"]
