"""Rules over what was read. Each rule is a pure function from records to problems."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from handouts.checks import (
    accessibility,
    evidence,
    exceptions,
    people,
    plain_language,
    safety,
    structure,
    usage,
)
from handouts.checks.freshness import crisis_lines
from handouts.checks.links import links
from handouts.checks.reading import Reading
from handouts.model import Curriculum, Excuse, Lesson, Size
from handouts.problem import Problem, Severity
from handouts.rules import RULES
from handouts.source.brands import BrandFolder
from handouts.source.curriculum import Loaded


def run(
    loaded: Loaded,
    today: datetime.date,
    brands: Sequence[BrandFolder],
    *,
    advice: bool = False,
    only: str = "",
) -> list[Problem]:
    """Check a curriculum and some brands; what reading them found is not repeated here.

    Errors alone take a fraction of the time; with ``advice`` every rule is applied, except those
    on pages, for which something must have been printed (see ``pages``). With the file of a text as
    ``only``, what is wrong in other texts is neither looked for nor told.
    """
    curriculum = loaded.curriculum
    if curriculum is None:
        return []
    others = {text.file for text in curriculum.texts if only and text.file != only}
    readings = [Reading(text) for text in curriculum.texts if text.file not in others]
    found = [
        *links(curriculum, loaded.program_lines),
        *crisis_lines(curriculum, today),
        *safety.safety(curriculum),
        *_errors(curriculum, readings),
        *(problem for folder in brands for problem in accessibility.brand(folder)),
    ]
    if advice:
        found.extend(_advice(curriculum, readings))
    else:
        found = [problem for problem in found if problem.severity is Severity.ERROR]
    judged = {
        code
        for code, rule in RULES.items()
        if code not in PRINTED and (advice or rule.severity is Severity.ERROR)
    }
    excused = exceptions.excused(found, _excuses(curriculum, brands), judged)
    return [problem for problem in excused if problem.file not in others]


PRINTED = {"ST028", "ST029"}
"""The rules on pages, for which something must have been printed."""


def pages(curriculum: Curriculum, sizes: Mapping[str, Size]) -> list[Problem]:
    """Check the pages of handouts that have been printed; ``sizes`` are by lesson code."""
    found = list(structure.pages(curriculum, sizes))
    excuses = {
        text.file: tuple(row for row in text.settings.exceptions if row.rule in PRINTED)
        for text in curriculum.lessons.values()
        if text.settings.code in sizes
    }
    return list(exceptions.excused(found, excuses, PRINTED))


def _errors(curriculum: Curriculum, readings: Sequence[Reading]) -> Iterator[Problem]:
    wording = people.Wording.of(curriculum.language)
    for reading in readings:
        yield from people.about_people(reading, wording)
        yield from people.promises(reading, wording)
        yield from safety.doses(reading)
        yield from evidence.evidence(reading.text, curriculum)
        yield from accessibility.markup(reading.text)
        yield from accessibility.language(reading)
        yield from usage.references(reading, curriculum)


def _advice(curriculum: Curriculum, readings: Sequence[Reading]) -> Iterator[Problem]:
    yield from structure.sessions(curriculum)
    yield from evidence.unchecked(curriculum)
    yield from usage.unused(curriculum)
    for reading in readings:
        if isinstance(reading.text, Lesson):
            yield from structure.needed(reading.text)
            yield from structure.agenda(reading.text)
        yield from structure.headings(reading.text)
        yield from structure.length(reading)
        yield from plain_language.grades(reading, curriculum.language)
        yield from plain_language.sentences(reading)
        yield from plain_language.lists(reading)
        yield from plain_language.stretches(reading)
        yield from plain_language.exclamations(reading)
        yield from accessibility.colors(reading)


def _excuses(
    curriculum: Curriculum, brands: Sequence[BrandFolder]
) -> dict[str, tuple[Excuse, ...]]:
    excuses = {text.file: text.settings.exceptions for text in curriculum.texts}
    for name, program in curriculum.programs.items():
        excuses[f"curriculum/programs/{name}.yml"] = program.exceptions
    for folder in brands:
        excuses[f"templates/brands/{folder.name}/brand.yml"] = folder.brand.exceptions
    return excuses
