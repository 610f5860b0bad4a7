"""What a document is made of, before anybody knows how many pages it has."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from handouts.model import AnyText, Brand, Card, Curriculum, Edition, Form, Lesson
from handouts.press.own import Own
from handouts.press.part import Part

DRAFT = "Draft: not yet reviewed by a clinician"


@dataclass(frozen=True)
class Foot:
    """What the foot of a page says about the text above it."""

    code: str
    title: str
    mark: str = ""
    review: str = ""


@dataclass(frozen=True)
class Leaf:
    """One part at its place in a document.

    ``name`` is what links call it; ``title`` is its bookmark and its line in the contents; one that
    is not ``listed`` has neither.
    """

    part: Part
    name: str
    title: str
    feet: tuple[Foot, ...]
    listed: bool = True


@dataclass(frozen=True)
class Front:
    """The pages before the rest: a cover with contents, or a week at a glance.

    ``facts`` is what they show besides the contents; ``counted`` are the documents whose pages a
    facilitator has to print.
    """

    template: Literal["front", "glance", "letter"]
    facts: Mapping[str, object]
    counted: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Document:
    """One PDF to be: its file below the output folder, its leaves, its words for the frame.

    A ``duplex`` document starts every leaf on a right-hand page. What is one person's ``own`` is
    typed in and never kept. A ``discreet`` one has nothing of ours on its outside page.
    """

    file: str
    title: str
    subject: str
    running: str
    leaves: tuple[Leaf, ...]
    edition: Edition
    front: Front | None = None
    duplex: bool = False
    language: str = "en"
    own: Own | None = None
    discreet: bool = False


@dataclass(frozen=True)
class Desk:
    """What documents are made from, for one site on one day."""

    curriculum: Curriculum
    brand: Brand
    edition: Edition
    today: datetime.date
    stale: bool = field(default=False)
    """True when the crisis lines are too old and somebody chose to print them all the same."""

    def foot(self, text: AnyText) -> Foot:
        """Give the foot of a text's pages: code, title, version mark, and who reviewed it."""
        review = self.curriculum.review(text, self.today)
        said = f"Reviewed by {review.by}" if review else DRAFT
        return Foot(text.settings.code, text.settings.title, text.mark, said)

    def unsigned(self, document: Document) -> tuple[str, ...]:
        """Give the codes of the texts in a document that nobody has signed as they are today."""
        codes = dict.fromkeys(code for leaf in document.leaves for code in leaf.part.codes)
        draft = (code for code in codes if not self.curriculum.review(self.text(code), self.today))
        return tuple(draft)

    def text(self, code: str) -> AnyText:
        """Give a text that the checks have found to be there."""
        text = self.curriculum.text(code)
        assert text is not None, code
        return text

    def leaf(self, code: str, *, guide: bool = False) -> Leaf:
        """Give the leaf of a lesson, of its guide, of a form, or of a card printed twice."""
        text = self.text(code)
        settings = text.settings
        if isinstance(text, Card):
            # In large print a card takes a page of its own.
            return self.sheet(code) if self.edition.large else self.sheet(code, code)
        template: Literal["handout", "guide", "form"] = "form"
        if isinstance(text, Lesson):
            template = "guide" if guide else "handout"
        title = f"{settings.title}: facilitator's guide" if guide else settings.title
        part = Part(template, (code,), self.edition, settings.title, settings.language)
        return Leaf(part, code, f"{code} {title}", (self.foot(text),))

    def sheet(self, *codes: str) -> Leaf:
        """Give the leaf of a sheet of two cards, to be cut apart, or of one that fills it."""
        cards = [self.text(code) for code in codes]
        names = dict.fromkeys(card.settings.code for card in cards)
        titles = dict.fromkeys(f"{card.settings.code} {card.settings.title}" for card in cards)
        part = Part("cards", codes, self.edition, ", ".join(titles))
        feet = tuple(self.foot(card) for card in cards)
        return Leaf(part, "-".join(names), ", ".join(titles), feet)

    def leaves(self, codes: tuple[str, ...]) -> tuple[Leaf, ...]:
        """Give the leaves of forms and cards in order; two cards side by side share a sheet."""
        leaves: list[Leaf] = []
        waiting = ""
        for code in codes:
            if isinstance(self.text(code), Form) or self.edition.large:
                leaves.extend([self.leaf(waiting)] if waiting else [])
                leaves.append(self.leaf(code))
                waiting = ""
            elif waiting:
                leaves.append(self.sheet(waiting, code))
                waiting = ""
            else:
                waiting = code
        leaves.extend([self.leaf(waiting)] if waiting else [])
        return tuple(leaves)
