"""What is the same is in the file once."""

from __future__ import annotations

import hashlib

import pikepdf
from pikepdf import Dictionary, Stream

from handouts.bindery import Piece

from .conftest import DOT, lay_out
from .reading import bound, changed, opened, seen


def streams(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [thing for thing in pdf.objects if isinstance(thing, Stream)]


def programs(pdf: pikepdf.Pdf) -> list[str]:
    """Give a digest of each font program, one for each time it is in the file."""
    files = [
        thing[key]
        for thing in pdf.objects
        if isinstance(thing, Dictionary)
        for key in ("/FontFile", "/FontFile2", "/FontFile3")
        if key in thing
    ]
    unique = {file.objgen: file for file in files}
    return [hashlib.sha256(file.read_raw_bytes()).hexdigest() for file in unique.values()]


def test_fonts_and_pictures_of_a_piece_bound_twice_are_in_the_file_once(
    wave: bytes, card: bytes
) -> None:
    once = bound(Piece("A", "A", wave), Piece("Card", "C", card))
    twice = bound(Piece("A", "A", wave), Piece("B", "B", wave), Piece("Card", "C", card))
    with opened(once) as one, opened(twice) as two:
        assert sorted(programs(one)) == sorted(programs(two))
        assert _pictures(one) == _pictures(two) == 2  # the dot and its mask
    assert len(twice) - len(once) < 6000


def test_fonts_of_fields_and_of_their_appearances_are_in_the_file_once(plan: bytes) -> None:
    once, twice = bound(Piece("A", "A", plan)), bound(Piece("A", "A", plan), Piece("B", "B", plan))
    with opened(once) as one, opened(twice) as two:
        assert sorted(programs(one)) == sorted(programs(two))
        assert _fonts(one) == _fonts(two)


def test_pages_and_tags_of_a_piece_bound_twice_are_not_shared(wave: bytes, card: bytes) -> None:
    pieces = [Piece("A", "A", wave), Piece("B", "B", wave), Piece("Card", "C", card)]
    with opened(bound(*pieces)) as pdf:
        numbers = [page.obj.objgen for page in pdf.pages]
        assert len(set(numbers)) == len(numbers) == 5
        keys = [int(page.obj.StructParents) for page in pdf.pages]
        assert len(set(keys)) == 5


def test_no_two_fonts_or_pictures_in_a_document_are_equal(wave: bytes, card: bytes) -> None:
    """The dot stands in two different parts; fonts are cut to what each part needs."""
    other = lay_out(f'<h1>Dot</h1><p><img alt="A red dot" src="{DOT}"></p>')
    pieces = [Piece("A", "A", wave), Piece("Card", "C", card), Piece("Dot", "D", other)]
    with opened(bound(*pieces)) as pdf:
        assert len(set(programs(pdf))) == len(programs(pdf)) > 1
        assert _pictures(pdf) == 2


def test_equal_bytes_with_another_meaning_stay_apart(card: bytes) -> None:
    """Two pictures may have the same bytes and not the same width."""

    def picture(width: int) -> object:
        def change(source: pikepdf.Pdf) -> None:
            dot = source.make_stream(
                b"\0" * 6,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=width,
                Height=6 // width,
                BitsPerComponent=8,
                ColorSpace=pikepdf.Name.DeviceGray,
            )
            source.pages[0].add_resource(dot, pikepdf.Name.XObject, pikepdf.Name.Dot)

        return change

    pieces = [Piece(str(n), "A", changed(card, picture(n))) for n in (1, 2, 3)]
    with opened(bound(*pieces)) as pdf:
        assert [page.resources.XObject.Dot.Width for page in pdf.pages] == [1, 2, 3]


def test_resources_that_run_in_a_circle_are_bound_all_the_same(card: bytes) -> None:
    """A drawing's resources may hold the drawing itself; viewers cope, and so does binding."""

    def tie(source: pikepdf.Pdf) -> None:
        drawing = source.make_stream(
            b"0 0 9 9 re f",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 9, 9],
        )
        drawing.Resources = Dictionary(XObject=Dictionary(Self=drawing))
        source.pages[0].add_resource(drawing, pikepdf.Name.XObject, pikepdf.Name.Self)

    pdf = bound(Piece("A", "A", changed(card, tie)), Piece("B", "B", card))
    assert "Skill card" in seen(pdf, 0)
    with opened(pdf) as read:
        drawing = read.pages[0].resources.XObject.Self
        assert drawing.Resources.XObject.Self.objgen == drawing.objgen


def test_appearances_of_fields_stay_their_own(plan: bytes) -> None:
    """A reader that redraws one box in place must not redraw the other."""
    with opened(bound(Piece("A", "A", plan), Piece("B", "B", plan))) as pdf:
        looks = [
            state.objgen
            for page in pdf.pages
            for note in page.obj.Annots
            for state in note.get("/AP", Dictionary()).get("/N", Dictionary()).as_dict().values()
        ]
        assert len(looks) == len(set(looks)) == 2


def test_a_page_that_a_drawing_leads_to_is_not_merged(card: bytes) -> None:
    """Tools keep notes in drawings; two blank pages are still two pages."""

    def note(source: pikepdf.Pdf) -> None:
        blank = source.add_blank_page().obj
        drawing = source.make_stream(
            b"0 0 9 9 re f",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 9, 9],
            PieceInfo=Dictionary(Tool=Dictionary(Private=blank)),
        )
        source.pages[0].add_resource(drawing, pikepdf.Name.XObject, pikepdf.Name.Note)

    part = changed(card, note)
    with opened(bound(Piece("A", "A", part), Piece("B", "B", part))) as pdf:
        for first in (0, 2):
            noted = pdf.pages[first].resources.XObject.Note.PieceInfo.Tool.Private
            assert noted.objgen == pdf.pages[first + 1].obj.objgen


def test_a_font_only_fields_use_is_in_the_file_once(plan: bytes) -> None:
    """Named by the form for what is typed, or by the appearance of what was."""

    def set_in(source: pikepdf.Pdf) -> None:
        typed, drawn = (
            source.make_indirect(
                Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(base)
                )
            )
            for base in ("/Courier", "/Helvetica")
        )
        source.Root.AcroForm.DR = Dictionary(Font=Dictionary(F1=typed))
        look = source.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        look.Resources = Dictionary(Font=Dictionary(F1=drawn))
        source.Root.AcroForm.Fields[0].AP = Dictionary(N=look)

    part = changed(plan, set_in)
    with opened(bound(Piece("A", "A", part), Piece("B", "B", part))) as pdf:
        bases = [t.get("/BaseFont") for t in pdf.objects if isinstance(t, Dictionary)]
        assert bases.count("/Courier") == bases.count("/Helvetica") == 1


def _fonts(pdf: pikepdf.Pdf) -> int:
    return sum(isinstance(t, Dictionary) and t.get("/Type") == "/Font" for t in pdf.objects)


def _pictures(pdf: pikepdf.Pdf) -> int:
    return sum(stream.get("/Subtype") == "/Image" for stream in streams(pdf))
