"""What a text says, without its markup: passages with their lines, for rules that read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from handouts.model import Block, Heading, Node, Text
from handouts.source.blocks import ITEM
from handouts.source.kinds import KINDS

BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")
NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s")
PICTURE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^)\n]{0,600}\)")
LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^)\n]{0,600}\)")
BLANK = re.compile(r"_{3,}")
EMPHASIS = re.compile(r"[*`]+|(?<!\w)_+|_+(?!\w)")
RULE = re.compile(r"^[\s|:-]+$")
END = re.compile(r"(?<=[.?!:;])[\"\u201d\u2019')]*\s+")


class Role(StrEnum):
    """What a passage is on the page."""

    HEADING = "heading"
    TITLE = "title"
    TEXT = "text"
    ITEM = "item"
    STEP = "step"
    CELL = "cell"


@dataclass(frozen=True)
class Passage:
    """A heading, paragraph, item or table cell as it is read; ``around`` is the block it is in.

    ``rows`` counts the words before each line of the file that the passage runs on to.
    """

    line: int
    text: str
    role: Role
    participant: bool
    around: str = ""
    rows: tuple[int, ...] = ()

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.text.split())

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Give its sentences, each with the line it starts on.

        As in Flesch's own counting, a colon or semicolon ends one too.
        """
        before = 0
        for row in END.split(self.text):
            if any(sign.isalpha() for sign in row):
                yield self.line + bisect_right(self.rows, before), row.strip()
            before += len(row.split())


def passages(text: Text) -> tuple[Passage, ...]:
    """Give everything a text says in the order of the page, the facilitator's notes among it."""
    return tuple(_passages(text.body, True, ""))


def _passages(nodes: tuple[Node, ...], participant: bool, around: str) -> Iterator[Passage]:
    for node in nodes:
        if isinstance(node, Heading):
            yield Passage(node.line, _bare(node.text), Role.HEADING, participant, around)
        elif isinstance(node, Block):
            yield from _block(node, participant)
        else:
            yield from _prose(node.text, node.line, participant, around)


def _block(block: Block, participant: bool) -> Iterator[Passage]:
    kind = KINDS.get(block.kind)
    seen = participant and (kind is None or kind.participant)
    if block.title and block.kind != "evidence":
        yield Passage(block.line, _bare(block.title), Role.TITLE, seen, block.kind)
    for name in ("columns", "rows"):
        cells = block.option(name)
        for cell in cells if isinstance(cells, tuple) else ():
            if cell:
                yield Passage(block.line, _bare(cell), Role.CELL, seen, block.kind)
    yield from _passages(block.body, seen, block.kind)


def _prose(text: str, first: int, participant: bool, around: str) -> Iterator[Passage]:
    words: list[str] = []
    line, role = first, Role.TEXT

    def done() -> Iterator[Passage]:
        said = _bare(" ".join(words))
        counts = accumulate(len(_bare(row).split()) for row in words[:-1])
        words.clear()
        if said:
            yield Passage(line, said, role, participant, around, tuple(counts))

    for number, row in enumerate(text.split("\n"), first):
        if row.lstrip().startswith("|"):
            yield from done()
            if not RULE.match(row):
                for cell in row.strip().strip("|").split("|"):
                    if bare := _bare(cell):
                        yield Passage(number, bare, Role.CELL, participant, around)
            continue
        if not row.strip() or ITEM.match(row):
            yield from done()
            role = Role.TEXT
        if ITEM.match(row):
            role = Role.STEP if NUMBER.match(row) else Role.ITEM
            row = BULLET.sub("", row)
        if row.strip():
            line = line if words else number
            words.append(row.strip())
    yield from done()


def _bare(text: str) -> str:
    text = PICTURE.sub("", text)
    text = LINK.sub(r"\1", text)
    text = BLANK.sub("blank", text)
    return " ".join(EMPHASIS.sub("", text).split())
