"""Kept parts: what was laid out once is taken from here as long as nothing about it changes.

An entry is one file: a line with the number of pages, the room on the last and the SHA-256 of the
rest, then the PDF. An entry that does not match its line is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from handouts.atomic import write_whole
from handouts.model import Size

LINE = re.compile(rb"handouts-part (\d{1,6}) (\d{1,6}) ([0-9a-f]{64})\n")
DAY = 24 * 3600
UNUSED = 30 * DAY
"""Seconds after which a part that nothing asked for is swept away."""


@dataclass(frozen=True)
class Kept:
    """A finished part and its size."""

    pdf: bytes
    size: Size


@dataclass(frozen=True)
class Shelf:
    """A folder of finished parts, each under the digest of all that can change it."""

    folder: Path

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def take(self, key: str) -> Kept | None:
        """Give what is kept under a key; None when it is not there or damaged."""
        path = self._path(key)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        self._use(path)
        match = LINE.match(content)
        pdf = content[match.end() :] if match else b""
        if match is None or hashlib.sha256(pdf).hexdigest().encode() != match.group(3):
            return None
        return Kept(pdf, Size(int(match.group(1)), int(match.group(2))))

    def _use(self, path: Path) -> None:
        """Mark an entry as used, once a day at most, so that the next sweep leaves it."""
        with contextlib.suppress(FileNotFoundError):  # swept by another run in this moment
            if time.time() - path.stat().st_mtime > DAY:
                os.utime(path)

    def has(self, key: str) -> bool:
        """Tell whether something sound is kept under a key."""
        return self.take(key) is not None

    def keep(self, key: str, kept: Kept) -> None:
        """Keep a finished part. Nothing that holds a person's words may come here."""
        digest = hashlib.sha256(kept.pdf).hexdigest()
        line = f"handouts-part {kept.size.pages} {kept.size.room} {digest}\n".encode()
        write_whole(self._path(key), line + kept.pdf, lasting=False)

    def sweep(self) -> None:
        """Take away what nothing has asked for in a month."""
        oldest = time.time() - UNUSED
        for path in self.folder.glob("??/*"):
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
            except FileNotFoundError:
                continue  # another run swept it
