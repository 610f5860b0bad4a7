"""Language about people, from the list that a clinic can add to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handouts.checks.reading import Reading
from handouts.model import Language
from handouts.problem import Problem
from handouts.rules import breach

QUOTED = re.compile(r"\"[^\"]{0,400}\"|\u201c[^\u201d]{0,400}\u201d")


@dataclass(frozen=True)
class Wording:
    """The lists of ``language.yml``, each as one expression without anything that can backtrack."""

    terms: re.Pattern[str]
    instead: dict[str, str]
    fine: re.Pattern[str]
    promises: re.Pattern[str]
    details: re.Pattern[str]

    @classmethod
    def of(cls, language: Language) -> Wording:
        """Make the expressions of a list."""
        instead = {
            form.casefold(): term.instead
            for term in language.terms
            for form in (term.term, *term.also)
        }
        return cls(
            _any(list(instead), "(?:es|s)?"),
            instead,
            _any(language.fine),
            _any(language.promises),
            _any(language.details),
        )


def _any(phrases: list[str] | tuple[str, ...], ending: str = "") -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    inside = "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in longest_first) or "(?!)"
    return re.compile(rf"(?<![\w-])({inside}){ending}(?![\w-])", re.IGNORECASE)


def about_people(reading: Reading, wording: Wording) -> Iterator[Problem]:
    """Find words that judge people, outside of quotations and of names that hold them."""
    for passage in reading.passages:
        text = wording.fine.sub("", QUOTED.sub("", passage.text))
        for match in wording.terms.finditer(text):
            if match.group(1).isupper() is False and match.group(1).casefold() == "mat":
                continue  # a yoga mat
            message = f"{match.group()!r} is a word that judges or labels people."
            fix = f"Write: {wording.instead[match.group(1).casefold()]}."
            yield breach("LP001", reading.text.file, passage.line, message, fix)


def promises(reading: Reading, wording: Wording) -> Iterator[Problem]:
    """Find promises of a cure and details of use."""
    for passage in reading.passages:
        for code, pattern, what in (
            ("SF007", wording.promises, "promises more than anyone can keep"),
            ("SF009", wording.details, "tells how to use"),
        ):
            if match := pattern.search(passage.text):
                yield breach(code, reading.text.file, passage.line, f"{match.group()!r} {what}.")
