"""What a clinician says about one person for one packet.

Nothing here is ever written by us but on that person's pages. The records have no ``repr`` and
their errors carry no input, so that nothing which shows the inside of a program shows a person.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from handouts.model import Code, Record

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Sayings = Annotated[tuple[Said, ...], Field(max_length=8)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]


class _Private(Record):
    """A record whose values never show."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterable[tuple[str | None, object]]:
        """Show no value."""
        return ()

    def __str__(self) -> str:
        """Show no value."""
        return f"{type(self).__name__}()"


class Support(_Private):
    """Somebody a person can turn to."""

    name: Annotated[Short, Field(min_length=1)]
    relation: Short = ""
    phone: Short = ""

    @property
    def who(self) -> str:
        """Name and relation, as they are typed on a plan."""
        return f"{self.name}, {self.relation}" if self.relation else self.name


class Profile(_Private):
    """One person, for one packet; every field may be left out.

    ``week`` is the client week, counted from 1. ``plans`` None means those of the program.
    """

    name: Short = ""
    goals: Sayings = ()
    triggers: Sayings = ()
    warning_signs: Sayings = ()
    strengths: Sayings = ()
    supports: Annotated[tuple[Support, ...], Field(max_length=6)] = ()
    skills: Sayings = ()
    lessons: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    cards: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    plans: Annotated[tuple[Code, ...], Field(max_length=10)] | None = None
    next_appointment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    review_date: datetime.date | None = None
    language: Literal["en", "es"] = "en"
    large_print: bool = False
    paper: Literal["letter", "a4"] = "letter"
    discreet: bool = False
    week: Annotated[int, Field(ge=1, le=104)] | None = None


SAYINGS = ("goals", "triggers", "warning_signs", "strengths", "skills")
"""The fields that hold what a person said, in their own words."""

CODES = ("lessons", "cards", "plans")
"""The fields that name texts."""

OTHER_NAMES = {
    "preferred_name": "name",
    "first_name": "name",
    "goal": "goals",
    "trigger": "triggers",
    "early_warning_signs": "warning_signs",
    "signs": "warning_signs",
    "strength": "strengths",
    "support": "supports",
    "people": "supports",
    "skill": "skills",
    "skills_that_help": "skills",
    "lesson": "lessons",
    "handouts": "lessons",
    "card": "cards",
    "plan": "plans",
    "appointment": "next_appointment",
    "review_on": "review_date",
    "client_week": "week",
}
"""Other ways in which people head a column or name a field."""


def field_of(heading: str) -> str:
    """Give the field that a heading or key names, whatever its case, spaces and dashes."""
    key = "_".join(heading.lower().replace("-", " ").replace("_", " ").split())
    return OTHER_NAMES.get(key, key)
