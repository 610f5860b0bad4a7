"""Kept parts come back whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handouts.model import Size
from handouts.press.shelf import UNUSED, Kept, Shelf

KEY = "ab" + "0" * 62


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / ".shelf")
    shelf.keep(KEY, Kept(b"%PDF-1.7 body", Size(3, 88)))
    return shelf


def stored(shelf: Shelf) -> Path:
    (path,) = shelf.folder.glob("??/*")
    return path


def test_what_is_kept_comes_back(shelf: Shelf) -> None:
    kept = shelf.take(KEY)
    assert kept is not None
    assert kept == Kept(b"%PDF-1.7 body", Size(3, 88))


def test_what_was_never_kept_is_not_there(shelf: Shelf) -> None:
    assert shelf.take("cd" + "0" * 62) is None


@pytest.mark.parametrize("content", [b"", b"x", b"handouts-part 3 " + b"0" * 64 + b"\n%PDF"])
def test_a_damaged_entry_is_as_good_as_none(shelf: Shelf, content: bytes) -> None:
    stored(shelf).write_bytes(content)
    assert shelf.take(KEY) is None


def test_one_flipped_bit_is_damage(shelf: Shelf) -> None:
    content = bytearray(stored(shelf).read_bytes())
    content[-1] ^= 1
    stored(shelf).write_bytes(bytes(content))
    assert shelf.take(KEY) is None


def test_what_nobody_used_for_a_month_is_swept(shelf: Shelf) -> None:
    path = stored(shelf)
    old = path.stat().st_mtime - UNUSED - 60
    os.utime(path, (old, old))
    shelf.sweep()
    assert shelf.take(KEY) is None


def test_taking_keeps_a_part_from_being_swept(shelf: Shelf) -> None:
    path = stored(shelf)
    old = path.stat().st_mtime - UNUSED - 60
    os.utime(path, (old, old))
    shelf.take(KEY)
    shelf.sweep()
    assert shelf.take(KEY) is not None
