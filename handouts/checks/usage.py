"""What is used: codes that texts name in passing, and files that nobody prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.reading import Reading
from handouts.model import Curriculum, Form
from handouts.problem import Problem
from handouts.rules import breach

NAMED = re.compile(r"\b(?:lesson|card|form|handout|page)s? ((?:[1-9]\d?[A-G]|[CFP]\d{1,2})\b)")


def references(reading: Reading, curriculum: Curriculum) -> Iterator[Problem]:
    """Find codes in a text that belong to nothing."""
    for passage in reading.passages:
        for match in NAMED.finditer(passage.text):
            if curriculum.text(match.group(1)) is None:
                message = f"There is nothing with the code {match.group(1)!r}."
                yield breach("LK005", reading.text.file, passage.line, message)


def unused(curriculum: Curriculum) -> Iterator[Problem]:
    """Find lessons and cards in no program, and safety lines that no text prints."""
    used: set[str] = set()
    for program in curriculum.programs.values():
        used |= {*program.family, *program.starter}
        for week in program.weeks:
            used |= {*week.lessons, *week.cards}
    for text in curriculum.texts:
        if not isinstance(text, Form) and text.settings.code not in used:
            message = f"No program uses {text.settings.code}."
            yield breach("LK004", text.file, text.lines.get(("code",), 0), message)
    printed = {
        name
        for text in curriculum.texts
        for block in text.blocks("safety")
        for name in getattr(block.options, "lines", ())
    }
    for name in curriculum.safety_lines:
        if name not in printed:
            message = f"No text prints the line {name!r}."
            yield breach("LK004", "curriculum/safety-lines.yml", 0, message)
