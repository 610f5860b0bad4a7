"""What somebody wants to see, and what they get."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from handouts.model import Edition
from handouts.preview.choices import Choice
from handouts.preview.pictures import Picture
from handouts.problem import Problem
from handouts.rules import RULES


@dataclass(frozen=True)
class Wish:
    """Which text, by its file; handout or guide; whose name is on it; how it is printed."""

    file: str
    guide: bool
    brand: str
    edition: Edition


@dataclass(frozen=True)
class View:
    """The pages, what is wrong, and what there is to choose from.

    ``why`` is empty when the pages are those of the files as they are now. If not, it says in a
    sentence why there are none, and the pages are the last ones there were.
    """

    pages: tuple[Picture, ...]
    why: str
    problems: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]
    choices: tuple[Choice, ...]
    brands: tuple[str, ...]

    @cached_property
    def said(self) -> dict[str, object]:
        """All of it for the browser, with a version that is another for another view."""
        said: dict[str, object] = {
            "pages": [
                {"name": page.name, "width": page.width, "height": page.height}
                for page in self.pages
            ],
            "why": self.why,
            "problems": _rows(self.problems),
            "elsewhere": _rows(self.elsewhere),
            "choices": [vars(choice) for choice in self.choices],
            "brands": self.brands,
        }
        version = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        return {**said, "version": version}


def _rows(problems: Sequence[Problem]) -> list[dict[str, object]]:
    return [{**vars(problem), "why": RULES[problem.code].why} for problem in problems]
