"""Accessibility: pictures in words, links that say where they go, colours that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.checks.reading import Reading
from handouts.model import Prose, Text, walk
from handouts.problem import Problem
from handouts.rules import breach
from handouts.source.brands import BrandFolder

PICTURE = re.compile(r"!\[([^\[\]\n]{0,300})\]\(")
LINK = re.compile(r"(?<!!)\[([^\[\]\n]{0,300})\]\(")
BARE = re.compile(r"(?<![(<])\bhttps?://\S")
VAGUE = {"here", "click here", "this", "link", "this link", "more", "read more", "website", "page"}
HEAD = re.compile(r"^\s*\|?[\s:|-]*-{3}[\s:|-]*$")
COLORED = re.compile(
    r"\b(?:(?:marked|shown|printed|written) in|the) "
    r"(?:red|green|blue|yellow|orange|purple|gray|grey|colored)"
    r"(?: (?:text|words?|box|boxes|lines?|parts?|circles?|areas?|letters?)| ink)",
    re.IGNORECASE,
)
CONTRAST = 4.5
"""The least ratio of WCAG 2.2 level AA for text (success criterion 1.4.3)."""

SPANISH = frozenset({"el", "la", "los", "las", "de", "que", "y", "en", "un", "una", "con", "por"})
ENGLISH = frozenset({"the", "a", "of", "and", "to", "in", "you", "your", "is", "it", "for", "on"})


def markup(text: Text) -> Iterator[Problem]:
    """Find pictures without words, links that say nothing, and tables without heads."""
    for node in walk(text.body):
        if not isinstance(node, Prose):
            continue
        rows = node.text.split("\n")
        for number, row in enumerate(rows):
            line = node.line + number
            for match in PICTURE.finditer(row):
                if not match.group(1).strip():
                    yield breach("AC001", text.file, line, "This picture has no words.")
            for match in LINK.finditer(row):
                if match.group(1).strip().casefold().rstrip(".") in VAGUE | {""}:
                    message = f"The link {match.group(1)!r} does not say where it goes."
                    yield breach("AC002", text.file, line, message)
            if BARE.search(row):
                yield breach("AC002", text.file, line, "This address is printed as a link text.")
            if number and "|" in rows[number - 1] and HEAD.match(row):
                heads = rows[number - 1].strip().strip("|").split("|")
                if not all(head.strip() for head in heads):
                    yield breach("AC003", text.file, line - 1, "A column here has no head.")


def colors(reading: Reading) -> Iterator[Problem]:
    """Find sentences that point at something by its colour."""
    for passage in reading.passages:
        if match := COLORED.search(passage.text):
            message = f"{match.group()!r} may mean nothing on a photocopy."
            yield breach("AC006", reading.text.file, passage.line, message)


def language(reading: Reading) -> Iterator[Problem]:
    """Find texts that are set in one language and written in another."""
    words = [word.casefold() for passage in reading.participant for word in passage.text.split()]
    spanish = sum(word in SPANISH for word in words)
    english = sum(word in ENGLISH for word in words)
    told = reading.text.settings.language
    seems = "es" if spanish > english else "en"
    if abs(spanish - english) > 20 and seems != told:
        line = reading.text.lines.get(("language",), 0)
        message = f"The language is set to {told!r}, but the text looks like {seems!r}."
        yield breach("AC005", reading.text.file, line, message)


def contrast(color: str) -> float:
    """Give the contrast of white with a colour such as ``#1f5c5c``, by the formula of WCAG 2.2."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def brand(folder: BrandFolder) -> Iterator[Problem]:
    """Find a brand colour that is too pale to read."""
    ratio = contrast(folder.brand.color)
    if ratio < CONTRAST:
        message = f"The colour {folder.brand.color} has a contrast of {ratio:.1f} with white."
        yield breach("AC004", f"templates/brands/{folder.name}/brand.yml", 0, message)
