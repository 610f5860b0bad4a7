"""The one typeface, made for readers with low vision: where it lies and which characters it has."""

from __future__ import annotations

import importlib
import unicodedata
from functools import cache
from pathlib import Path

FONTS = "fonts/"
"""The folder in which pages seem to have their fonts."""

FACES = "html { font-family: Atkinson }" + "".join(
    f"@font-face {{ font-family: Atkinson; font-weight: {weight}; font-style: {style}; "
    f'src: url("{FONTS}AtkinsonHyperlegible-{file}.ttf") }}'
    for file, weight, style in (
        ("Regular", "normal", "normal"),
        ("Bold", "bold", "normal"),
        ("Italic", "normal", "italic"),
        ("BoldItalic", "bold", "italic"),
    )
)

CONTROLS = frozenset(range(32))


@cache
def font_folder() -> Path:
    """Give the folder of the font files."""
    package = importlib.import_module("fontpkg_atkinson_hyperlegible")
    return Path(str(package.__file__)).parent / "files"


@cache
def _characters() -> frozenset[int]:
    """Every code point that the typeface has a glyph for; all four styles have the same."""
    # fontTools takes 30 ms to import, and only a page with a fault needs it.
    ttlib = importlib.import_module("fontTools.ttLib")
    with ttlib.TTFont(font_folder() / "AtkinsonHyperlegible-Regular.ttf") as font:
        return frozenset(font.getBestCmap())


def lacking(text: str) -> list[str]:
    """Give the characters of a text that the typeface lacks, each once, with its name."""
    found = [
        letter for letter in dict.fromkeys(text) if ord(letter) not in _characters() | CONTROLS
    ]
    return [f"{letter} ({unicodedata.name(letter, 'no letter').lower()})" for letter in found]
