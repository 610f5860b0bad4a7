"""A lesson's text to headings, prose and blocks, each with its line.

The syntax is that of the blocks of pymdown-extensions. Its own reader is not used: it keeps no line
numbers, and it takes what it does not understand (an unknown block, a wrong setting, a block that
is never closed) for ordinary text. A test holds our reading to its.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from handouts.model import Block, Grade, Heading, Node, Prose, Record
from handouts.problem import Problem
from handouts.rules import breach
from handouts.source.kinds import KINDS, SHAPES, DrawOptions, Kind, NoOptions
from handouts.source.settings import parse, validate

OPENER = re.compile(r"^(/{3,})[ \t]*([A-Za-z][\w-]*)[ \t]*(?:\|(.*))?$")
CLOSER = re.compile(r"^(/{3,})[ \t]*$")
SLASHES = re.compile(r"^ {0,3}/{3,}")
HEADING = re.compile(r"^(#{1,6})(?:[ \t]+|$)(.*)$")
HTML = re.compile(r"<(?:[A-Za-z/!?])(?!ttps?://)")
ITEM = re.compile(r"^[ ]{0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
DEEPEST = 6


@dataclass
class _Open:
    """A block that is being read."""

    line: int
    fence: str
    kind: str
    title: str
    known: Kind | None
    options: Record
    body: list[Node] = field(default_factory=list)


class _Reader:
    """Goes through the lines once; keeps the blocks that are open."""

    def __init__(self, file: str, lines: list[str], first_line: int) -> None:
        self.file, self.lines, self.first = file, lines, first_line
        self.problems: list[Problem] = []
        self.body: list[Node] = []
        self.open: list[_Open] = []
        self.prose: list[str] = []
        self.prose_line = 0

    def found(self, code: str, line: int, message: str, fix: str = "") -> None:
        self.problems.append(breach(code, self.file, line, message, fix))

    def add(self, node: Node) -> None:
        (self.open[-1].body if self.open else self.body).append(node)

    def end_prose(self) -> None:
        text = "\n".join(self.prose).rstrip()
        if text:
            self.add(Prose(self.prose_line, text))
        self.prose.clear()

    def read(self) -> None:
        number = 0
        while number < len(self.lines):
            text, line = self.lines[number], self.first + number
            number += 1
            if opener := OPENER.match(text):
                self.end_prose()
                number = self.start(opener, line, number)
            elif closer := CLOSER.match(text):
                self.end_prose()
                self.close(closer.group(1), line)
            elif heading := HEADING.match(text):
                self.end_prose()
                self.heading(heading, line)
            else:
                self.text(text, line)
        self.end_prose()
        for block in reversed(self.open):
            self.found("ST007", block.line, f"The block {block.kind!r} is not closed.")

    def text(self, text: str, line: int) -> None:
        if SLASHES.match(text):
            self.found(
                "ST006",
                line,
                "This line starts with slashes but neither opens nor closes a block.",
                "Start a block with '/// name | Title' at the very left and end it with '///'.",
            )
        if HTML.search(text):
            self.found("ST012", line, "This line holds HTML.")
        if not self.prose:
            if not text.strip():
                return
            self.prose_line = line
        self.prose.append(text)

    def heading(self, match: re.Match[str], line: int) -> None:
        level, text = len(match.group(1)), match.group(2).strip().rstrip("#").strip()
        if level not in (2, 3) or not text:
            self.found("ST013", line, f"This heading has {level} number signs or no text.")
        if HTML.search(text):
            self.found("ST012", line, "This heading holds HTML.")
        self.add(Heading(line, min(max(level, 2), 3), text))

    def start(self, match: re.Match[str], line: int, number: int) -> int:
        """Open a block and read its settings; give the number of the line behind them."""
        fence, kind, title = match.group(1), match.group(2).lower(), (match.group(3) or "").strip()
        begin = number
        while number < len(self.lines) and self.lines[number].startswith("    "):
            number += 1
        known = KINDS.get(kind)
        options: Record = NoOptions()
        if known is None:
            self.found("ST006", line, f"There is no block {kind!r}.")
        else:
            self.title(kind, known, title, line)
            source = "\n".join(row[4:] for row in self.lines[begin:number])
            settings, wrong = parse(source, self.file, "ST009", self.first + begin)
            if not wrong:
                read, wrong = validate(
                    known.options, settings, self.file, "ST009", f"the block {kind!r}"
                )
                options = read or options
            self.problems.extend(
                # a setting that is missing has no line of its own: name the block's
                problem if number > begin else breach("ST009", self.file, line, problem.message)
                for problem in wrong
            )
            self.nesting(kind, known, line)
        self.open.append(_Open(line, fence, kind, title, known, options))
        return number

    def title(self, kind: str, known: Kind, title: str, line: int) -> None:
        if known.title == "needed" and not title:
            self.found("ST010", line, f"The block {kind!r} needs a title.")
        if known.title == "none" and title:
            self.found("ST010", line, f"The block {kind!r} takes no title.")
        if known.title == "grade" and title not in list(Grade):
            grades = ", ".join(Grade)
            self.found("ST010", line, f"{title!r} is no grade.", f"Use one of: {grades}.")
        if HTML.search(title):
            self.found("ST012", line, "The title of this block holds HTML.")

    def nesting(self, kind: str, known: Kind, line: int) -> None:
        around = self.open[-1] if self.open else None
        if around and around.known and known.participant != around.known.participant:
            self.found("ST019", line, f"The block {kind!r} stands inside {around.kind!r}.")
        if len(self.open) >= DEEPEST:
            self.found("ST007", line, "Blocks are nested too deeply here.")

    def close(self, fence: str, line: int) -> None:
        if not any(block.fence == fence for block in self.open):
            self.found("ST008", line, f"The line {fence!r} closes no block.")
            return
        while self.open:
            block = self.open.pop()
            node = Block(block.line, block.kind, block.title, block.options, tuple(block.body))
            self.add(node)
            if block.known:
                self.content(node, block.known)
            if block.fence == fence:
                return
            self.found("ST007", block.line, f"The block {block.kind!r} is not closed.")

    def content(self, block: Block, known: Kind) -> None:
        if known.text and not block.body:
            self.found("ST011", block.line, f"The block {block.kind!r} is empty.")
        prose = [node for node in block.body if isinstance(node, Prose)]
        if known.items and not any(ITEM.match(row) for p in prose for row in p.text.splitlines()):
            self.found(
                "ST011", block.line, "This tick list has no items.", "Write each item as '- item'."
            )
        if isinstance(block.options, DrawOptions):
            fewest, most = SHAPES[block.options.shape]
            count = len(block.options.labels)
            if not fewest <= count <= most:
                wants = str(fewest) if fewest == most else f"{fewest} to {most}"
                self.found(
                    "ST009",
                    block.line,
                    f"The drawing {block.options.shape!r} takes {wants} labels, not {count}.",
                )
        if block.kind == "script" and not any("___" in p.text for p in prose):
            self.found(
                "ST011",
                block.line,
                "This script has no blanks.",
                "Make a blank of underscores: ____",
            )


def read_blocks(
    text: str, file: str, first_line: int = 1
) -> tuple[tuple[Node, ...], list[Problem]]:
    """Read a text whose first line is ``first_line`` of the file."""
    reader = _Reader(file, text.split("\n"), first_line)
    reader.read()
    return tuple(reader.body), reader.problems
