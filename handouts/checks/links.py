"""What files name in other files: lessons in programs, sources and safety lines in lessons."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from handouts.model import Card, Curriculum, Lesson, Program
from handouts.problem import Problem
from handouts.rules import breach
from handouts.source.kinds import EvidenceOptions, SafetyOptions
from handouts.source.settings import Path, Settings


def links(curriculum: Curriculum, program_lines: dict[str, Settings]) -> Iterator[Problem]:
    """Find every name that leads nowhere."""
    for name, program in curriculum.programs.items():
        yield from _program(
            f"curriculum/programs/{name}.yml", program, curriculum, program_lines[name]
        )
    for texts in (curriculum.lessons, curriculum.cards, curriculum.forms):
        for text in texts.values():
            for number, tag in enumerate(text.settings.tags):
                if tag not in curriculum.tags:
                    line = text.lines.get(("tags", number), 0)
                    yield breach("LK003", text.file, line, f"There is no tag {tag!r}.")
            for block in text.blocks("safety"):
                # settings that are wrong have been told of where they were read
                names = block.options.lines if isinstance(block.options, SafetyOptions) else ()
                for line_name in names:
                    if line_name not in curriculum.safety_lines:
                        message = f"There is no safety line {line_name!r}."
                        yield breach("SF001", text.file, block.line, message)
            for block in text.blocks("evidence"):
                keys = block.options.sources if isinstance(block.options, EvidenceOptions) else ()
                for key in keys:
                    if key not in curriculum.sources:
                        message = f"There is no source {key!r}."
                        yield breach("EV001", text.file, block.line, message)
            yield from _other_lesson(text, curriculum)


def _other_lesson(text: object, curriculum: Curriculum) -> Iterator[Problem]:
    if isinstance(text, Lesson):
        setting, code = "gentler", text.settings.gentler
    elif isinstance(text, Card):
        setting, code = "lesson", text.settings.lesson
    else:
        return
    if code is not None and code not in curriculum.lessons:
        line = text.lines.get((setting,), 0)
        yield breach("LK002", text.file, line, f"There is no lesson with the code {code!r}.")


def _program(
    file: str, program: Program, curriculum: Curriculum, settings: Settings
) -> Iterator[Problem]:
    wanted: list[tuple[Path, str, Collection[str], str]] = []
    for number, week in enumerate(program.weeks):
        for index, code in enumerate(week.lessons):
            wanted.append((("weeks", number, "lessons", index), code, curriculum.lessons, "lesson"))
        for index, code in enumerate(week.cards):
            wanted.append((("weeks", number, "cards", index), code, curriculum.cards, "card"))
    for field in ("participant_forms", "facilitator_forms", "plans"):
        for index, code in enumerate(getattr(program, field)):
            wanted.append(((field, index), code, curriculum.forms, "form"))
    for index, code in enumerate(program.family):
        wanted.append((("family", index), code, curriculum.lessons, "lesson"))
    for index, code in enumerate(program.starter):
        both = {*curriculum.forms, *curriculum.cards}
        wanted.append((("starter", index), code, both, "form or card"))
    for number, milestone in enumerate(program.milestones):
        for index, code in enumerate(milestone.give):
            both = {*curriculum.forms, *curriculum.cards}
            wanted.append((("milestones", number, "give", index), code, both, "form or card"))
    for path, code, there, what in wanted:
        if code not in there:
            message = f"There is no {what} with the code {code!r}."
            yield breach("LK001", file, settings.line(path), message)
