"""What a page may read: files of a few folders, by bare name. All else is refused and named."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from handouts.press.theme import ICONS
from handouts.problem import RenderError
from handouts.typeface import FONTS, font_folder

BASE = "https://page.invalid/"
"""The address that pages seem to have. ``.invalid`` exists nowhere, so nothing can leak to it."""

NAME = re.compile(r"\w[\w.-]*")
"""What the bare name of a file looks like."""


class Fetcher:
    """Answers what a page asks for; ``urls`` is the engine's module of answers and errors."""

    def __init__(self, urls: Any) -> None:
        self._urls = urls
        self.begin(())

    def begin(self, folders: Sequence[Path], icons: Path | None = None) -> None:
        """Begin a layout that may read the files of these folders, and our own icons."""
        self._folders = folders
        self._own = {FONTS: font_folder()} | ({ICONS: icons} if icons else {})
        self.refused: list[str] = []

    def __call__(self, url: str, headers: object = None) -> object:
        """Give what lies at an address, or end the layout and keep the address."""
        found = self._find(url)
        if found is None:
            self.refused.append(url.removeprefix(BASE))
            raise self._urls.FatalURLFetchingError(url)
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return self._urls.URLFetcherResponse(url, found.read_bytes(), {"Content-Type": kind})

    def refusal(self, name: str) -> RenderError:
        """Give the error that says what the part ``name`` may not read."""
        address = self.refused[0]
        if NAME.fullmatch(address):
            reason = "No such picture lies beside its text: put it there, or mend the name."
        else:
            reason = (
                "A page may use only pictures that lie beside its text, named without any folder."
            )
        return RenderError(f"{name} asks for {address!r}. {reason}")

    def _find(self, url: str) -> Path | None:
        if not url.startswith(BASE):
            return None
        name = unquote(url.removeprefix(BASE))
        folders = self._folders
        for prefix, folder in self._own.items():
            if name.startswith(prefix):
                name, folders = name.removeprefix(prefix), (folder,)
        if not NAME.fullmatch(name):
            return None
        for folder in folders:
            path = folder / name
            # A link could lead out of the folder: what counts is where the file really lies.
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                return path
        return None
