"""Slips stamped on finished pages."""

from __future__ import annotations

import re
import subprocess

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from weasyprint import HTML

from handouts.bindery import Piece, Sheaf, page_count, split
from handouts.problem import RenderError

from .conftest import lay_out, lay_out_slip
from .reading import bound, changed, opened, seen, spoken


@pytest.fixture(scope="module")
def numbers() -> list[bytes]:
    return [lay_out_slip(f"page {number}") for number in (1, 2, 3)]


@pytest.fixture(scope="module")
def packet(wave: bytes, card: bytes, slip: bytes, numbers: list[bytes]) -> bytes:
    """Bind with a strip on pages 0 and 2 and a page number on all."""
    frame = ((slip, numbers[0]), (numbers[1],), (slip, numbers[2]))
    return bound(Piece("3A", "Wave", wave), Piece("Card", "Card", card), frame=frame)


def place(pdf: bytes, page: int, word: str) -> tuple[int, int]:
    """Give where poppler shows a word: its left and top, in points from the top left."""
    number = str(page + 1)
    read = subprocess.run(
        ["pdftotext", "-bbox", "-f", number, "-l", number, "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    ((left, top),) = re.findall(
        rf'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>{word}</word>', read.stdout.decode()
    )
    return round(float(left)), round(float(top))


def test_each_page_shows_its_own_slips(packet: bytes) -> None:
    for page, number in enumerate(("page 1", "page 2", "page 3")):
        text = seen(packet, page)
        assert number in text
        assert text.count("page ") == 1
        assert ("Your Program" in text) == (page != 1)


def test_no_slip_is_read_aloud(packet: bytes, wave: bytes, card: bytes) -> None:
    assert spoken(packet) == spoken(wave) + spoken(card)


def test_slips_are_painted_last_as_a_pagination_artifact(packet: bytes) -> None:
    """And outside what the page leaves set, which stays between `q` and `Q`."""
    with opened(packet) as pdf:
        for page in pdf.pages:
            steps = pikepdf.parse_content_stream(page)
            operators = [str(step.operator) for step in steps]
            start = len(operators) - 1 - operators[::-1].index("BDC")
            tag, properties = steps[start].operands
            assert (tag, properties.Type) == (Name.Artifact, Name.Pagination)
            assert operators[0] == "q"
            assert operators[start - 1] == "Q"
            assert set(operators[start + 1 : -1]) == {"q", "cm", "Do", "Q"}
            assert operators[-1] == "EMC"


def test_a_slip_on_many_pages_is_in_the_file_once(packet: bytes) -> None:
    with opened(packet) as pdf:
        first, second, third = (_slips(page) for page in pdf.pages)
        assert [len(s) for s in (first, second, third)] == [2, 1, 2]
        assert first[0].objgen == third[0].objgen
        assert len({d.objgen for d in (*first, *second, *third)}) == 4


def test_slips_of_one_run_share_their_font(card: bytes) -> None:
    """Laid out together and split, each slip carries the font; the document holds it once."""
    run = HTML(
        string="<html lang=en><head><title>Run</title></head><style>@page { size: letter; margin: "
        "0 } p { break-after: page }</style><p>page 1 <a href='https://example.org'>x</a></p>"
        "<p>page 2</p><p>page 3</p>"
    ).write_pdf(pdf_variant="pdf/ua-1")
    slips = split(run)
    assert [page_count(slip) for slip in slips] == [1, 1, 1]
    assert split(run) == slips
    pieces = [Piece(name, name, card) for name in "ABC"]
    framed = bound(*pieces, frame=tuple((slip,) for slip in slips))
    with opened(framed) as pdf:
        fonts = {font.objgen for page in pdf.pages for s in _slips(page) for font in _fonts(s)}
        assert len({s.objgen for page in pdf.pages for s in _slips(page)}) == 3
        assert len(fonts) == 1
    assert ["page 2" in seen(framed, page) for page in range(3)] == [False, True, False]


def test_a_page_holds_no_slips_but_its_own(packet: bytes) -> None:
    """Also where a part's pages share their fonts and pictures, as these do."""
    with opened(packet) as pdf:
        for page in pdf.pages:
            held = [drawing for name, drawing in page.resources.XObject.items() if "Slip" in name]
            assert {d.objgen for d in held} == {d.objgen for d in _slips(page)}


def test_pages_without_slips_are_left_as_they_are(card: bytes) -> None:
    with opened(card) as source, opened(bound(Piece("A", "A", card))) as pdf:
        assert pdf.pages[0].Contents.read_bytes() == source.pages[0].Contents.read_bytes()


def test_a_slip_laid_out_with_tags_leaves_them_behind(card: bytes) -> None:
    """Its numbers would be taken for the page's, and its text be read aloud."""
    tagged = lay_out_slip("<b>Week 3</b>", pdf_variant="pdf/ua-1")
    pdf = bound(Piece("A", "A", card), frame=((tagged,),))
    assert "Week 3" in seen(pdf, 0)
    assert spoken(pdf) == spoken(card)
    with opened(pdf) as framed:
        (drawing,) = _slips(framed.pages[0])
        assert "/StructParents" not in drawing
        assert b"BDC" not in drawing.read_bytes()


def test_tags_in_the_drawings_of_a_slip_are_left_behind(card: bytes, slip: bytes) -> None:
    def nest(source: pikepdf.Pdf) -> None:
        drawing = source.make_stream(
            b"/Figure <</MCID 0>> BDC 0 0 9 9 re f EMC /Layout MP",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 9, 9],
            StructParents=0,
        )
        outer = source.make_stream(
            b"/Inner Do",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 9, 9],
            Resources=Dictionary(XObject=Dictionary(Inner=drawing)),
        )
        name = source.pages[0].add_resource(outer, Name.XObject)
        source.pages[0].contents_add(f"{name} Do".encode())

    with opened(bound(Piece("A", "A", card), frame=((changed(slip, nest),),))) as pdf:
        (drawing,) = _slips(pdf.pages[0])
        (outer,) = (d for _, d in drawing.Resources.XObject.items())
        inner = outer.Resources.XObject.Inner
        assert "/StructParents" not in inner
        assert inner.read_bytes().split() == b"0 0 9 9 re f".split()


def test_what_a_page_leaves_set_does_not_move_a_slip(card: bytes, slip: bytes) -> None:
    """The engine scales a page to start with and never takes it back."""
    assert place(bound(Piece("A", "A", card), frame=((slip,),)), 0, "Program") == place(
        slip, 0, "Program"
    )


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_slip_is_upright_on_a_page_that_is_shown_turned(
    card: bytes, slip: bytes, turn: int
) -> None:
    """A slip as large as the page as the reader sees it is seen where it was laid out."""

    def rotate(source: pikepdf.Pdf) -> None:
        source.pages[0].rotate(turn, relative=False)

    if turn != 180:
        slip = lay_out_slip("Your Program", size="letter landscape")
    pdf = bound(Piece("A", "A", changed(card, rotate)), frame=((slip,),))
    assert place(pdf, 0, "Program") == place(slip, 0, "Program")


def test_a_slip_follows_a_page_that_does_not_begin_at_zero(card: bytes, slip: bytes) -> None:
    def shift(source: pikepdf.Pdf) -> None:
        for box in ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox"):
            source.pages[0].obj[box] = Array([100, 50, 712, 842])

    pdf = bound(Piece("A", "A", changed(card, shift)), frame=((slip,),))
    assert place(pdf, 0, "Program") == place(slip, 0, "Program")


def test_a_slip_of_another_size_keeps_it_and_is_centred(card: bytes) -> None:
    """Letter is 612 x 792 points; so a slip of 200 x 100 begins at (206, 346)."""
    small = lay_out_slip("Draft", size="200pt 100pt")
    left, top = place(small, 0, "Draft")
    pdf = bound(Piece("A", "A", card), frame=((small,),))
    assert place(pdf, 0, "Draft") == (left + 206, top + 346)


def test_a_bound_document_can_be_bound_and_framed_again(
    packet: bytes, wave: bytes, card: bytes, slip: bytes
) -> None:
    """The slips it has and those it gets do not take each other's names."""
    other = lay_out_slip("<br><br><br>Copy for the file")
    again = bound(Piece("A", "A", packet), frame=((slip, other), (other,), (other,)))
    assert spoken(again) == spoken(wave) + spoken(card)
    for page, number in enumerate(("page 1", "page 2", "page 3")):
        assert number in seen(again, page)
        assert "Copy for the file" in seen(again, page)


def test_an_empty_page_can_be_framed(slip: bytes) -> None:
    """The blank back of a sheet may carry a frame too."""

    def empty(source: pikepdf.Pdf) -> None:
        del source.pages[0].obj.Contents
        source.pages[0].obj.Resources = Dictionary()

    blank = changed(lay_out("<p>.</p>"), empty)
    assert "Your Program" in seen(bound(Piece("A", "A", blank), frame=((slip,),)), 0)


def test_a_slip_that_is_no_pdf_is_refused(card: bytes) -> None:
    with pytest.raises(RenderError, match="A slip of the frame is not a PDF"):
        bound(Piece("A", "A", card), frame=((b"<svg/>",),))


def test_what_was_stamped_before_changes_no_byte(
    card: bytes, plan: bytes, slip: bytes, numbers: list[bytes]
) -> None:
    """A process stamps many documents from one sheaf, in whatever order they come."""
    frame = ((slip, numbers[1]),)
    alone = bound(Piece("A", "A", card), frame=frame)
    sheaf = Sheaf()
    with pytest.raises(RenderError, match="slip"):
        bound(Piece("A", "A", card), frame=((b"<svg/>",),), sheaf=sheaf)
    bound(Piece("B", "B", plan), frame=((numbers[2], slip),), sheaf=sheaf)
    assert bound(Piece("A", "A", card), frame=frame, sheaf=sheaf) == alone
    assert bound(Piece("A", "A", card), frame=frame, sheaf=sheaf) == alone


def _slips(page: pikepdf.Page) -> list[pikepdf.Object]:
    """Give a page's slips in the order they are painted."""
    steps = pikepdf.parse_content_stream(page)
    painted = [step.operands[0] for step in steps if str(step.operator) == "Do"]
    return [page.resources.XObject[name] for name in painted if "Slip" in str(name)]


def _fonts(drawing: pikepdf.Object) -> list[pikepdf.Object]:
    return [font for _, font in drawing.Resources.Font.items()]
