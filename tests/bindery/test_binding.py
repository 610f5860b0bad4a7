"""Whole documents: what passes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import outloud
import pdfua
import pikepdf
import pytest

from handouts.bindery import Piece, lock, page_count
from handouts.problem import RenderError

from .reading import bound, changed, opened, seen


def test_pages_come_in_the_order_of_the_pieces(wave: bytes, card: bytes, plan: bytes) -> None:
    packet = bound(Piece("P", "P", plan), Piece("3A", "W", wave), Piece("Card", "C", card))
    assert page_count(packet) == 4


def test_pages_keep_what_they_inherit(card: bytes) -> None:
    """Size and fonts may be said once for all pages of a part."""

    def lift(source: pikepdf.Pdf) -> None:
        (page,) = source.pages
        for key in ("/MediaBox", "/Resources"):
            source.Root.Pages[key] = page.obj[key]
            del page.obj[key]

    packet = bound(Piece("A", "A", changed(card, lift)), Piece("B", "B", card))
    assert seen(packet, 0) == seen(packet, 1)
    with opened(packet) as pdf:
        assert pdf.pages[0].mediabox == pdf.pages[1].mediabox


def test_a_clean_document_passes_both_checkers(
    tmp_path: Path, wave: bytes, card: bytes, plan: bytes, typeset: bytes, slip: bytes
) -> None:
    """Headings, a list, tables, links, bookmarks, fields, a picture, a frame; one part twice."""
    path = tmp_path / "packet.pdf"
    path.write_bytes(
        bound(
            Piece("3A", "Ride the wave", wave),
            Piece("Card", "Skill card", card),
            Piece("P", "My plan", plan),
            Piece("P2", "My plan", plan),
            Piece("T", "Typeset elsewhere", typeset),
            frame=((slip,),) * 7,
        )
    )
    findings = pdfua.validate(str(path)).findings
    assert [f for f in findings if f.severity is pdfua.Severity.ERROR] == []
    result = outloud.check(str(path))
    assert result.error is None
    assert [f for f in result.findings if f.severity == "error"] == []


def test_binding_adds_no_finding_to_what_the_browser_left(tmp_path: Path, printed: bytes) -> None:
    """The browser gives links no description; title and mark, which it lacks too, are added."""
    path = tmp_path / "printed.pdf"
    path.write_bytes(bound(Piece("card", "Printed", printed)))
    result = outloud.check(str(path))
    assert result.error is None
    assert {f.rule for f in result.findings if f.severity == "error"} == {"LNK-002"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda pdf: b"",
        lambda pdf: b"Not a PDF",
        lambda pdf: pdf[: len(pdf) // 2],
        lambda pdf: pdf[:-40],
        lambda pdf: pdf.replace(b"startxref", b"startxerf"),
        lambda pdf: b"\0" * 500 + pdf[500:],
    ],
)
def test_a_damaged_part_is_refused_by_name_and_none_of_it_is_told(
    wave: bytes, card: bytes, damage: object
) -> None:
    part = damage(card)  # type: ignore[operator]
    with pytest.raises(RenderError, match=r"^Part 7C [A-Za-z ]+\. Render it again\.$"):
        _bind_blindly(Piece("card", "A", wave), Piece("7C", "Skill card", part))


def test_the_pages_of_a_damaged_part_are_not_guessed(wave: bytes) -> None:
    with pytest.raises(RenderError, match="is not a PDF that can be read"):
        page_count(wave.replace(b"startxref", b"startxerf"))


def test_a_locked_part_is_refused(card: bytes) -> None:
    with pytest.raises(RenderError, match="Part 7C is locked with a password"):
        _bind_blindly(Piece("7C", "A", lock(card, "x")))


def test_a_part_without_tags_is_refused(card: bytes) -> None:
    def strip(source: pikepdf.Pdf) -> None:
        del source.Root.StructTreeRoot

    def empty(source: pikepdf.Pdf) -> None:
        source.Root.StructTreeRoot.K = pikepdf.Array()

    for change in (strip, empty):
        with pytest.raises(RenderError, match="Part 7C has no tags"):
            bound(Piece("7C", "A", changed(card, change)))


def test_a_part_with_layers_is_refused(card: bytes) -> None:
    """What a layer hides would show, and nobody would know."""

    def layer(source: pikepdf.Pdf) -> None:
        source.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array())

    with pytest.raises(RenderError, match="Part 7C has layers"):
        bound(Piece("7C", "A", changed(card, layer)))


def test_a_part_without_pages_is_refused(card: bytes) -> None:
    def tear(source: pikepdf.Pdf) -> None:
        del source.pages[0]

    with pytest.raises(RenderError, match="Part 7C has no pages"):
        _bind_blindly(Piece("7C", "A", changed(card, tear)))


def test_two_pieces_of_one_name_are_a_mistake(card: bytes) -> None:
    with pytest.raises(ValueError, match="names of their own"):
        bound(Piece("A", "A", card), Piece("A", "B", card))


def test_a_frame_for_another_number_of_pages_is_a_mistake(card: bytes, slip: bytes) -> None:
    with pytest.raises(ValueError, match="a frame for 2 of 1 pages"):
        bound(Piece("A", "A", card), frame=((slip,), (slip,)))


def _bind_blindly(*pieces: Piece) -> bytes:
    """Bind what would have three pages if it were whole, without counting them first."""
    return bound(*pieces, frame=((),) * 3)
