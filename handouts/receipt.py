"""What the last run left in an output folder, so that the next one need not do it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handouts.atomic import write_whole

NAME = ".receipt.json"


def digest_of_inputs(root: Path) -> str:
    """Give the SHA-256 of every file that can change a document: texts, templates, this program."""
    total = hashlib.sha256()
    for folder in ("curriculum", "templates", "handouts"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.relative_to(root).as_posix().encode() + b"\0")
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@dataclass(frozen=True)
class Made:
    """One document as it was written: the key of all that is in it, its pages, size and time."""

    key: str
    pages: int
    size: int
    changed: int

    def still(self, path: Path) -> bool:
        """Tell whether the file is as it was left."""
        try:
            found = path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.changed)


@dataclass(frozen=True)
class Receipt:
    """All documents of an output folder by file name, and what the last whole run was asked for."""

    request: str
    documents: Mapping[str, Made]

    @classmethod
    def read(cls, output: Path) -> Receipt:
        """Read the receipt of a folder; one that is not there or damaged is an empty one."""
        try:
            data = json.loads((output / NAME).read_bytes())
            made = {name: Made(**row) for name, row in data["documents"].items()}
            return cls(str(data["request"]), made)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls("", {})

    def write(self, output: Path) -> None:
        """Leave the receipt in the folder."""
        rows = {name: vars(made) for name, made in sorted(self.documents.items())}
        text = json.dumps({"request": self.request, "documents": rows}, indent=0)
        write_whole(output / NAME, text.encode())
