"""Files to text, without a surprise: size, place and encoding are checked on the way."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from handouts.problem import Problem
from handouts.rules import breach

LARGEST = 1_000_000
"""Bytes; the longest lesson has about 15,000."""


@dataclass(frozen=True)
class Source:
    """One file as it was read: its name from the root, its text and the SHA-256 of the text.

    Line ends do not count, so that a text has the same version mark on every system.
    """

    file: str
    text: str
    digest: str


def read(path: Path, root: Path) -> tuple[Source | None, list[Problem]]:
    """Read a text file below ``root``; what is wrong with it comes back as problems."""
    file = path.relative_to(root).as_posix()
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return None, [breach("ST017", file, 0, "This file is a link that leaves the folder.")]
        if path.stat().st_size > LARGEST:
            size = path.stat().st_size // 1_000_000
            return None, [breach("ST002", file, 0, f"This file has {size} megabytes.")]
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        return None, [breach("ST018", file, 0, f"This file cannot be opened: {reason}.")]
    return decode(content, file)


def decode(content: bytes, file: str) -> tuple[Source | None, list[Problem]]:
    """Turn bytes into text with plain line ends; NUL bytes and wrong encodings are problems."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, [breach("ST001", file, line, "A letter here is not UTF-8.")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, row in enumerate(text.split("\n"), 1):
        if any(ord(sign) < 32 and sign != "\t" for sign in row):
            return None, [breach("ST001", file, number, "This line holds a control character.")]
    return Source(file, text, hashlib.sha256(text.encode()).hexdigest()), []


OUTSIDE = re.compile(
    r"""(?:href|src)\s*=\s*["'](?!\#)([^"']*)|url\(\s*["']?(?!\#)([^"')]*)|<!(ENTITY)"""
)


def outside(picture: Path) -> str:
    """Give the first address outside of itself that an SVG picture names, or nothing.

    Raises OSError when the picture cannot be read.
    """
    if picture.suffix != ".svg":
        return ""
    match = OUTSIDE.search(picture.read_text("utf-8", "replace"))
    return next((group for group in match.groups() if group), "an empty address") if match else ""


def digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
