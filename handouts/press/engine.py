"""HTML to tagged PDF. The only module that knows WeasyPrint.

The engine reads no file and no address by itself. Whatever a page asks for is looked up by its bare
name: fonts in the package that brings them, pictures in the folders that the caller names. All else
is refused and named.
"""

from __future__ import annotations

import gc
import importlib
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from handouts.deep import roomy
from handouts.garbage import collect_seldom
from handouts.model import Size
from handouts.press.fetcher import BASE, Fetcher
from handouts.press.heard import faults, tell_more
from handouts.press.system import install_command
from handouts.problem import RenderError, SystemLibraryError
from handouts.typeface import FACES, lacking

HOUSE = (
    # The engine's own signs for inner lists are not in our typeface.
    ":where(ul ul, ol ul) { list-style-type: disc } "
    # In forms it sets fields as blocks, which parts them from their labels.
    ":where(input, select, textarea) { display: inline-block }"
)
"""What a style sheet would otherwise have to mend in the engine's own; any rule is stronger."""

END = "end-of-text"
"""The id of the element after the last of a text, in templates that have one."""

PIXELS = 96 / 25.4
"""CSS pixels in a millimetre."""

NO_ALT = 'Image "%s" has no required alt description'
"""What the engine says of an image without words, even of one that is meant to have none."""


@dataclass(frozen=True)
class Layout:
    """What came out: the PDF and its size."""

    pdf: bytes
    size: Size


@dataclass
class _Said(logging.Handler):
    """Keeps what the engine says while it works; as a library it tells nobody else."""

    messages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.WARNING)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        if record.msg != NO_ALT:  # heard.faults() tells a missing text from an empty one
            self.messages.append(record.getMessage())


@cache
def _weasyprint() -> Any:
    """Import the engine; raise SystemLibraryError with the remedy when a library is missing."""
    try:
        with warnings.catch_warnings():
            # Said of a missing library; engine_advice() says it in words of ours.
            warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)
            return importlib.import_module("weasyprint")
    except OSError as error:
        raise SystemLibraryError(
            "Pango, the system library that sets the pages, is missing. "
            f"This command installs it:\n    {install_command()}"
        ) from error


def engine_advice() -> list[str]:
    """Give what would make the engine better on this machine, in words for the screen.

    Imports the engine. Raises SystemLibraryError when it cannot work here at all.
    """
    _weasyprint()
    if importlib.import_module("weasyprint.text.ffi").harfbuzz_subset is not None:
        return []
    return [
        "The library harfbuzz-subset is missing. Pages come out right without it, but more slowly. "
        f"This command installs it:\n    {install_command()}"
    ]


@dataclass(frozen=True)
class _Engine:
    """What is made once in a process: fonts, fetcher, parsed style sheets."""

    fonts: Any
    fetcher: Fetcher
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
    """Start the engine, once in a process."""
    fetcher = Fetcher(_weasyprint().urls)
    fonts = _fonts()
    gc.freeze()
    collect_seldom()
    return _Engine(fonts, fetcher)


def _fonts() -> Any:
    """Make the configuration of fonts, and have its temporary folder removed at the end.

    Left to itself it removes the folder when it is collected: too late at the end of a process, so
    that each run left a folder behind, and in a forked process too early for all others.
    """
    kind = importlib.import_module("weasyprint.text.fonts").FontConfiguration
    fonts = type("Fonts", (kind,), {"__del__": lambda fonts: None})()
    Finalize(None, kind.__del__, args=(fonts,), exitpriority=0)  # helpers do not run atexit's
    return fonts


def warm() -> None:
    """Import the engine, so that processes forked from here need not.

    It is not started: Pango keeps a thread for each set of fonts, for which a process forked
    after that would wait for ever.
    """
    _weasyprint()
    gc.freeze()


def started() -> bool:
    """Tell whether the engine has been started in this process, so that none may be forked."""
    return _engine.cache_info().currsize > 0


@roomy
def lay_out(
    html: str,
    css: str,
    *,
    name: str,
    folders: Sequence[Path] = (),
    icons: Path | None = None,
    tagged: bool = True,
    forms: bool = False,
) -> Layout:
    """Set a page of HTML in a style sheet, with the pictures that lie in ``folders``.

    ``icons`` is the folder of our own, which a page asks for as ``icons/name.svg``.

    With ``forms``, fields can be filled in on the screen. The tags still need
    :func:`handouts.press.tags.mend`.

    Raises RenderError naming the part ``name`` when it asks for anything else, when it holds a
    letter that is not in our typeface or a picture that nobody could hear of, or when the engine
    says anything at all: as a library it only warns of a broken picture or an unknown style, and
    writes a PDF all the same.
    """
    said = _Said()
    loggers = [logging.getLogger(named) for named in ("weasyprint", "fontTools")]
    engine = _engine()
    engine.fetcher.begin(folders, icons)
    for logger in loggers:
        logger.addHandler(said)
    try:
        page = _weasyprint().HTML(string=html, base_url=BASE, url_fetcher=engine.fetcher)
        if tagged and (found := faults(page.etree_element)):
            raise RenderError(f"{_capital(name)} could not be laid out: {'; '.join(found)}.")
        sheets = [engine.sheet(FACES), engine.sheet(HOUSE), engine.sheet(css)]
        document = page.render(stylesheets=sheets, font_config=engine.fonts, pdf_forms=forms)
        size = Size(len(document.pages), _room(document.pages[-1]))
        with _telling_more():
            pdf = document.write_pdf(pdf_variant="pdf/ua-1" if tagged else None)
    except _weasyprint().urls.FatalURLFetchingError:
        raise engine.fetcher.refusal(_capital(name)) from None
    finally:
        for logger in loggers:
            logger.removeHandler(said)
    if engine.fetcher.refused:  # from inside a drawing, where the engine goes on without it
        raise engine.fetcher.refusal(_capital(name))
    _check_letters(document, page.etree_element, said.messages, name)
    if said.messages:
        messages = "; ".join(dict.fromkeys(map(_plain, said.messages)))
        raise RenderError(
            f"{_capital(name)} could not be laid out: {messages}. "
            "Undo the last change to its pictures, its template or its style."
        )
    return Layout(pdf, size)


def _room(page: Any) -> int:
    """Measure what is left of a page below the mark at the end of its text, and take the mark away.

    Left there, the mark would become a destination of the PDF that nothing leads to.
    """
    mark = page.anchors.pop(END, None)
    return int((page.height - mark[1]) / PIXELS) if mark else 0


@contextmanager
def _telling_more() -> Iterator[None]:
    """Let the engine's tags say all that a page says, while it writes one of ours."""
    tags: Any = importlib.import_module("weasyprint.pdf.tags")
    plain = tags._build_box_tree
    tags._build_box_tree = tell_more(plain)
    try:
        yield
    finally:
        tags._build_box_tree = plain


def _plain(message: str) -> str:
    """Give what the engine says of a picture in plain words, and the rest as it is."""
    picture = re.match(
        rf"Failed to (?:load|render)(?: SVG)? image(?: at)? '?{BASE}([^':]*)", message
    )
    if picture is None:
        return message.rstrip(".")
    return f"the picture {picture.group(1)!r} is damaged, or is no picture".replace(" ''", "")


def _check_letters(document: Any, page: Any, messages: Sequence[str], name: str) -> None:
    """Refuse letters that another typeface had to lend: they would look different everywhere."""
    strangers = {font.family for font in document.fonts.values() if font.family != "Atkinson"}
    if strangers or any(message.startswith(".notdef") for message in messages):
        signs = ", ".join(lacking("".join(page.itertext())))
        place = "a style, or text inside a picture, asks for another typeface than Atkinson"
        raise RenderError(
            f"{_capital(name)} holds letters or signs that our typeface lacks: {signs or place}. "
            "Write them another way."
        )


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
