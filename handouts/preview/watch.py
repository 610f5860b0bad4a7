"""Has anything changed? The digest of all files of some folders, read again only when needed."""

from __future__ import annotations

import hashlib
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SETTLED = 2_000_000_000
"""Nanoseconds after which another change to a file is sure to have another time: clocks of file
systems tick slowly, so that two saves of the same size in one tick look alike until then."""


@dataclass(frozen=True)
class Watch:
    """Folders whose files are looked at again and again."""

    folders: Sequence[Path]
    _known: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)

    def stamp(self, now: int | None = None) -> str:
        """Give the SHA-256 of the names and contents of all files; ``now`` is in nanoseconds."""
        now = time.time_ns() if now is None else now
        found: dict[str, tuple[tuple[int, ...], str]] = {}
        for folder in self.folders:
            for path in folder.rglob("*"):
                entry = self._entry(path, now)
                if entry:
                    found[str(path)] = entry
        self._known.clear()
        self._known.update(found)
        said = "\n".join(f"{name}\0{digest}" for name, (_, digest) in sorted(found.items()))
        return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()

    def _entry(self, path: Path, now: int) -> tuple[tuple[int, ...], str] | None:
        try:
            status = path.stat()
        except OSError:
            return None  # taken away while we looked, or a link that leads nowhere
        if not stat.S_ISREG(status.st_mode):
            return None
        looks = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
        known = self._known.get(str(path))
        settled = max(status.st_mtime_ns, status.st_ctime_ns) < now - SETTLED
        if known and known[0] == looks and settled:
            return known
        try:
            content = path.read_bytes()
        except OSError:
            return looks, "closed"
        return looks, hashlib.sha256(content).hexdigest()
