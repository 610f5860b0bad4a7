"""HTML to tagged PDF. The only module that knows WeasyPrint.

The engine reads no file and no address by itself. Whatever a page asks for is looked up by its bare
name: fonts in the package that brings them, pictures in the folders that the caller names. All else
is refused and named.
"""

from __future__ import annotations

import gc
import importlib
import logging
import mimetypes
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from handouts.problem import RenderError, SystemLibraryError

BASE = "https://page.invalid/"
"""The address that pages seem to have. ``.invalid`` exists nowhere, so nothing can leak to it."""

FONTS = "fonts/"

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
"""The one typeface, made for readers with low vision."""

INSTALL = {
    "linux": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    "    (on Fedora: sudo dnf install pango harfbuzz)",
    "darwin": "brew install pango",
    "win32": "install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango",
}


@dataclass(frozen=True)
class Layout:
    """What came out: the PDF and its number of pages."""

    pdf: bytes
    pages: int


@dataclass
class _Said(logging.Handler):
    """Keeps what the engine says while it works; as a library it tells nobody else."""

    messages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.messages.append(record.getMessage())


@cache
def font_folder() -> Path:
    """Give the folder of the one typeface that pages are set in."""
    package = importlib.import_module("fontpkg_atkinson_hyperlegible")
    return Path(str(package.__file__)).parent / "files"


@cache
def _weasyprint() -> Any:
    """Import the engine; raise SystemLibraryError with the remedy when a library is missing."""
    try:
        return importlib.import_module("weasyprint")
    except OSError as error:
        command = INSTALL.get(sys.platform, INSTALL["linux"])
        raise SystemLibraryError(
            "A library that sets the pages, Pango, is missing. This installs it:\n    " + command
        ) from error


class _Fetcher:
    """Answers what a page asks for, out of a few folders, by bare name."""

    def __init__(self) -> None:
        self.folders: Sequence[Path] = ()

    def fetch(self, url: str, headers: object = None) -> object:
        """Give what lies at an address, or end the layout with the address that was refused."""
        urls = _weasyprint().urls
        found = self._find(url)
        if found is None:
            raise urls.FatalURLFetchingError(url)
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return urls.URLFetcherResponse(url, found.read_bytes(), {"Content-Type": kind})

    __call__ = fetch

    def _find(self, url: str) -> Path | None:
        if not url.startswith(BASE):
            return None
        name = unquote(url.removeprefix(BASE))
        folders = self.folders
        if name.startswith(FONTS):
            name, folders = name.removeprefix(FONTS), (font_folder(),)
        if not re.fullmatch(r"\w[\w.-]*", name):
            return None
        for folder in folders:
            path = folder / name
            # A link could lead out of the folder: what counts is where the file really lies.
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                return path
        return None


@dataclass(frozen=True)
class _Engine:
    """What is made once in a process: fonts, fetcher, parsed style sheets."""

    fonts: Any
    fetcher: _Fetcher = field(default_factory=_Fetcher)
    sheets: dict[str, Any] = field(default_factory=dict)

    def sheet(self, css: str) -> Any:
        """Give a style sheet, parsed once."""
        if css not in self.sheets:
            self.sheets[css] = _weasyprint().CSS(
                string=css, base_url=BASE, url_fetcher=self.fetcher, font_config=self.fonts
            )
        return self.sheets[css]


@cache
def _engine() -> _Engine:
    """Start the engine, once in a process.

    A layout makes some hundred thousand small objects and drops them all at once: looking through
    them again and again for cycles took 15-18% of the time.
    """
    _weasyprint()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    return _Engine(importlib.import_module("weasyprint.text.fonts").FontConfiguration())


def warm() -> None:
    """Import the engine and set one line, so that processes forked from here need not."""
    lay_out("<html lang=en><title>x</title><p>x</p></html>", "", name="a first line")


def lay_out(
    html: str, css: str, *, name: str, folders: Sequence[Path] = (), tagged: bool = True
) -> Layout:
    """Set a page of HTML in a style sheet, with the pictures that lie in ``folders``.

    Raises RenderError naming the part ``name`` when it asks for anything else, when a letter is
    not in our typeface, or when the engine says anything at all: as a library it only warns of a
    missing picture or an unknown style, and writes a PDF all the same.
    """
    said = _Said()
    loggers = [logging.getLogger(named) for named in ("weasyprint", "fontTools")]
    engine = _engine()
    engine.fetcher.folders = folders
    for logger in loggers:
        logger.addHandler(said)
    try:
        page = _weasyprint().HTML(string=html, base_url=BASE, url_fetcher=engine.fetcher)
        sheets = [engine.sheet(FACES), engine.sheet(css)]
        document = page.render(stylesheets=sheets, font_config=engine.fonts)
        pdf = document.write_pdf(pdf_variant="pdf/ua-1" if tagged else None)
        _check_fonts(document, name)
    except _weasyprint().urls.FatalURLFetchingError as refused:
        address = str(refused).removeprefix(BASE)
        raise RenderError(
            f"{_capital(name)} asks for {address!r}. A page may use only pictures that lie beside "
            "its text, named without any folder."
        ) from refused
    finally:
        for logger in loggers:
            logger.removeHandler(said)
    if said.messages:
        raise RenderError(f"{_capital(name)} could not be laid out: {'; '.join(said.messages)}")
    return Layout(pdf, len(document.pages))


def _check_fonts(document: Any, name: str) -> None:
    """Refuse letters that another typeface had to lend: they would look different everywhere."""
    strangers = {font.family for font in document.fonts.values() if font.family != "Atkinson"}
    if strangers:
        raise RenderError(
            f"{_capital(name)} holds letters or signs that our typeface lacks; they came from "
            f"{', '.join(sorted(strangers))}. Write them another way."
        )


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
