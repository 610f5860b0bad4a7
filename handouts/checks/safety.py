"""Safety: lines that must be printed, care for heavy lessons, hours of care, no doses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.reading import Reading
from handouts.model import AnyText, Curriculum, Form, Lesson
from handouts.problem import Problem
from handouts.rules import breach

FEWEST_MINUTES = 540
"""Clinical minutes a week of intensive outpatient care (ASAM level 2.1: nine hours)."""

DOSE = re.compile(
    r"\b\d{1,5}(?:\.\d{1,3})? ?"
    r"(?:mg|mcg|ml|cc|milligrams?|micrograms?|milliliters?|millilitres?|grams?)\b",
    re.IGNORECASE,
)


def safety(curriculum: Curriculum) -> Iterator[Problem]:
    """Find what is missing for safety in lessons, cards, programs and the crisis strip."""
    for text in curriculum.texts:
        if not isinstance(text, Form):
            yield from _lines(text, curriculum)
    for lesson in curriculum.lessons.values():
        yield from _heavy(lesson, curriculum)
    for name, program in curriculum.programs.items():
        minutes = program.clinical_minutes
        if minutes < FEWEST_MINUTES:
            message = f"A week has {minutes} clinical minutes; intensive care asks for 540."
            yield breach("SF008", f"curriculum/programs/{name}.yml", 0, message)
    strip = " ".join(line.reach for line in curriculum.crisis.lines if line.strip)
    for number in ("911", "988"):
        if number not in strip:
            message = f"The strip of crisis lines does not say {number}."
            yield breach("SF004", "curriculum/crisis-lines.yml", 0, message)


def _lines(text: AnyText, curriculum: Curriculum) -> Iterator[Problem]:
    printed = {
        name for block in text.blocks("safety") for name in getattr(block.options, "lines", ())
    }
    settings = text.settings
    for name, line in curriculum.safety_lines.items():
        for_tag = set(line.required_for_tags) & set(settings.tags)
        if name not in printed and (settings.code in line.required_for or for_tag):
            why = f"its tag {sorted(for_tag)[0]!r}" if for_tag else "its subject"
            message = f"The safety line {name!r} must be printed here because of {why}."
            fix = f"Add a block '/// safety | ...' with 'lines: [{name}]'."
            yield breach("SF003", text.file, text.lines.get(("tags",), 0), message, fix)


def _heavy(lesson: Lesson, curriculum: Curriculum) -> Iterator[Problem]:
    if lesson.settings.intensity < 3:
        return
    line = lesson.lines.get(("intensity",), 0)
    gentler = curriculum.lessons.get(lesson.settings.gentler or "")
    if lesson.settings.gentler is None or (gentler and gentler.settings.intensity == 3):
        message = "This lesson is heavy (intensity 3) and names no gentler one."
        yield breach("SF005", lesson.file, line, message)
    if not any(block.kind == "safety" for block in lesson.blocks("safety")):
        message = "This lesson is heavy (intensity 3) and warns no participant of it."
        yield breach("SF006", lesson.file, line, message)


def doses(reading: Reading) -> Iterator[Problem]:
    """Find amounts of a drug or a medicine in what participants read."""
    if isinstance(reading.text, Form):
        return
    for passage in reading.participant:
        if match := DOSE.search(passage.text):
            message = f"This names a dose: {match.group()!r}."
            yield breach("SF010", reading.text.file, passage.line, message)
