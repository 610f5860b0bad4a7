"""The build of a lesson: what a session needs is there, in an order that a group can follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from handouts.checks.reading import Reading
from handouts.model import AnyText, Curriculum, Heading, Lesson, Size, Step, walk
from handouts.problem import Problem
from handouts.rules import breach
from handouts.source.kinds import KINDS

NEEDED = {
    "message": (1, "a main message"),
    "example": (1, "a worked example"),
    "evidence": (1, "a line on how well it is known to work"),
    "log": (1, "a log for home practice"),
    "help": (1, "a box on where to get help"),
    "say": (1, "words for the facilitator to say"),
    "ask": (5, "open questions for the group"),
    "care": (1, "a note on distress and opting out"),
    "adapt": (1, "a note on other groups and rooms"),
}
WORKSHEETS = ("draw", "table", "tick", "script", "lines")
LESSON_MINUTES = 90
WORDS = (530, 930)
"""In the file; about 70 more are printed with them: safety lines, days, the words on evidence."""
PAGES = (2, 4)
FULL = 210
"""Millimetres from the lower edge of the sheet up, beyond which a last page holds next to nothing:
its text takes less than a fifth of its height."""


def needed(lesson: Lesson) -> Iterator[Problem]:
    """Find what a lesson lacks for a session."""
    kinds = Counter(block.kind for block in lesson.blocks(*KINDS))
    for kind, (count, what) in NEEDED.items():
        if kinds[kind] < count:
            message = f"This lesson has {kinds[kind]} of the block {kind!r}: {what}."
            fix = f"Add blocks '/// {kind}' until there are {count}."
            yield breach("ST021", lesson.file, 0, message, fix)
    if kinds["message"] > 1:
        message = f"This lesson has {kinds['message']} main messages."
        yield breach("ST021", lesson.file, 0, message, "Keep one; make the others ordinary text.")
    if not any(kinds[kind] for kind in WORKSHEETS):
        fix = f"Add one of these blocks: {', '.join(WORKSHEETS)}."
        yield breach("ST021", lesson.file, 0, "This lesson has no worksheet.", fix)


def headings(text: AnyText) -> Iterator[Problem]:
    """Find headings that skip a level, and two with the same words."""
    first: dict[str, int] = {}
    above = 1
    for node in walk(text.body):
        if not isinstance(node, Heading):
            continue
        if node.level > above + 1:
            message = f"The heading {node.text!r} stands below no ## heading."
            yield breach("ST022", text.file, node.line, message)
        above = node.level
        seen = first.setdefault(node.text.casefold(), node.line)
        if seen != node.line:
            message = f"The heading {node.text!r} is also on line {seen}."
            yield breach("ST023", text.file, node.line, message)


def agenda(lesson: Lesson) -> Iterator[Problem]:
    """Find agendas that do not add up, and steps that come too early."""
    minutes = sum(int(str(note.option("minutes"))) for note in lesson.agenda)
    if minutes != LESSON_MINUTES:
        message = f"The notes of this lesson add up to {minutes} minutes, not {LESSON_MINUTES}."
        yield breach("ST024", lesson.file, 0, message)
    order = list(Step)
    latest = Step.PREPARE
    for note in lesson.blocks("note"):
        step = note.option("step")
        if not isinstance(step, Step):
            continue  # a wrong step is told by the rule on settings
        if order.index(step) < order.index(latest):
            message = f"The step {step.value!r} comes after {latest.value!r}."
            yield breach("ST025", lesson.file, note.line, message)
        else:
            latest = step


def sessions(curriculum: Curriculum) -> Iterator[Problem]:
    """Find programs whose session has no room for a lesson."""
    for name, program in curriculum.programs.items():
        minutes = sum(part.minutes for part in program.session if part.clinical)
        if minutes < LESSON_MINUTES:
            message = f"A session has {minutes} clinical minutes; a lesson takes 90."
            yield breach("ST026", f"curriculum/programs/{name}.yml", 0, message)


def length(reading: Reading) -> Iterator[Problem]:
    """Find lessons that are too long or too short in words, for either reader."""
    if not isinstance(reading.text, Lesson):
        return
    low, high = WORDS
    for whose, words in (("participants", reading.words), ("facilitators", reading.note_words)):
        if not low <= words <= high:
            message = f"This lesson has {words} words for {whose}; it should have {low} to {high}."
            yield breach("ST027", reading.text.file, 0, message)


def pages(curriculum: Curriculum, sizes: Mapping[str, Size]) -> Iterator[Problem]:
    """Find handouts with too many pages, too few, or next to nothing on the last."""
    low, high = PAGES
    for code, size in sizes.items():
        file = curriculum.lessons[code].file
        if not low <= size.pages <= high:
            message = f"The handout prints on {size.pages} pages; it should have {low} to {high}."
            yield breach("ST028", file, 0, message)
        if size.room > FULL:
            message = f"Only a few lines of the handout stand on its last page, page {size.pages}."
            yield breach("ST029", file, 0, message)
