"""A lesson's text to HTML. The only module that knows Python-Markdown.

Prose goes through Python-Markdown with HTML switched off, blocks through one template each. Every
block that people write on can be printed empty, or with answers typed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

import markdown
from jinja2 import Environment
from markupsafe import Markup

from handouts.model import Block, CrisisLines, Grade, Heading, Node, Prose, SafetyLine, Source
from handouts.press.own import Answers
from handouts.source.blocks import ITEM
from handouts.source.kinds import KINDS, DrawOptions, LogOptions, SafetyOptions, TableOptions

BLANK = re.compile(r"_{3,}")
LISTED = re.compile(r"^(\d*)([-+*.)](?=\s)|[#>])")
"""What would make a list, a heading or a quotation of a line."""

HELD = re.compile("\ue000(\\d+)\ue001")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Face(StrEnum):
    """For whom a text is set: with room to write, or with notes and worksheets only named."""

    HANDOUT = "handout"
    GUIDE = "guide"


@dataclass(frozen=True)
class Lookups:
    """What blocks refer to by name."""

    sources: Mapping[str, Source]
    safety_lines: Mapping[str, SafetyLine]
    crisis: CrisisLines


def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists", "smarty"], output_format="html", tab_length=2
    )
    # A lesson's text is text: what looks like HTML is printed, not obeyed.
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter


class Setter:
    """Sets texts as HTML, with one set of templates and one edition of everything they refer to."""

    def __init__(self, templates: Environment, lookups: Lookups) -> None:
        self._templates = templates
        self._lookups = lookups
        self._markdown = _converter()

    def set(self, nodes: Iterable[Node], face: Face, answers: Answers | None = None) -> Markup:
        """Give the HTML of nodes; blocks for the facilitator are left out of a handout."""
        return self._set(nodes, face, answers or Answers(), 2)

    def _set(self, nodes: Iterable[Node], face: Face, answers: Answers, level: int) -> Markup:
        """Give the HTML of nodes; ``level`` is that of a box's heading, one below the text's."""
        pieces = []
        shown = [node for node in nodes if _is_shown(node, face)]
        for node, after in zip_longest(shown, shown[1:]):
            piece = self._node(node, face, answers, level)
            if isinstance(node, Prose) and isinstance(after, Block) and KINDS[after.kind].write_on:
                piece = _leading(piece)
            pieces.append(piece)
            if isinstance(node, Heading):
                level = 3
        return Markup("\n").join(pieces)

    def prose(self, text: str) -> Markup:
        """Give the HTML of ordinary Markdown, with blanks as ruled spaces."""
        held = BLANK.sub(lambda match: f"\ue000{len(match.group())}\ue001", text)
        html = self._markdown.reset().convert(held)
        return Markup(HELD.sub(_blank, html))  # noqa: S704 - its HTML is all Python-Markdown's own

    def inline(self, text: str) -> Markup:
        """Give the HTML of one line, without the paragraph around it.

        A line is never a list or a heading, whatever it starts with.
        """
        html = self.prose(LISTED.sub(r"\1\\\2", text)).strip()
        return Markup(html.removeprefix("<p>").removesuffix("</p>"))  # noqa: S704

    def _node(self, node: Node, face: Face, answers: Answers, level: int) -> Markup:
        if isinstance(node, Heading):
            return Markup("<h{0}>{1}</h{0}>").format(node.level, self.inline(node.text))
        if isinstance(node, Prose):
            return self.prose(node.text)
        name = "worksheet" if KINDS[node.kind].write_on and face is Face.GUIDE else node.kind
        template = self._templates.get_template(f"blocks/{name}.html.j2")
        return Markup(template.render(self._context(node, face, answers, level)))  # noqa: S704

    def _context(self, block: Block, face: Face, answers: Answers, level: int) -> dict[str, object]:
        context: dict[str, object] = {
            "level": level,
            "kind": block.kind,
            "title": self.inline(block.title) if block.title else Markup(),
            "face": face.value,
            "options": block.options,
            "answers": answers.of(block.option("name")),
        }
        if KINDS[block.kind].write_on:
            intro, items = self._items(block)
            context |= {"intro": intro, "items": items, "prompts": _prompts(block)}
        else:
            context["content"] = self._set(block.body, face, answers, level)
        if isinstance(block.options, SafetyOptions):
            names = block.options.lines
            context["lines"] = [self._lookups.safety_lines[name].text for name in names]
        elif block.kind == "evidence":
            context["grade"] = Grade(block.title)
            keys = block.option("sources")
            assert isinstance(keys, tuple)
            context["works"] = [self._lookups.sources[key] for key in keys]
        elif block.kind == "help":
            context["crisis"] = self._lookups.crisis
        elif isinstance(block.options, LogOptions):
            context["days"] = DAYS
        elif isinstance(block.options, TableOptions):
            rows = block.options.rows
            wanted = len(answers.of(block.option("name")))
            context["rows"] = [""] * max(rows, wanted) if isinstance(rows, int) else list(rows)
        return context

    def _items(self, block: Block) -> tuple[Markup, list[Markup]]:
        """Part the text of a write-on block into what stands before its list, and the items."""
        intro: list[str] = []
        items: list[list[str]] = []
        for prose in block.body:
            if not isinstance(prose, Prose):
                continue
            for row in prose.text.split("\n"):
                if block.kind in {"tick", "short"} and ITEM.match(row):
                    items.append([re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+", "", row)])
                elif items and row.strip():
                    items[-1].append(row.strip())
                elif not items:
                    intro.append(row)
            intro.append("")
        text = "\n".join(intro).strip()
        return self.prose(text) if text else Markup(), [self.inline(" ".join(i)) for i in items]


def _is_shown(node: Node, face: Face) -> bool:
    return face is Face.GUIDE or not isinstance(node, Block) or KINDS[node.kind].participant


def _leading(prose: Markup) -> Markup:
    """Mark the last paragraph of prose as what is said of the worksheet right after it."""
    before, paragraph, rest = prose.rpartition("<p>")
    ends = rest.rstrip().endswith("</p>") and paragraph
    return Markup('{}<p class="leading">{}').format(before, rest) if ends else prose


def _prompts(block: Block) -> dict[str, tuple[str, ...]]:
    """Name what is printed in a worksheet beside its title and text: heads, first cells, labels."""
    options = block.options
    said: dict[str, tuple[str, ...]] = {}
    if isinstance(options, TableOptions | LogOptions):
        said["Columns"] = options.columns
    if isinstance(options, TableOptions) and isinstance(options.rows, tuple):
        said["Rows"] = tuple(row for row in options.rows if row)
    if isinstance(options, DrawOptions):
        said["Labels"] = tuple(label for label in options.labels if label)
    return {name: words for name, words in said.items() if words}


def _blank(match: re.Match[str]) -> str:
    """A blank as wide as its underscores, 2.6 mm each, within what a hand and a line allow."""
    width = max(12.0, min(int(match.group(1)) * 2.6, 95.0))
    return f'<span class="blank" style="width:{width:.0f}mm"></span>'
