"""The documents we make: which leaves, in which order, with what words around them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from handouts.documents.document import Desk, Document, Foot, Front, Leaf
from handouts.model import AnyText, Card, Lesson, Program, Week
from handouts.press.part import Part

LETTERS = "ABCDEFG"


def slug(text: str) -> str:
    """Make a file name of a title."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")


def notes(desk: Desk, number: int) -> Leaf:
    """A lined page, so that nobody is handed a blank one."""
    part = Part("notes", (), desk.edition, "Notes", facts="{}")
    return Leaf(part, f"notes-{number}", "Notes", (Foot("", "Notes"),), listed=False)


def single(desk: Desk, text: AnyText, *, guide: bool = False) -> Document:
    """One lesson, guide, card or form as a document of its own."""
    settings = text.settings
    folder = "forms"
    if isinstance(text, Lesson):
        folder = "guides" if guide else "handouts"
    elif isinstance(text, Card):
        folder = "cards"
    ending = "-guide" if guide else ""
    running = text.domain.title if isinstance(text, Lesson) else ""
    return Document(
        file=f"{folder}/{settings.code}-{slug(settings.title)}{ending}.pdf",
        title=f"{settings.title}: facilitator's guide" if guide else settings.title,
        subject=f"{settings.code}, version {text.mark}",
        running="Facilitator's guide" if guide else running,
        leaves=(desk.leaf(settings.code, guide=guide),),
        edition=desk.edition,
        language=settings.language,
    )


def chosen(desk: Desk, texts: Sequence[AnyText], *, guide: bool = False) -> Document:
    """Several lessons, cards and forms as one document, each on a sheet of its own."""
    if len(texts) == 1:
        return single(desk, texts[0], guide=guide and isinstance(texts[0], Lesson))
    codes = [text.settings.code for text in texts]
    return Document(
        file=f"handouts/{'-'.join(codes)}{'-guides' if guide else ''}.pdf",
        title=", ".join(text.settings.title for text in texts),
        subject=", ".join(codes),
        running="Facilitator's guide" if guide else "",
        leaves=tuple(
            desk.leaf(text.settings.code, guide=guide and isinstance(text, Lesson))
            for text in texts
        ),
        edition=desk.edition,
        duplex=True,
    )


def _sessions(desk: Desk, week: Week) -> list[dict[str, object]]:
    return [
        {
            "letter": LETTERS[number],
            "code": code,
            "title": desk.text(code).settings.title,
            "can": desk.curriculum.lessons[code].settings.can,
        }
        for number, code in enumerate(week.lessons)
    ]


def _dates(starts: datetime.date | None, number: int) -> str:
    """The days of a week, Monday to Friday, or nothing when nobody has said when it starts."""
    if starts is None:
        return ""
    first = starts + datetime.timedelta(weeks=number - 1)
    last = first + datetime.timedelta(days=4)
    if first.month == last.month:
        return f"{first:%B} {first.day} to {last.day}, {last.year}"
    return f"{first:%B} {first.day} to {last:%B} {last.day}, {last.year}"


def participant_packet(
    desk: Desk, name: str, number: int, starts: datetime.date | None = None
) -> Document:
    """What one person takes home from one program week.

    ``name`` is the program's, ``number`` counts weeks from 1, ``starts`` is the Monday of week 1.
    """
    program = desk.curriculum.programs[name]
    week = program.weeks[number - 1]
    leaves = (
        *(desk.leaf(code) for code in week.lessons),
        *desk.leaves((*program.participant_forms, *week.cards)),
        notes(desk, 0),
    )
    return Document(
        file=f"{name}/week-{number:02}-participant-packet.pdf",
        title=f"Week {number}: {week.theme}",
        subject=f"{program.title}: participant packet for week {number}",
        running=f"Week {number}: {week.theme}",
        leaves=leaves,
        edition=desk.edition,
        front=Front("front", _cover(desk, program, week, number, starts)),
        duplex=True,
    )


def _cover(
    desk: Desk, program: Program, week: Week, number: int, starts: datetime.date | None
) -> dict[str, object]:
    phone = desk.brand.on_call
    return {
        "over": program.title,
        "heading": f"Week {number}",
        "theme": week.theme,
        "dates": _dates(starts, number),
        "sessions": _sessions(desk, week),
        "brand": desk.brand.name,
        "on_call": f"{phone.label}: {phone.number}" if phone else "",
    }


def facilitator_packet(
    desk: Desk, name: str, number: int, starts: datetime.date | None = None
) -> Document:
    """What the facilitator takes into the room for one program week."""
    program = desk.curriculum.programs[name]
    week = program.weeks[number - 1]
    materials = [
        {"code": code, "items": desk.curriculum.lessons[code].settings.materials}
        for code in week.lessons
    ]
    facts = _cover(desk, program, week, number, starts) | {
        "materials": [row for row in materials if row["items"]],
        "plan": [part.model_dump() for part in program.session],
        "beside": [part.model_dump() for part in program.beside],
        "clinical": program.clinical_minutes,
        "heavy": [
            {"code": code, "gentler": lesson.settings.gentler}
            for code in week.lessons
            if (lesson := desk.curriculum.lessons[code]).settings.intensity == 3
        ],
    }
    starter = (starter_pack(desk, name),) if program.starter else ()
    return Document(
        file=f"{name}/week-{number:02}-facilitator-packet.pdf",
        title=f"Week {number}: {week.theme}, facilitator",
        subject=f"{program.title}: facilitator packet for week {number}",
        running=f"Facilitator, week {number}: {week.theme}",
        leaves=(
            *(desk.leaf(code, guide=True) for code in week.lessons),
            *desk.leaves(program.facilitator_forms),
        ),
        edition=desk.edition,
        front=Front("glance", facts, (participant_packet(desk, name, number, starts), *starter)),
        duplex=True,
    )


def starter_pack(desk: Desk, name: str) -> Document:
    """What a person is given on the first day, whatever week the group is on."""
    program = desk.curriculum.programs[name]
    phone = desk.brand.on_call
    facts = {
        "over": program.title,
        "heading": "Starter pack",
        "theme": "For your first day",
        "dates": "",
        "sessions": [],
        "brand": desk.brand.name,
        "on_call": f"{phone.label}: {phone.number}" if phone else "",
    }
    return Document(
        file=f"{name}/starter-pack.pdf",
        title="Starter pack",
        subject=f"{program.title}: starter pack",
        running="Starter pack",
        leaves=desk.leaves(program.starter),
        edition=desk.edition,
        front=Front("front", facts),
        duplex=True,
    )


def everything(
    desk: Desk, name: str, weeks: Sequence[int] = (), starts: datetime.date | None = None
) -> tuple[Document, ...]:
    """Every document of a program, or of some of its weeks; forms and cards come with the whole."""
    program = desk.curriculum.programs[name]
    numbers = weeks or range(1, len(program.weeks) + 1)
    codes = [code for number in numbers for code in program.weeks[number - 1].lessons]
    cards = [code for number in numbers for code in program.weeks[number - 1].cards]
    if not weeks:
        codes.extend(program.family)
        cards = list(desk.curriculum.cards)
    texts = [desk.text(code) for code in dict.fromkeys([*codes, *cards])]
    forms = () if weeks else desk.curriculum.forms.values()
    documents = [single(desk, text) for text in (*texts, *forms)]
    documents += [single(desk, text, guide=True) for text in texts if isinstance(text, Lesson)]
    for number in numbers:
        documents.append(participant_packet(desk, name, number, starts))
        documents.append(facilitator_packet(desk, name, number, starts))
    if program.starter:
        documents.append(starter_pack(desk, name))
    return tuple(documents)
