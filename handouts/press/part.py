"""What is laid out as one run of pages, and the key of everything that can change its bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import handouts
from handouts.model import Curriculum, Edition

Template = Literal["handout", "guide", "form", "cards", "notes", "front", "glance", "letter"]

STYLES: dict[Template, tuple[str, ...]] = {
    "handout": ("base", "blocks", "draw"),
    "guide": ("base", "blocks", "draw", "guide"),
    "form": ("base", "blocks", "draw", "form"),
    "cards": ("base", "blocks", "draw", "cards"),
    "notes": ("base", "blocks", "notes"),
    "front": ("base", "front"),
    "glance": ("base", "blocks", "guide", "glance"),
    "letter": ("base", "front", "letter"),
}


@dataclass(frozen=True)
class Part:
    """The recipe of a run of pages.

    ``codes`` name the texts it is made of. ``facts`` is JSON with whatever else a page shows that
    is not in a text: the theme of a week, the lines of a contents page.
    """

    template: Template
    codes: tuple[str, ...]
    edition: Edition
    title: str
    language: str = "en"
    facts: str = "{}"

    def fact(self, name: str) -> object:
        """Give one of the facts by its name."""
        return json.loads(self.facts)[name]


PRINTERS = ("model.py", "typeface.py", "press", "source", "bindery/pages.py", "bindery/slips.py")
"""Our own modules that a laid-out byte depends on, in the package's folder."""


@cache
def makers() -> str:
    """Name everything whose change could change a laid-out byte: packages, and modules of ours."""
    packages = ("weasyprint", "pydyf", "markdown", "jinja2", "fonttools", "pikepdf")
    named = [f"{name} {version(name)}" for name in (*packages, "fontpkg-atkinson-hyperlegible")]
    return "; ".join([f"handouts {code_of(PRINTERS)}", *named])


@cache
def code_of(names: tuple[str, ...]) -> str:
    """Give the SHA-256 of modules and folders of modules in our package."""
    total = hashlib.sha256()
    for name in names:
        path = Path(handouts.__file__).parent / name
        for module in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            total.update(module.read_bytes())
    return total.hexdigest()


def key_of(part: Part, curriculum: Curriculum, theme_digest: str) -> str:
    """Give the SHA-256 of all that can change the bytes of a part."""
    said: list[object] = [
        makers(),
        theme_digest,
        part.template,
        part.edition.name,
        part.title,
        part.language,
        part.facts,
    ]
    for code in part.codes:
        text = curriculum.text(code)
        assert text is not None, code
        said.extend([text.file, curriculum.digest(text)])
        if any(text.blocks("help")):
            said.append([line.model_dump() for line in curriculum.crisis.lines if line.strip])
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
