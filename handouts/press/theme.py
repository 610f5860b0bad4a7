"""Templates and styles, and the digest of all that they can change."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from handouts.model import Edition

ICONS = "icons/"
"""The folder in which pages seem to have their icons; also its name below the theme's."""

PAPERS = {"letter": ("215.9mm", "279.4mm"), "a4": ("210mm", "297mm")}


def around(count: int) -> list[tuple[float, float]]:
    """Give points evenly around a circle of radius 1, clockwise from the top."""
    turns = (2 * math.pi * number / count for number in range(count))
    return [(round(math.sin(turn), 4), round(-math.cos(turn), 4)) for turn in turns]


def sentence(text: str) -> str:
    """Give a text with a full stop at its end, unless it has one, or asks."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


@dataclass(frozen=True)
class Theme:
    """Everything designers edit, except brands."""

    folder: Path

    @cached_property
    def templates(self) -> Environment:
        """The page and block templates; a name that is missing in one is an error."""
        environment = Environment(
            loader=FileSystemLoader(self.folder),
            undefined=StrictUndefined,
            autoescape=select_autoescape(["j2"]),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["icon"] = self.icon
        environment.globals["around"] = around
        environment.filters["sentence"] = sentence
        return environment

    @property
    def icons(self) -> Path:
        """Where our own icons lie."""
        return self.folder / ICONS

    def icon(self, name: str) -> Markup:
        """Give one of our own icons, hidden from screen readers.

        As a picture, not as SVG within the page: the engine reads a picture once for a document.
        """
        return Markup('<img class="icon" src="{}{}.svg" alt="" aria-hidden="true">').format(
            ICONS, name
        )

    def page(self, template: str, **context: object) -> str:
        """Render a page template; raise jinja2.TemplateError when it has a fault."""
        return self.templates.get_template(f"pages/{template}.html.j2").render(**context)

    def styles(self, sheets: Iterable[str], edition: Edition) -> str:
        """Join style sheets for one edition."""
        width, height = PAPERS[edition.paper]
        size, strip = (17, 12) if edition.large else (12, 9.5)
        head = f"@page {{ size: {width} {height} }}\n"
        head += f"html {{ font-size: {size}pt; --sheet: {height}; --strip: {strip}pt }}\n"
        names = [f"styles/{name}.css" for name in sheets]
        return head + "\n".join((self.folder / name).read_text("utf-8") for name in names)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of every template, style and icon."""
        total = hashlib.sha256()
        for name in ("pages", "blocks", "styles", "icons"):
            for path in sorted((self.folder / name).rglob("*")):
                if path.is_file():
                    total.update(path.relative_to(self.folder).as_posix().encode() + b"\0")
                    total.update(hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()
