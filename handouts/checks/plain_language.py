"""Plain language: what a person who reads at the fifth grade can read on a bad day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from handouts.checks.reading import Reading
from handouts.model import Block, Form, Language, Lesson
from handouts.problem import Problem
from handouts.rules import breach
from handouts.source.kinds import KINDS
from handouts.source.plain import Passage, Role

GRADE = 6.0
SMOG = 8.0
LONGEST = 20
AVERAGE = 12.0
PASSIVE = 0.10
FEWEST_PASSIVE = 3
ITEMS = 7
BETWEEN_HEADINGS = 200
BETWEEN_ACTIONS = 400
WORST = 5
FEWEST = 10
"""Sentences below which a grade means nothing."""

DONE = (
    "been|built|bought|brought|caught|chosen|done|drawn|driven|eaten|felt|forgotten|found|given|"
    "gone|heard|held|hurt|kept|known|led|left|lost|made|meant|met|paid|put|read|said|seen|sent|"
    "shown|shut|sold|spent|taken|taught|told|thought|understood|used|worn|written"
)
PASSIVE_VOICE = re.compile(
    rf"\b(?:is|are|was|were|be|been|being|gets?|got) (?:\w{{1,20}}ly )?(?:\w{{3,20}}ed|{DONE})\b"
    r"(?! (?:to|in|of|about|with)\b)",
    re.IGNORECASE,
)


def grades(reading: Reading, language: Language) -> Iterator[Problem]:
    """Measure the reading grade of what participants read, and name the hardest sentences."""
    if isinstance(reading.text, Form) or len(reading.sentences) < FEWEST:
        return
    import textstat  # a fifth of a second that a build need not spend

    known = _known(language)
    rows = [known.sub("word", row).rstrip(".?!:;,\u201d\u2019\"'") for _, row in reading.sentences]
    said = ". ".join(rows) + "."
    for code, measure, most in (
        ("PL001", textstat.flesch_kincaid_grade, GRADE),
        ("PL002", textstat.smog_index, SMOG),
    ):
        grade = measure(said)
        if grade > most:
            worst = _worst(reading, rows, textstat.flesch_kincaid_grade)
            message = f"The reading grade is {grade:.1f}; it may be {most:.1f}. Hardest: {worst}."
            yield breach(code, reading.text.file, 0, message)


def _known(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in language.known) or r"(?!)"
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _worst(reading: Reading, rows: list[str], measure: object) -> str:
    assert callable(measure)
    ranked = sorted(
        zip(reading.sentences, rows, strict=True), key=lambda pair: -measure(pair[1] + ".")
    )
    return "; ".join(f"line {line}, {_short(said)!r}" for (line, said), _ in ranked[:WORST])


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else sentence[:57] + "..."


def sentences(reading: Reading) -> Iterator[Problem]:
    """Find long sentences, a long average, and too many sentences in the passive voice."""
    file = reading.text.file
    lengths = []
    passive = []
    for line, row in reading.sentences:
        words = len(row.split())
        lengths.append(words)
        if words > LONGEST:
            message = f"This sentence has {words} words: {_short(row)!r}"
            yield breach("PL003", file, line, message)
        if PASSIVE_VOICE.search(row):
            passive.append((line, row))
    if len(lengths) < FEWEST:
        return
    average = sum(lengths) / len(lengths)
    if average > AVERAGE:
        message = f"Sentences have {average:.1f} words on average; they may have {AVERAGE:.0f}."
        yield breach("PL004", file, 0, message)
    if len(passive) >= FEWEST_PASSIVE and len(passive) / len(lengths) > PASSIVE:
        shown = "; ".join(f"line {line}, {_short(row)!r}" for line, row in passive[:WORST])
        message = f"{len(passive)} of {len(lengths)} sentences are passive. The first: {shown}."
        yield breach("PL005", file, 0, message)


def lists(reading: Reading) -> Iterator[Problem]:
    """Find lists with more items than a tired person can hold."""
    for (_, around), run in groupby(reading.participant, lambda p: (p.role, p.around)):
        items = list(run)
        if items[0].role in {Role.ITEM, Role.STEP} and around != "tick":
            for line, count in _lists(items):
                if count > ITEMS:
                    message = f"This list has {count} items."
                    yield breach("PL006", reading.text.file, line, message)


def _lists(items: list[Passage]) -> Iterator[tuple[int, int]]:
    """Give first line and length of lists that stand on lines next to each other."""
    start, count, last = items[0].line, 0, items[0].line
    for item in items:
        if item.line - last > 4:
            yield start, count
            start, count = item.line, 0
        count, last = count + 1, item.line
    yield start, count


def stretches(reading: Reading) -> Iterator[Problem]:
    """Find a lesson that does not open with its message, and long runs of nothing but text."""
    text = reading.text
    if not isinstance(text, Lesson):
        return
    blocks = (node for node in text.body if not _for_staff(node))
    first = next(blocks, None)
    if not (isinstance(first, Block) and first.kind == "message"):
        line = getattr(first, "line", 0)
        message = "The main message does not come first."
        yield breach("PL007", text.file, line, message)
    heading = action = 0
    told = set()
    for passage in reading.participant:
        if passage.role in {Role.HEADING, Role.TITLE}:
            heading = 0
        if _asks_for_action(passage):
            action = 0
        heading += passage.words
        action += passage.words
        if heading > BETWEEN_HEADINGS and "PL008" not in told:
            told.add("PL008")
            message = f"Here are more than {BETWEEN_HEADINGS} words without a heading."
            yield breach("PL008", text.file, passage.line, message)
        if action > BETWEEN_ACTIONS and "PL009" not in told:
            told.add("PL009")
            message = f"Here are more than {BETWEEN_ACTIONS} words with nothing to do."
            yield breach("PL009", text.file, passage.line, message)


def _for_staff(node: object) -> bool:
    return isinstance(node, Block) and node.kind in KINDS and not KINDS[node.kind].participant


def _asks_for_action(passage: Passage) -> bool:
    kind = KINDS.get(passage.around)
    in_worksheet = kind is not None and kind.write_on
    return passage.role is Role.STEP or passage.around == "try" or in_worksheet


def exclamations(reading: Reading) -> Iterator[Problem]:
    """Find exclamation marks: a page that shouts is not calm."""
    for passage in reading.participant:
        if "!" in passage.text:
            message = f"An exclamation mark: {_short(passage.text)!r}"
            yield breach("PL010", reading.text.file, passage.line, message)
