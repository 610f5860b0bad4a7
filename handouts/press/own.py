"""What is one person's alone on a page: typed in when it is laid out, and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handouts.press.part import Part

Answer = str | tuple[str, ...]
"""One line of an answer; in a table, the cells of one row."""


@dataclass(frozen=True, repr=False)
class Answers:
    """What is typed into write-on blocks, by their names; an empty one leaves all blank."""

    by_name: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)

    def of(self, name: object) -> tuple[Answer, ...]:
        """Give the answers for one block."""
        return self.by_name.get(name, ()) if isinstance(name, str) else ()


@dataclass(frozen=True, repr=False)
class Own:
    """One person's answers by the code of a form, and what the letter says.

    It has no ``repr``: nothing that shows the inside of a program may show what is in it.
    """

    answers: Mapping[str, Answers]
    facts: Mapping[str, object]

    def concerns(self, part: Part) -> bool:
        """Tell whether a part is this person's alone, and may not be kept."""
        return part.template == "letter" or any(code in self.answers for code in part.codes)
