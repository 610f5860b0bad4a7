"""Names that two pieces may both use, told apart by the piece they come from."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pikepdf import Name, Object, String


def scoped(scope: str, name: Object) -> String:
    """Put a piece's name before the name of one of its destinations or ids: ``3A/end``.

    Such names are bytes to a PDF reader, compared and never shown, so they are joined as bytes.
    A name object (``/end``) gives the same as the string ``end``.
    """
    plain = bytes(name)
    if isinstance(name, Name):
        plain = plain.removeprefix(b"/")
    return String(scope.encode() + b"/" + plain)


def numbered(wish: str) -> Iterator[str]:
    """Give the wished name, then ``wish-2``, ``wish-3`` and so on without end."""
    yield wish
    yield from (f"{wish}-{number}" for number in itertools.count(2))
