"""A PDF to pictures of its pages. The only module that knows PDFium."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import pypdfium2

SCALE = 120 / 72
"""Dots for each point: enough to read the page at its own size on a fine screen."""


@dataclass(frozen=True)
class Picture:
    """A page as a PNG, with its size in dots; the name is a digest of the bytes."""

    name: str
    png: bytes
    width: int
    height: int


def pictures(pdf: bytes) -> tuple[Picture, ...]:
    """Draw every page. PDFium works for one thread at a time: the caller sees to that."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_drawn(page) for page in document)
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage) -> Picture:
    image = page.render(scale=SCALE).to_pil()
    stream = io.BytesIO()
    image.save(stream, "png", compress_level=1)
    png = stream.getvalue()
    return Picture(hashlib.sha256(png).hexdigest()[:32], png, image.width, image.height)
