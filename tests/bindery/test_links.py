"""Links and named destinations, within a piece and from piece to piece."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.bindery import Piece
from handouts.problem import RenderError

from .conftest import lay_out
from .reading import bound, changed, destinations, landing, links, opened


@pytest.fixture(scope="module")
def packet(wave: bytes, card: bytes, printed: bytes, typeset: bytes) -> bytes:
    """Pages 0-1 the wave, 2 the card, 3-4 printed elsewhere, 5-6 the wave again, 7-8 typeset."""
    return bound(
        Piece("3A", "Ride the wave", wave),
        Piece("Card", "Skill card", card),
        Piece("card", "Printed elsewhere", printed),
        Piece("3B", "The wave again", wave),
        Piece("T", "Typeset elsewhere", typeset),
    )


@pytest.mark.parametrize(
    ("page", "places"),
    [
        (0, [1, "https://example.org/", 2]),
        (1, [0]),
        (2, [2]),
        (3, [4, "https://example.org/", 3]),
        (4, [3]),
        (5, [6, "https://example.org/", 2]),
        (6, [5]),
        (7, [8, "https://example.org/", 2, 7, 7]),
        (8, [7]),
    ],
)
def test_each_link_lands_in_its_own_piece_or_the_one_it_names(
    packet: bytes, page: int, places: list[int | str]
) -> None:
    """All five call their places `top` and `end`; the typeset one has a note, there and back."""
    with opened(packet) as pdf:
        assert [landing(pdf, link) for link in links(pdf, page)] == places


def test_places_are_named_after_their_piece_and_so_is_its_first_page(packet: bytes) -> None:
    """A reader can open the packet at a place: `packet.pdf#3B/end`."""
    with opened(packet) as pdf:
        found = destinations(pdf)
        assert list(found) == sorted(found)
        assert {name: found[name] for name in ("3A", "Card", "card", "3B")} == {
            "3A": 0,
            "Card": 2,
            "card": 3,
            "3B": 5,
        }
        ends = {name: page for name, page in found.items() if name.endswith("/end")}
        assert ends == {"3A/end": 1, "Card/end": 2, "card/end": 4, "3B/end": 6, "T/end": 8}


def test_a_cross_reference_goes_to_the_top_of_the_page_and_says_where(packet: bytes) -> None:
    """What a screen reader says of it is the piece's title, not an address."""
    with opened(packet) as pdf:
        link = links(pdf, 0)[2]
        assert link.A.S == "/GoTo"
        assert list(link.A.D)[1:] == [Name.XYZ, 0, 792, 0]
        assert link.Contents == "Skill card"


def test_a_description_the_author_gave_a_cross_reference_stays(card: bytes) -> None:
    part = lay_out('<h1>A</h1><p><a href="part:Card">x</a></p>')

    def say(source: pikepdf.Pdf) -> None:
        links(source, 0)[0].Contents = String("The card on breathing")

    with opened(bound(Piece("A", "A", changed(part, say)), Piece("Card", "C", card))) as pdf:
        assert links(pdf, 0)[0].Contents == "The card on breathing"


def test_a_name_with_spaces_and_accents_can_be_referred_to(card: bytes) -> None:
    part = lay_out('<h1>A</h1><p><a href="part:Día 1">x</a></p>')
    with opened(bound(Piece("A", "A", part), Piece("Día 1", "D", card))) as pdf:
        assert landing(pdf, links(pdf, 0)[0]) == 1


def test_a_cross_reference_to_a_part_that_is_not_bound_is_refused(wave: bytes) -> None:
    with pytest.raises(RenderError, match="Part 3A refers to part Card, which is not in this"):
        bound(Piece("3A", "A", wave))


def test_a_link_to_a_name_that_is_nowhere_is_refused(card: bytes) -> None:
    def lose(source: pikepdf.Pdf) -> None:
        links(source, 0)[0].Dest = String("gone")

    with pytest.raises(RenderError, match="Part 3A has a link to “gone”, which is nowhere in it"):
        bound(Piece("3A", "A", changed(card, lose)))


def test_actions_that_follow_an_action_lead_to_their_piece_too(wave: bytes, card: bytes) -> None:
    """A link may go somewhere and then on; pages may also be given outright."""

    def chain(source: pikepdf.Pdf) -> None:
        link = links(source, 0)[0]
        del link.Dest
        then = Dictionary(S=Name.GoTo, D=String("top"))
        link.A = Dictionary(
            S=Name.GoTo, D=Array([source.pages[1].obj, Name.Fit]), Next=Array([then])
        )

    pieces = [Piece("Card", "C", card), Piece("3A", "A", changed(wave, chain))]
    with opened(bound(*pieces)) as pdf:
        action = links(pdf, 1)[0].A
        assert action.D[0].objgen == pdf.pages[2].obj.objgen
        assert destinations(pdf)[str(action.Next[0].D)] == 1
