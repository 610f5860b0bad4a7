"""The frozen records that the stages hand to each other.

What an author sets in YAML is a pydantic record, so that the same class validates it, names its
fields in messages and gives the JSON Schema that editors use. What the program makes of it is a
dataclass.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,6}$")]


def _once(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a code that is named twice: a packet holds a text once."""
    if len(set(codes)) < len(codes):
        raise ValueError("a code is there twice")
    return codes


Codes = Annotated[tuple[Code, ...], AfterValidator(_once)]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class Record(BaseModel):
    """Settings as an author writes them: unknown names are refused, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Domain(StrEnum):
    """What a lesson is about; also its folder."""

    COPING = "coping"
    EMOTIONAL_REGULATION = "emotional-regulation"
    ACCOUNTABILITY = "accountability"
    PSYCHOEDUCATION = "psychoeducation"
    RELAPSE_PREVENTION = "relapse-prevention"
    TRANSITIONS = "transitions"
    FAMILY = "family"

    @property
    def title(self) -> str:  # type: ignore[override]
        """The domain as it is printed."""
        return self.value.replace("-", " ").capitalize()


class Grade(StrEnum):
    """How well a claim is known, from meta-analyses down to what counselors find useful."""

    STRONG = "strong"
    MODERATE = "moderate"
    EMERGING = "emerging"
    PRACTICE_WISDOM = "practice-wisdom"


class Step(StrEnum):
    """A step of a session, in the order of the session."""

    PREPARE = "prepare"
    CHECK_IN = "check-in"
    REVIEW = "review"
    TEACH = "teach"
    ACTIVITY = "activity"
    DISCUSSION = "discussion"
    HOME_PRACTICE = "home-practice"
    CHECK_OUT = "check-out"


class Excuse(Record):
    """A rule that a file may break, and why."""

    rule: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\d{3}$")]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10)]


class TextSettings(Record):
    """What every lesson, card and form is headed with."""

    code: Code
    title: Annotated[Words, Field(max_length=48)]
    tags: tuple[Slug, ...] = ()
    language: Literal["en", "es"] = "en"
    exceptions: tuple[Excuse, ...] = ()


class LessonSettings(TextSettings):
    """What a lesson is headed with."""

    can: Words
    objectives: Annotated[tuple[Words, ...], Field(min_length=2, max_length=4)]
    skills: Annotated[tuple[Words, ...], Field(min_length=1, max_length=4)]
    tags: Annotated[tuple[Slug, ...], Field(min_length=1)]
    intensity: Literal[1, 2, 3]
    gentler: Code | None = None
    materials: tuple[Words, ...] = ()


class CardSettings(TextSettings):
    """What a card is headed with."""

    skills: tuple[Words, ...] = ()
    lesson: Code | None = None


class FormSettings(TextSettings):
    """What a form is headed with."""

    audience: Literal["participant", "staff"]


@dataclass(frozen=True)
class Heading:
    """A heading in the text; ``level`` is 2 or 3."""

    line: int
    level: int
    text: str


@dataclass(frozen=True)
class Prose:
    """A run of ordinary Markdown between headings and blocks; ``line`` is its first."""

    line: int
    text: str


@dataclass(frozen=True)
class Block:
    """One block: its kind, title, validated settings and what stands in it."""

    line: int
    kind: str
    title: str
    options: Record
    body: tuple[Node, ...]

    def option(self, name: str) -> object:
        """Give a setting by name, or None for a kind of block that has no such setting."""
        return getattr(self.options, name, None)


Node = Heading | Prose | Block


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Go through nodes and what stands in them, in the order of the page."""
    for node in nodes:
        yield node
        if isinstance(node, Block):
            yield from walk(node.body)


@dataclass(frozen=True)
class Text:
    """One Markdown file of the curriculum.

    ``file`` is its path from the root with forward slashes; ``digest`` is the SHA-256 of its words,
    ``pictures`` those of the pictures it shows; ``lines`` gives the line of a setting by its path,
    e.g. ``("objectives", 1)``.
    """

    file: str
    digest: str
    body: tuple[Node, ...]
    lines: Mapping[tuple[str | int, ...], int] = field(repr=False)
    source: str = field(repr=False)
    pictures: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The short version mark printed on every page of this text."""
        return self.digest[:6]

    def blocks(self, *kinds: str) -> Iterator[Block]:
        """Give the blocks of these kinds, at any depth, in order."""
        for node in walk(self.body):
            if isinstance(node, Block) and node.kind in kinds:
                yield node


@dataclass(frozen=True)
class Lesson(Text):
    """One topic: what participants read and write on, with the facilitator's notes in place."""

    settings: LessonSettings
    domain: Domain

    @property
    def grade(self) -> Grade | None:
        """The grade of the first claim, which is the lesson's; None for a lesson without one."""
        return next((Grade(block.title) for block in self.blocks("evidence")), None)

    @property
    def agenda(self) -> tuple[Block, ...]:
        """The notes that take time, in order."""
        return tuple(note for note in self.blocks("note") if note.option("minutes"))


@dataclass(frozen=True)
class Card(Text):
    """A one-page skill card, kept in a pocket or on a fridge."""

    settings: CardSettings


@dataclass(frozen=True)
class Form(Text):
    """A page people write on that belongs to no lesson."""

    settings: FormSettings


AnyText = Lesson | Card | Form


class SessionPart(Record):
    """One stretch of a session; breaks are not clinical time."""

    part: Words
    minutes: Annotated[int, Field(ge=1, le=600)]
    clinical: bool = True


class Week(Record):
    """One program week: its theme, the lesson of each session in order, and its cards."""

    theme: Annotated[Words, Field(max_length=40)]
    lessons: Annotated[Codes, Field(min_length=1, max_length=7)]
    cards: Annotated[Codes, Field(max_length=2)] = ()


class Milestone(Record):
    """A client week in which somebody is given certain forms and cards, and what it is called."""

    week: Annotated[int, Field(ge=1, le=60)]
    title: Words
    give: Annotated[Codes, Field(min_length=1)]


class Program(Record):
    """Weeks in order, the plan of a session, and the forms that go into packets."""

    title: Words
    about: Words
    session: Annotated[tuple[SessionPart, ...], Field(min_length=1)]
    beside: tuple[SessionPart, ...] = ()
    starter: Codes = ()
    family: Codes = ()
    participant_forms: Codes = ()
    facilitator_forms: Codes = ()
    plans: Codes = ()
    milestones: tuple[Milestone, ...] = ()
    weeks: Annotated[tuple[Week, ...], Field(min_length=1, max_length=60)]
    exceptions: tuple[Excuse, ...] = ()

    @property
    def clinical_minutes(self) -> int:
        """Clinical minutes in a week with the usual number of sessions."""
        sessions = max(len(week.lessons) for week in self.weeks)
        one = sum(part.minutes for part in self.session if part.clinical)
        return sessions * one + sum(part.minutes for part in self.beside if part.clinical)


class Phone(Record):
    """A number people can call, with the words printed before it."""

    label: Words
    number: Annotated[Words, Field(max_length=40)]


class Brand(Record):
    """One program site: what makes a page theirs."""

    name: Annotated[Words, Field(max_length=48)]
    color: Color
    logo: Annotated[str, StringConstraints(pattern=r"^[\w.-]+\.(svg|png)$")] | None = None
    on_call: Phone | None = None
    footer: Annotated[Words, Field(max_length=90)] | None = None
    exceptions: tuple[Excuse, ...] = ()


class CrisisLine(Record):
    """A national line: who it is for, and how to reach it."""

    name: Words
    reach: Words
    strip: bool = False


class CrisisLines(Record):
    """The crisis lines, and the day on which somebody last checked them."""

    checked: datetime.date
    lines: Annotated[tuple[CrisisLine, ...], Field(min_length=1)]


class SafetyLine(Record):
    """A line printed word for word, and the lessons that must print it, by code or by tag."""

    text: Words
    required_for: tuple[Code, ...] = ()
    required_for_tags: tuple[Slug, ...] = ()


class Term(Record):
    """A word that hurts or judges, its other forms, and what to write instead."""

    term: Words
    also: tuple[Words, ...] = ()
    instead: Words


class Language(Record):
    """What to write and not to write about people.

    ``terms`` are not printed; ``fine`` are phrases in which they are (names of fellowships, terms
    of the field); ``promises`` claim a cure or a sure result; ``details`` tell how to use;
    ``known`` are words that cannot be simpler and count as one syllable.
    """

    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    fine: tuple[Words, ...] = ()
    promises: tuple[Words, ...] = ()
    details: tuple[Words, ...] = ()
    known: tuple[Words, ...] = ()


class Source(Record):
    """A work that lessons may cite; ``checked`` is empty when it could not be confirmed."""

    key: Slug
    authors: Words
    year: int
    title: Words
    container: str = ""
    volume_pages: str = ""
    doi: str = ""
    pmid: str = ""
    supports: str
    limits: str
    checked: datetime.date | None
    remark: str = ""


class Review(Record):
    """A sign-off: who read exactly which text, when, and until when it holds.

    ``mark`` is the version mark on the paper that was read; ``digest`` stands for all its words.
    """

    code: Code
    mark: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{6}$")]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    by: Words
    signed: datetime.date
    until: datetime.date


@dataclass(frozen=True)
class Edition:
    """How a part is printed."""

    paper: Literal["letter", "a4"] = "letter"
    large: bool = False

    @property
    def name(self) -> str:
        """A short name for file names and keys, e.g. ``letter-large``."""
        return self.paper + ("-large" if self.large else "")


@dataclass(frozen=True)
class Size:
    """How much paper a part takes: its pages, and what is left of the last.

    ``room`` is the height, in whole millimetres, from the end of its text to the lower edge of the
    sheet; 0 for a part whose text says nothing of its end.
    """

    pages: int
    room: int = 0


@dataclass(frozen=True)
class Curriculum:
    """Everything in the curriculum folder, by code or name."""

    lessons: Mapping[str, Lesson]
    cards: Mapping[str, Card]
    forms: Mapping[str, Form]
    programs: Mapping[str, Program]
    sources: Mapping[str, Source]
    safety_lines: Mapping[str, SafetyLine]
    tags: Mapping[str, tuple[str, ...]]
    crisis: CrisisLines
    reviews: tuple[Review, ...]
    language: Language

    def referred(self, text: AnyText) -> list[object]:
        """Give what a text prints from other files of the curriculum: safety lines and works."""
        said: list[object] = []
        for block in text.blocks("evidence"):
            for key in block.option("sources") or ():  # type: ignore[attr-defined]
                work = self.sources.get(key)
                said.append(work.model_dump(mode="json") if work else key)
        for block in text.blocks("safety"):
            for name in block.option("lines") or ():  # type: ignore[attr-defined]
                line = self.safety_lines.get(name)
                said.append(line.text if line else name)
        return said

    def digest(self, text: AnyText) -> str:
        """Give the SHA-256 of all the words that a reviewer of this text answers for.

        Numbers to call are left out: they are checked on their own, and change without the text.
        """
        said = json.dumps([text.digest, text.pictures, self.referred(text)], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def last_review(self, text: AnyText) -> Review | None:
        """Give the latest sign-off of this text or of an earlier one under its code."""
        signed = [review for review in self.reviews if review.code == text.settings.code]
        return signed[-1] if signed else None

    def review(self, text: AnyText, today: datetime.date) -> Review | None:
        """Give the sign-off of exactly this text, or None when it is a draft today."""
        review = self.last_review(text)
        if review and review.digest == self.digest(text) and today <= review.until:
            return review
        return None

    @property
    def texts(self) -> tuple[AnyText, ...]:
        """Every lesson, card and form."""
        return (*self.lessons.values(), *self.cards.values(), *self.forms.values())

    def text(self, code: str) -> AnyText | None:
        """Find a lesson, card or form by its code."""
        return self.lessons.get(code) or self.cards.get(code) or self.forms.get(code)
