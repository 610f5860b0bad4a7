"""The command that starts a file: new lesson, card, form, program, brand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.screen import ROOT, errors_as_messages

if TYPE_CHECKING:
    from handouts.model import AnyText, Curriculum

DOMAINS = (
    *("coping", "emotional-regulation", "accountability", "psychoeducation"),
    *("relapse-prevention", "transitions", "family"),
)

NEXT = "Write over every sentence in it. Then: build_handouts.py check {place}"


@click.group()
def new() -> None:
    """Start a lesson, card, form, program or brand, with a prompt wherever words belong.

    What is not given as an option is asked.
    """


name_argument = click.argument("name")
title_option = click.option("--title", prompt="Title, as it is printed")


@new.command()
@name_argument
@title_option
@click.option("--domain", type=click.Choice(DOMAINS), prompt="What it is about")
@click.option("--tags", prompt="Tags (see curriculum/tags.yml), with commas between")
@click.option("--intensity", type=click.IntRange(1, 3), prompt="Intensity: 1 light, 3 heavy")
@click.option("--gentler", help="For intensity 3: the code of a gentler lesson.")
@click.option("--code", help="Its short name.  [default: the next free one]")
@errors_as_messages
def lesson(
    name: str, title: str, domain: str, tags: str, intensity: int, gentler: str | None, code: str
) -> None:
    """Start a lesson; NAME is the name of its file, as in riding-urges."""
    from handouts.commands.printing import find_text
    from handouts.seed import plant, safety_lines

    curriculum = _curriculum()
    tagged = _tags(curriculum, tags)
    if intensity == 3:
        gentler = gentler or str(click.prompt("Code of a gentler lesson for a first day"))
        gentler = find_text(curriculum, gentler).settings.code
    values = {
        "code": _code(curriculum, curriculum.lessons, code),
        "title": title,
        "domain": domain,
        "tags": tagged,
        "intensity": intensity,
        "gentler": gentler if intensity == 3 else None,
        "lines": safety_lines(curriculum, tagged),
    }
    _told(plant(ROOT, "lesson", name, values))
    click.echo(f"Put its code, {values['code']}, into a week of a program in curriculum/programs.")


@new.command()
@name_argument
@title_option
@click.option("--tags", prompt="Tags (see curriculum/tags.yml), with commas between")
@click.option("--code", help="Its short name.  [default: the next free one]")
@errors_as_messages
def card(name: str, title: str, tags: str, code: str | None) -> None:
    """Start a card."""
    from handouts.seed import plant, safety_lines

    curriculum = _curriculum()
    tagged = _tags(curriculum, tags)
    values = {
        "code": _code(curriculum, curriculum.cards, code),
        "title": title,
        "tags": tagged,
        "lines": safety_lines(curriculum, tagged),
    }
    _told(plant(ROOT, "card", name, values))
    click.echo(f"Put its code, {values['code']}, into a week of a program in curriculum/programs.")


@new.command()
@name_argument
@title_option
@click.option("--audience", type=click.Choice(["participant", "staff"]), prompt="For whom")
@click.option("--code", help="Its short name.  [default: the next free one]")
@errors_as_messages
def form(name: str, title: str, audience: str, code: str | None) -> None:
    """Start a form."""
    from handouts.seed import plant

    curriculum = _curriculum()
    code = _code(curriculum, curriculum.forms, code)
    _told(plant(ROOT, "form", name, {"code": code, "title": title, "audience": audience}))


@new.command()
@name_argument
@title_option
@click.option("--weeks", type=click.IntRange(1, 60), prompt="How many weeks")
@errors_as_messages
def program(name: str, title: str, weeks: int) -> None:
    """Start a program; its weeks hold the lessons there are, three a week, to be rearranged."""
    from handouts.inventory import in_order
    from handouts.seed import plant

    curriculum = _curriculum()
    codes = [code for code in in_order(curriculum.lessons) if _for_participants(curriculum, code)]
    each = min(3, len(codes))
    plan = [
        [codes[(each * week + session) % len(codes)] for session in range(each)]
        for week in range(weeks)
    ]
    _told(plant(ROOT, "program", name, {"title": title, "weeks": plan}))


@new.command()
@name_argument
@title_option
@click.option("--color", prompt="Colour, dark enough to read on white", default="#1f4e5f")
@errors_as_messages
def brand(name: str, title: str, color: str) -> None:
    """Start a brand: whose name is on the pages."""
    import re

    from handouts.problem import UsageError
    from handouts.seed import plant

    if not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
        raise UsageError(f"{color!r} is no colour. Write # and six signs, as in #1f4e5f.")
    _told(plant(ROOT, "brand", name, {"title": title, "color": color}))


def _told(place: Path) -> None:
    click.echo(f"{place} is there. {NEXT.format(place=place)}")


def _curriculum() -> Curriculum:
    from handouts.problem import ProblemsFound
    from handouts.source.curriculum import load

    loaded = load(ROOT)
    if loaded.curriculum is None:
        raise ProblemsFound(loaded.problems)
    return loaded.curriculum


def _for_participants(curriculum: Curriculum, code: str) -> bool:
    return curriculum.lessons[code].domain.value != "family"


def _tags(curriculum: Curriculum, said: str) -> tuple[str, ...]:
    from handouts.problem import UsageError

    tags = tuple(dict.fromkeys(tag for tag in said.replace(",", " ").split()))
    unknown = [tag for tag in tags if tag not in curriculum.tags]
    if unknown or not tags:
        what = f"There is no tag {unknown[0]!r}." if unknown else "At least one tag is needed."
        raise UsageError(f"{what} There are: {', '.join(curriculum.tags)}.")
    return tags


def _code(curriculum: Curriculum, texts: Mapping[str, AnyText], code: str | None) -> str:
    import re

    from handouts.problem import UsageError
    from handouts.seed import free_code

    if code is None:
        return free_code(curriculum, texts)
    code = code.upper()
    if not re.fullmatch(r"[A-Z0-9]{1,6}", code):
        raise UsageError(f"{code!r} is no code. Use one to six letters and digits, as in 3A.")
    taken = curriculum.text(code)
    if taken:
        raise UsageError(f"The code {code} already belongs to {taken.file}.")
    return code
