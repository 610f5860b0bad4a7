"""Fonts, images and other resources that are the same, kept once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

_LENGTH = re.compile(rb"/Length \d+( \d+ R)?")  # of a stream: said by its bytes, may be a reference
_NOT_RESOURCES = {Name.Page, Name.Pages, Name.StructElem, Name.Annot, Name.Catalog}


class Shared:
    """What is already in the document, by what it holds.

    Parts from one shelf carry the same fonts and pictures, and slips of one run the same fonts.
    Only what is equal to the last byte is merged. Structure elements, pages and annotations are
    never touched, and neither is anything that carries a ``/StructParents`` number of its own:
    numbers differ, so two such objects are never equal.
    """

    def __init__(self) -> None:
        """Start with nothing known."""
        self._first: dict[bytes, Object] = {}
        self._kept: dict[tuple[int, int], Object] = {}
        self._open: set[tuple[int, int]] = set()

    def merge_pages(self, pages: Iterable[pikepdf.Page]) -> None:
        """Merge what pages, and the appearances of their annotations, are drawn with.

        An appearance itself stays its own: a PDF reader may redraw one field's in place.
        """
        for page in pages:
            self.merge_entry(page.obj, "/Resources")
            for annotation in page.obj.get("/Annots", Array()):
                for looks in annotation.get("/AP", Dictionary()).as_dict().values():
                    states = looks.as_dict().values() if isinstance(looks, Dictionary) else [looks]
                    for look in states:
                        self.merge_entry(look, "/Resources")

    def merge_entry(self, holder: Object, key: str) -> None:
        """Point one entry of a dictionary or stream, and all below, at the first equal objects."""
        if key in holder:
            kept = self._settle(holder[key])
            if kept is not None:
                holder[key] = kept

    def merge(self, holder: Object) -> None:
        """Point every reference below a dictionary, stream or array at the first equal object."""
        if isinstance(holder, Array):
            for index, value in enumerate(list(holder)):
                kept = self._settle(value)
                if kept is not None:
                    holder[index] = kept
        elif isinstance(holder, Dictionary | Stream):
            for key in list(holder.keys()):
                self.merge_entry(holder, key)

    def _settle(self, value: object) -> Object | None:
        """Merge what is below a value; give the object to put in its place, if any."""
        if not isinstance(value, Array | Dictionary | Stream):
            return None
        if not value.is_indirect:
            if b" R" in value.unparse():
                self.merge(value)
            return None
        number = value.objgen
        if number not in self._kept:
            if number in self._open or _is_one_of_a_kind(value):
                return None
            self._open.add(number)
            self.merge(value)
            self._open.discard(number)
            self._kept[number] = self._first.setdefault(_digest(value), value)
        kept = self._kept[number]
        return kept if kept.objgen != number else None


def _is_one_of_a_kind(value: Object) -> bool:
    return not isinstance(value, Array) and value.get("/Type") in _NOT_RESOURCES


def _digest(value: Object) -> bytes:
    """Give a short text that is equal for equal objects, those below already merged."""
    if not isinstance(value, Stream):
        return value.unparse(resolved=True)
    head = _LENGTH.sub(b"", value.stream_dict.unparse())
    return hashlib.blake2b(head + b"\0" + value.read_raw_bytes()).digest()
