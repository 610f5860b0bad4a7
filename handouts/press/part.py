"""What is laid out as one run of pages, and the key of everything that can change its bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Literal

import handouts
from handouts.model import AnyText, Curriculum, Edition, Prose, walk

Template = Literal["handout", "guide", "form", "cards", "notes", "front", "glance"]

STYLES: dict[Template, tuple[str, ...]] = {
    "handout": ("base", "blocks", "draw"),
    "guide": ("base", "blocks", "draw", "guide"),
    "form": ("base", "blocks", "draw", "form"),
    "cards": ("base", "blocks", "draw", "cards"),
    "notes": ("base", "blocks", "notes"),
    "front": ("base", "front"),
    "glance": ("base", "blocks", "guide", "glance"),
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


@cache
def engine_versions() -> str:
    """Name the versions of everything whose update could change a laid-out byte."""
    packages = ("weasyprint", "pydyf", "markdown", "jinja2", "fonttools", "pikepdf")
    named = [f"{name} {version(name)}" for name in (*packages, "fontpkg-atkinson-hyperlegible")]
    return "; ".join([f"handouts {handouts.__version__}", *named])


def key_of(part: Part, curriculum: Curriculum, theme_digest: str, pictures: dict[str, str]) -> str:
    """Give the SHA-256 of all that can change the bytes of a part.

    ``pictures`` gives the digest of every picture file by the folder and name it has in texts.
    """
    said: list[object] = [
        engine_versions(),
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
        said.extend([text.file, text.digest, _referred(text, curriculum)])
        said.extend(pictures[name] for name in sorted(pictures) if _shows(text, name))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _shows(text: AnyText, picture: str) -> bool:
    folder, _, name = picture.rpartition("/")
    prose = (node.text for node in walk(text.body) if isinstance(node, Prose))
    return text.file.startswith(folder + "/") and any(f"]({name}" in piece for piece in prose)


def _referred(text: AnyText, curriculum: Curriculum) -> list[object]:
    """Everything outside the file that its blocks print."""
    said: list[object] = []
    for block in text.blocks("evidence"):
        for key in block.option("sources") or ():  # type: ignore[attr-defined]
            work = curriculum.sources.get(key)
            said.append(work.model_dump(mode="json") if work else key)
    for block in text.blocks("safety"):
        for name in block.option("lines") or ():  # type: ignore[attr-defined]
            line = curriculum.safety_lines.get(name)
            said.append(line.text if line else name)
    if any(text.blocks("help")):
        said.append([line.model_dump() for line in curriculum.crisis.lines if line.strip])
    return said
