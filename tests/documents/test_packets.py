"""Printed packets: every page in its place, links that lead there, a frame nobody has to hear."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from handouts.documents.compose import Run, compose
from handouts.documents.document import DRAFT, Desk, Leaf
from handouts.documents.shapes import participant_packet
from handouts.model import Edition, Size
from handouts.press.part import Part
from handouts.source.brands import read_brand
from handouts.source.curriculum import load
from tests.conftest import PROJECT, TODAY
from tests.reading import checkers_complaints, elements, fonts, page_texts, rules, spoken, squeezed


@pytest.fixture(scope="session")
def packet(printed: Path) -> Path:
    """Week 1 for participants: cover, contents, lesson, form, cards, notes."""
    return printed / "tiny" / "week-01-participant-packet.pdf"


def test_the_cover_says_program_week_theme_sessions_brand_and_number(packet: Path) -> None:
    cover = page_texts(packet)[0]
    for words in ("Tiny program", "Week 1", "Breath", "T1 Slow Breath", "River House Recovery"):
        assert words in cover
    assert "(555) 010-0142" in cover


def test_the_contents_page_tells_where_each_part_begins(packet: Path) -> None:
    texts = page_texts(packet)
    assert "In this packet" in texts[1]
    numbers = [int(word) for word in texts[1].split("Page")[1].split()[:3]]
    for page, words in zip(
        numbers, ("I can breathe", "You can join", "Out is slower"), strict=True
    ):
        assert words in texts[page - 1]


def test_links_of_the_contents_page_lead_to_those_pages(packet: Path) -> None:
    with pikepdf.open(packet) as opened:
        numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        targets = []
        for note in opened.pages[1].obj.Annots:
            place = note.get("/Dest", note.get("/A", {}).get("/D"))
            if isinstance(place, pikepdf.String):
                names = opened.Root.Names.Dests
                tree = pikepdf.NameTree(names)
                place = tree[str(place)]
            place = place.D if isinstance(place, pikepdf.Dictionary) else place
            targets.append(numbers[place[0].objgen])
    texts = page_texts(packet)
    headings = ("Slow Breath", "Welcome", "Slow Breath")
    assert all(head in texts[page - 1] for head, page in zip(headings, targets, strict=True))


def test_every_part_starts_on_a_right_hand_page_and_no_page_is_blank(packet: Path) -> None:
    texts = page_texts(packet)
    starts = [
        number
        for number, text in enumerate(texts, 1)
        if "can breathe slowly" in text or "You can join in any week" in text
    ]
    assert starts[1:]
    assert all(number % 2 for number in starts[1:])  # the first is on the cover
    fill = [text for text in texts if "Room for what you want to keep" in text]
    assert fill
    assert all(len(text) > 60 for text in texts)


def test_pages_are_numbered_through_the_whole_packet(packet: Path) -> None:
    for number, text in enumerate(page_texts(packet)[1:], 2):
        assert text.endswith(str(number)) or "Out is slower" in text


def test_every_page_shows_the_crisis_lines(packet: Path) -> None:
    for text in page_texts(packet):
        assert "call 911" in text
        assert "call or text 988" in text


def test_the_crisis_lines_are_heard_once_and_the_rest_of_the_frame_never(packet: Path) -> None:
    said = " ".join(spoken(packet))
    with pikepdf.open(packet) as opened:
        aloud = [
            str(thing.ActualText)
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and "/ActualText" in thing
        ]
    assert [text for text in aloud if "988" in text] == [
        "Danger: call 911; Crisis: call or text 988; River House, day and night: (555) 010-0142."
    ]
    assert DRAFT not in said


def test_unsigned_pages_say_so(packet: Path) -> None:
    texts = page_texts(packet)
    assert sum(DRAFT in text for text in texts) >= 4


def test_a_page_carries_the_code_and_version_of_its_text(printed: Path) -> None:
    (handout,) = (printed / "handouts").glob("T1-*.pdf")
    source = printed.parent.parent / "curriculum/lessons/coping/slow-breath.md"
    import hashlib

    mark = hashlib.sha256(source.read_bytes()).hexdigest()[:6]
    for text in page_texts(handout):
        assert f"T1 Slow Breath v {mark}" in text


def test_metadata_and_bookmarks_say_what_the_file_is(packet: Path) -> None:
    with pikepdf.open(packet) as opened, opened.open_metadata() as meta:
        assert meta["dc:title"] == "Week 1: Breath"
        assert str(opened.Root.Lang) == "en-US"
        assert meta["pdfuaid:part"] == "1"
        assert opened.docinfo["/Author"] == "River House Recovery"
        assert "participant packet for week 1" in str(opened.docinfo["/Subject"])
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[1:] == ["T1 Slow Breath", "TP1 Welcome", "TC1 Slow Breath, TC2 One Promise"]


def test_the_facilitator_gets_agenda_notes_answers_and_print_counts(printed: Path) -> None:
    texts = page_texts(printed / "tiny" / "week-02-facilitator-packet.pdf")
    whole = " ".join(texts)
    assert "participant packet for week 2" in texts[0]
    assert "A clock with a second hand" in texts[0]
    assert "Together" in whole
    assert "90" in texts[2]
    assert "Likely: \u201cNothing.\u201d" in whole
    assert "First, A. (2001)" in whole
    assert "They write: Where might you try it?" in whole


def test_a_handout_holds_nothing_for_the_facilitator(printed: Path) -> None:
    (handout,) = (printed / "handouts").glob("T1-*.pdf")
    text = " ".join(page_texts(handout))
    for words in ("Likely", "Ask what people tried", "Anyone may stop", "First, A."):
        assert words not in text


def test_the_tags_of_a_handout_read_the_lesson_in_order(printed: Path) -> None:
    (handout,) = (printed / "handouts").glob("T1-*.pdf")
    said = squeezed(" ".join(spoken(handout)))
    place = -1
    for words in (
        "Slow Breath",
        "I can breathe slowly for two minutes",
        "A slow breath out tells your body that it may rest.",
        "This page shows one way to slow down.",
        "Why it helps",
        "Studies of relaxation found less worry.",
        "Breathe in while you count to three.",
        "Do it again ten times.",
        "Ana, 40, on the bus",
        "Where might you try it?",
        "On the bus",
        "Other:",
        "How tense are you now?",
        "What else helps you slow down?",
        "Morning",
        "Evening",
        "My breath log",
        "Sunday",
        "Stopping alcohol suddenly can be dangerous.",
        "minutes.",
        "If you feel faint, sit down and tell somebody.",
    ):
        found = said.find(squeezed(words), place + 1)
        assert found > place, words
        place = found


def test_what_is_left_of_a_last_page_is_lined_for_notes_that_nobody_has_to_hear(
    printed: Path,
) -> None:
    (handout,) = (printed / "handouts").glob("T2-*.pdf")
    (last,) = page_texts(handout)
    assert "Notes" in last.split("make it smaller", 1)[1]
    assert "Notes" not in spoken(handout)
    lines = rules(handout, -1)
    assert len(lines) >= 10
    assert lines[-1] * 279.4 > 250  # down to the foot of the text
    assert {round((low - high) * 279.4) for high, low in pairwise(lines[-10:])} == {8}


def test_a_last_page_that_is_nearly_full_gets_no_lines() -> None:
    part = Part("handout", ("T1",), Edition(), "x")
    leaf = Leaf(part, "T1", "x", ())
    assert Run(leaf, 1, Size(2, room=28 + 14 + 23)).lines == 0
    assert Run(leaf, 1, Size(2, room=28 + 14 + 24)).lines == 3
    form = Leaf(replace(part, template="form"), "T1", "x", ())
    assert Run(form, 1, Size(2, room=200)).lines == 0


def test_a_cover_with_three_pages_moves_the_rest_by_a_sheet() -> None:
    """As pages become known one after another, the way a build reckons."""
    curriculum = load(PROJECT / "tests/tiny").curriculum
    folder, _ = read_brand("neutral", PROJECT)
    assert curriculum
    assert folder
    desk = Desk(curriculum, folder.brand, Edition(), TODAY)
    document = participant_packet(desk, "tiny", 1)
    known: dict[Part, Size] = {}
    asked: set[Part] = set()

    def size(part: Part) -> Size:
        asked.add(part)
        return known.get(part, Size(2))

    for _ in range(4):
        composed = compose(document, desk, size)
        known |= {part: Size(3 if part.template == "front" else 1) for part in asked}
    opening, filled, first, *_ = composed.runs
    assert (opening.leaf.part.template, opening.size.pages) == ("front", 3)
    assert (filled.leaf.title, filled.first) == ("Notes", 4)
    assert first.first == 5


def test_all_numbers_stand_behind_the_cover_of_every_packet(printed: Path) -> None:
    for name in ("week-01-participant-packet", "starter-pack"):
        behind = page_texts(printed / "tiny" / f"{name}.pdf")[1]
        for words in ("Numbers to call", "Text HELLO to 555", "(555) 010-0142"):
            assert words in behind


def test_drawings_are_described(printed: Path) -> None:
    (handout,) = (printed / "handouts").glob("T1-*.pdf")
    described = [alt for kind, alt in elements(handout) if kind == "Figure"]
    assert len(described) == 1
    assert described[0].startswith("An open hand")
    assert "one; two; three; four; five" in described[0]


def test_cards_come_two_to_a_sheet_each_with_its_own_strip(printed: Path) -> None:
    (card,) = (printed / "cards").glob("TC1-*.pdf")
    (text,) = page_texts(card)
    assert text.count("Out is slower than in.") == 2
    assert text.count("call 911") == 2
    assert text.count("TC1 Slow Breath") == 2


def test_the_starter_pack_holds_its_form_and_its_cards(printed: Path) -> None:
    text = " ".join(page_texts(printed / "tiny" / "starter-pack.pdf"))
    for words in (
        "Starter pack",
        "What do you hope for?",
        "Out is slower",
        "Small, clear, checked.",
    ):
        assert words in text


def test_every_file_is_whole_accessible_and_set_in_one_typeface(printed: Path) -> None:
    files = sorted(printed.rglob("*.pdf"))
    assert len(files) == 13
    assert checkers_complaints(files) == ""
    for file in files:
        for name, embedded in fonts(file):
            assert "Atkinson" in name
            assert embedded
