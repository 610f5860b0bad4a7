"""What the bindery is given: the pieces of one document and the slips of its frame."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """One part as bound into one document.

    ``name`` is what cross references (``part:NAME``) call it and is unique in the document;
    named destinations, ids and clashing field names are told apart by it. ``title`` is the text of
    its bookmark and the title of its structure element. ``pdf`` is the finished part, a tagged
    PDF. Without ``bookmark`` neither the piece nor its own outline is in the document's outline.
    """

    name: str
    title: str
    pdf: bytes
    bookmark: bool = True


@dataclass(frozen=True)
class Binding:
    """One document, ready to bind.

    ``frame`` holds, for each page of the document in order, the slips stamped on it in order. A
    slip is a PDF of one page of artwork; it keeps its size and is centred on the page as the
    reader sees it. Its links, fields and tags are left behind: a frame is never read aloud.
    ``aloud`` names one of the slips and the words that are read for it, once, where it first
    stands. ``language`` is a BCP 47 tag such as ``en-US``.
    """

    pieces: tuple[Piece, ...]
    frame: tuple[tuple[bytes, ...], ...]
    title: str
    author: str
    subject: str
    language: str
    aloud: tuple[bytes, str] | None = None
