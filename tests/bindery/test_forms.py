"""Form fields of several pieces in one form."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pikepdf.form import Form

from handouts.bindery import Piece

from .conftest import lay_out
from .reading import bound, changed, elements, kids, opened


@pytest.fixture(scope="module")
def packet(plan: bytes, card: bytes) -> bytes:
    """Bind the same form twice, as pages 1 and 2."""
    return bound(
        Piece("Card", "Card", card), Piece("P", "My plan", plan), Piece("P.2", "Again", plan)
    )


def fields(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields}


def test_fields_of_one_name_in_two_pieces_become_two_fields(packet: bytes) -> None:
    """Else what is typed into one would show in the other. A period would make it a child."""
    with opened(packet) as pdf:
        assert len(list(pdf.Root.AcroForm.Fields)) == 6
        assert set(fields(pdf)) == {
            "who", "ready", "why", "P-2 who", "P-2 ready", "P-2 why"
        }  # fmt: skip


def test_a_new_name_for_a_field_is_one_that_nobody_has(plan: bytes) -> None:
    def call(source: pikepdf.Pdf) -> None:
        fields(source)["ready"].T = String("B who")

    pieces = [Piece("A", "A", plan), Piece("B", "B", changed(plan, call))]
    with opened(bound(*pieces)) as pdf:
        assert len(fields(pdf)) == len(list(pdf.Root.AcroForm.Fields)) == 6


def test_fields_keep_their_labels_kinds_and_values(packet: bytes) -> None:
    with opened(packet) as pdf:
        for prefix in ("", "P-2 "):
            own = fields(pdf)
            assert own[f"{prefix}who"].TU == "Name"
            assert own[f"{prefix}ready"].FT == "/Btn"
            assert own[f"{prefix}ready"].V == "/Off"
            assert own[f"{prefix}why"].Ff == 4096  # more than one line


def test_each_field_is_on_its_page_and_in_its_element(packet: bytes) -> None:
    """The field, the widget on the page and the object its Form element points at are one."""
    with opened(packet) as pdf:
        in_form = {field.objgen for field in fields(pdf).values()}
        on_pages = {
            note.objgen
            for page in list(pdf.pages)[1:]
            for note in page.obj.Annots
            if note.P.objgen == page.obj.objgen
        }
        in_tags = {kid.Obj.objgen for e in elements(pdf) if e.S == "/Form" for kid in kids(e)}
        assert in_form == on_pages == in_tags
        assert len(in_form) == 6


def test_a_reader_can_fill_in_one_and_leave_the_other(packet: bytes) -> None:
    """Filled in with pikepdf's own form reader, which knows nothing of the binding."""
    with opened(packet) as pdf:
        form = Form(pdf)
        form["P-2 who"].value = "M."
        assert form["who"].value == ""
        assert form["P-2 who"].value == "M."


def test_every_field_finds_the_font_its_text_is_set_in(packet: bytes) -> None:
    with opened(packet) as pdf:
        fonts = pdf.Root.AcroForm.DR.Font
        for name in ("who", "why", "P-2 who", "P-2 why"):
            assert _font(fields(pdf)[name]) in fonts


def test_two_fonts_of_one_name_become_two(plan: bytes) -> None:
    """The engine and other tools may call different fonts the same."""

    def rename(base: str) -> object:
        def change(source: pikepdf.Pdf) -> None:
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(base))
            source.Root.AcroForm.DR = Dictionary(Font=Dictionary(F1=font))
            source.Root.AcroForm.DA = String("/F1 9 Tf 0 g")
            for field in source.Root.AcroForm.Fields:
                if field.T == "why":
                    del field.DA  # and takes the form's
                else:
                    field.DA = String("0 g /F1 12 Tf")

        return change

    first, second = changed(plan, rename("/Courier")), changed(plan, rename("/Helvetica"))
    pieces = [Piece("A", "A", first), Piece("B", "B", second), Piece("C", "C", first)]
    with opened(bound(*pieces)) as pdf:
        fonts = pdf.Root.AcroForm.DR.Font
        own = fields(pdf)
        assert {key: str(font.BaseFont) for key, font in fonts.items()} == {
            "/F1": "/Courier",
            "/F1-2": "/Helvetica",
        }
        assert fonts[_font(own["who"])].BaseFont == "/Courier"
        assert fonts[_font(own["B who"])].BaseFont == "/Helvetica"
        assert fonts[_font(own["B why"])].BaseFont == "/Helvetica"
        assert fonts[_font(own["C who"])].BaseFont == "/Courier"
        assert own["B who"].DA == "0 g /F1-2 12 Tf"


def test_the_reader_is_asked_to_draw_fields_only_if_a_piece_asks(plan: bytes) -> None:
    def drawn(source: pikepdf.Pdf) -> None:
        del source.Root.AcroForm.NeedAppearances

    quiet = changed(plan, drawn)
    with opened(bound(Piece("A", "A", quiet))) as pdf:
        assert "/NeedAppearances" not in pdf.Root.AcroForm
    with opened(bound(Piece("A", "A", quiet), Piece("B", "B", plan))) as pdf:
        assert pdf.Root.AcroForm.NeedAppearances is True


def test_the_order_of_calculation_of_all_pieces_is_kept(plan: bytes) -> None:
    def order(source: pikepdf.Pdf) -> None:
        form = source.Root.AcroForm
        form.CO = Array([form.Fields[2], form.Fields[0]])
        form.SigFlags = 1

    part = changed(plan, order)
    with opened(bound(Piece("A", "A", part), Piece("B", "B", part))) as pdf:
        form = pdf.Root.AcroForm
        wanted = [form.Fields[index].objgen for index in (2, 0, 5, 3)]
        assert [field.objgen for field in form.CO] == wanted
        assert form.SigFlags == 1


def test_choices_stay_below_the_field_they_belong_to() -> None:
    """A group of radio buttons is one field with a widget for each button."""
    part = lay_out(
        "<h1>A</h1><form>"
        + "".join(
            f'<label><input type=radio name=mood value={n} title="{n}"> {n}</label>' for n in "123"
        )
        + "</form>"
    )
    with opened(bound(Piece("A", "A", part), Piece("B", "B", part))) as pdf:
        assert list(fields(pdf)) == ["mood", "B mood"]
        for field, page in zip(fields(pdf).values(), pdf.pages, strict=True):
            assert {kid.objgen for kid in field.Kids} == {note.objgen for note in page.obj.Annots}
            assert all(kid.Parent.objgen == field.objgen for kid in field.Kids)


def test_a_document_without_fields_has_no_form(card: bytes) -> None:
    with opened(bound(Piece("A", "A", card))) as pdf:
        assert "/AcroForm" not in pdf.Root


def _font(field: pikepdf.Object) -> str:
    words = str(field.DA).split()
    return words[words.index("Tf") - 2]
