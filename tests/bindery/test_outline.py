"""Bookmarks: one for each piece, its own below."""

from __future__ import annotations

import pikepdf

from handouts.bindery import Piece

from .conftest import lay_out
from .reading import bound, changed, landing, opened


def tree(pdf: pikepdf.Pdf, holder: pikepdf.Object) -> list[tuple[str, object, list]]:
    """Give title, page and bookmarks below of each bookmark, checking that they hang together."""
    found = []
    previous, item = None, holder.get("/First")
    while item is not None:
        assert item.Parent.objgen == holder.objgen
        assert (item.Prev.objgen if "/Prev" in item else None) == previous
        found.append((str(item.Title), landing(pdf, item), tree(pdf, item)))
        previous, item = item.objgen, item.get("/Next")
    assert (holder.Last.objgen if "/Last" in holder else None) == previous
    return found


def test_the_bookmarks_of_a_piece_stay_below_its_own(wave: bytes, card: bytes) -> None:
    """The card's one chapter says its title again, so its sections come right below it."""
    pdf = opened(bound(Piece("Card", "Skill card", card), Piece("3A", "Lesson 3A", wave),
                       Piece("3B", "Lesson 3B", wave), Piece("C", "Card", card)))  # fmt: skip
    with pdf:
        assert tree(pdf, pdf.Root.Outlines) == [
            ("Skill card", 0, [("Last", 0, [])]),
            ("Lesson 3A", 1, [("Ride the wave", 1, [("The end", 2, [])])]),
            ("Lesson 3B", 3, [("Ride the wave", 3, [("The end", 4, [])])]),
            ("Card", 5, [("Skill card", 5, [("Last", 5, [])])]),
        ]


def test_bookmarks_printed_by_a_browser_lead_to_their_pages(card: bytes, printed: bytes) -> None:
    with opened(bound(Piece("card", "Card", card), Piece("X", "Printed", printed))) as pdf:
        assert tree(pdf, pdf.Root.Outlines)[1] == (
            "Printed", 1, [("Ride the wave", 1, [("The end", 2, [])])]
        )  # fmt: skip


def test_bookmarks_may_lead_to_named_places(wave: bytes, card: bytes) -> None:
    def name(source: pikepdf.Pdf) -> None:
        source.Root.Outlines.First.First.Dest = pikepdf.String("end")

    pieces = [Piece("Card", "Card", card), Piece("3A", "Lesson", changed(wave, name))]
    with opened(bound(*pieces)) as pdf:
        assert tree(pdf, pdf.Root.Outlines)[1] == (
            "Lesson", 1, [("Ride the wave", 1, [("The end", 2, [])])]
        )  # fmt: skip


def test_pieces_are_listed_folded(wave: bytes, card: bytes) -> None:
    """Twelve titles fit a screen; what is below them opens with a click."""
    with opened(bound(Piece("3A", "Lesson", wave), Piece("Card", "Card", card))) as pdf:
        assert pdf.Root.Outlines.Count == 2
        assert pdf.Root.Outlines.First.Count == -2


def test_a_piece_that_wants_no_bookmark_has_none(card: bytes) -> None:
    cover = lay_out("<h1>Cover</h1><h2>Week 3</h2>")
    with opened(bound(Piece("0", "Cover", cover, bookmark=False), Piece("A", "A", card))) as pdf:
        assert [title for title, *_ in tree(pdf, pdf.Root.Outlines)] == ["A"]


def test_a_document_of_pieces_without_bookmarks_has_no_outline(card: bytes) -> None:
    with opened(bound(Piece("0", "Cover", card, bookmark=False))) as pdf:
        assert "/Outlines" not in pdf.Root


def test_a_piece_without_headings_has_its_bookmark_all_the_same() -> None:
    with opened(bound(Piece("A", "Sign in", lay_out("<p>Name</p>")))) as pdf:
        assert tree(pdf, pdf.Root.Outlines) == [("Sign in", 0, [])]
