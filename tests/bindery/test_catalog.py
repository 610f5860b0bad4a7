"""What a bound document says of itself."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pikepdf
import pytest

from handouts.bindery import Binding, Piece, bind

from .reading import changed, opened


@pytest.fixture(scope="module")
def binding(card: bytes) -> Binding:
    return Binding(
        pieces=(Piece("Card", "Skill card", card),),
        frame=((),),
        title="Week 3 — <draft> & more",
        author="Your Program",
        subject="Participant packet, año",
        language="en-US",
    )


def test_title_author_subject_and_language_are_in_both_places(binding: Binding) -> None:
    with opened(bind(binding)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == pdf.docinfo.Title == binding.title
        assert xmp["dc:creator"] == [binding.author]
        assert pdf.docinfo.Author == binding.author
        assert xmp["dc:description"] == pdf.docinfo.Subject == binding.subject
        assert xmp["dc:language"] == {"en-US"}
        assert pdf.Root.Lang == "en-US"


def test_it_is_marked_as_accessible_and_shows_its_title(binding: Binding) -> None:
    with opened(bind(binding)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_the_keyboard_follows_the_tags_on_every_page(binding: Binding) -> None:
    def forget(source: pikepdf.Pdf) -> None:
        if "/Tabs" in source.pages[0].obj:
            del source.pages[0].obj.Tabs

    (card,) = binding.pieces
    pieces = (replace(card, pdf=changed(card.pdf, forget)),)
    with opened(bind(replace(binding, pieces=pieces))) as pdf:
        assert [page.obj.Tabs for page in pdf.pages] == ["/S"]


def test_it_is_pdf_1_7_with_its_small_objects_packed(binding: Binding) -> None:
    document = bind(binding)
    assert document.startswith(b"%PDF-1.7")
    assert b"/ObjStm" in document


def test_it_tells_nothing_of_the_day_or_the_machine(binding: Binding) -> None:
    with opened(bind(binding)) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Author", "/Subject", "/Producer"}
        assert pdf.docinfo.Producer == "handouts"
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert not re.search(r"\d{4}-\d\d-\d\d|xmp:|uuid|/tmp|/home", xmp)


def test_the_same_binding_gives_the_same_bytes_and_another_does_not(binding: Binding) -> None:
    """Also in another second, of which a PDF's own number is made unless one takes care."""
    first = bind(binding)
    time.sleep(1.1)
    assert bind(binding) == first
    assert bind(replace(binding, title="Week 4")) != first
