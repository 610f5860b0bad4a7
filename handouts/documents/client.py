"""The packet of one person: a letter, handouts, plans with their own words typed in, cards."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from handouts.documents.document import Desk, Document, Front
from handouts.model import Block, Curriculum, Edition, Form, Program
from handouts.press.own import Answer, Answers, Own
from handouts.profile import SAYINGS, Profile

FILE = "packet.pdf"
"""What a personal document is called inside; a file's name never tells whose it is."""


def edition_of(profile: Profile) -> Edition:
    """Give how a person's pages are printed."""
    return Edition(profile.paper, profile.large_print)


def client_packet(desk: Desk, profile: Profile, program: Program) -> Document:
    """Put one person's packet together; what the profile leaves out stays blank to write.

    The profile must name only texts that are there.
    """
    plans = program.plans if profile.plans is None else profile.plans
    codes = (*profile.lessons, *plans)
    answers = {
        code: found
        for code in plans
        if isinstance(form := desk.text(code), Form)
        and (found := answers_for(form, profile)).by_name
    }
    brand = desk.brand
    facts: dict[str, object] = {
        "name": profile.name,
        "goals": profile.goals,
        "strengths": profile.strengths,
        "next_appointment": profile.next_appointment,
        "review": _day(profile),
        "discreet": profile.discreet,
        "brand": brand.name,
        "on_call": f"{brand.on_call.label}: {brand.on_call.number}" if brand.on_call else "",
    }
    return Document(
        file=FILE,
        title="Papers" if profile.discreet else "Your packet",
        subject="",
        running="Your packet",
        leaves=(*(desk.leaf(code) for code in codes), *desk.leaves(profile.cards)),
        edition=desk.edition,
        front=Front("letter", {}),
        duplex=True,
        language=profile.language,
        own=Own(answers, facts),
        discreet=profile.discreet,
    )


def answers_for(form: Form, profile: Profile) -> Answers:
    """Give what a profile says for the blocks of a form.

    A block is filled by its name, and only where nothing is printed that asks for something more
    exact: a row with a heading, or a line with a prompt, waits for the person's own hand.
    """
    said = _said(profile)
    by_name: dict[str, tuple[Answer, ...]] = {}
    for block in form.blocks("lines", "short", "table"):
        entries = said.get(str(block.option("name")), ())
        if not entries or _prompts(block):
            continue
        if block.kind == "table":
            by_name[str(block.option("name"))] = entries
        else:
            by_name[str(block.option("name"))] = tuple(", ".join(entry) for entry in entries)
    return Answers(by_name)


def _said(profile: Profile) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Give what can be typed in, by the name of a block: entries of one or more cells."""
    said: dict[str, tuple[tuple[str, ...], ...]] = {
        field.replace("_", "-"): tuple((entry,) for entry in getattr(profile, field))
        for field in SAYINGS
    }
    said["supports"] = tuple(
        (one.who, one.phone) if one.phone else (one.who,) for one in profile.supports
    )
    if profile.next_appointment:
        said["next-appointment"] = ((profile.next_appointment,),)
    if profile.review_date:
        said["review-date"] = ((_day(profile),),)
    return said


def _prompts(block: Block) -> bool:
    rows = block.option("rows")
    if block.kind == "table":
        return isinstance(rows, tuple)
    return block.kind == "short" and any("\n- " in f"\n{text}" for text in _texts(block))


def _texts(block: Block) -> list[str]:
    return [getattr(node, "text", "") for node in block.body]


def _day(profile: Profile) -> str:
    day = profile.review_date
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def chart_lines(
    curriculum: Curriculum, profile: Profile, program: Program, today: datetime.date
) -> list[str]:
    """Give a line for the chart for each handout of a packet.

    It names nobody, and nothing is said for the person: goal, response and next step stay blank.
    """
    plans = program.plans if profile.plans is None else profile.plans
    size = "large print" if profile.large_print else "standard print"
    language = {"en": "English", "es": "Spanish"}[profile.language]
    lines = []
    for code in (*profile.lessons, *profile.cards, *plans):
        text = curriculum.text(code)
        assert text is not None, code
        lines.append(
            f"{today} | {code} {text.settings.title} | version {text.mark} | {language}, {size} | "
            "plan goal: ____ | teach-back: ____ | own response: ____ | next step: ____ | "
            "signature, credential: ____"
        )
    return lines
