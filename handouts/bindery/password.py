"""A password on a finished document."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from handouts.bindery.pages import open_pdf
from handouts.problem import UsageError

LONGEST = 127  # bytes of UTF-8; ISO 32000-2, 7.6.4.3.3: readers cut off the rest


def lock(pdf: bytes, password: str) -> bytes:
    """Encrypt a document with AES-256 (revision 6), its metadata included.

    The same password opens and owns the document: an empty owner password would open it for
    everyone. Printing, filling in and screen readers stay allowed. The salts are random, so two
    calls give different bytes. Raises :class:`UsageError` for a password that is empty or too
    long and :class:`RenderError` for bytes that are no PDF.
    """
    if not password:
        raise UsageError("The password is empty. Choose one of at least one character.")
    if len(password.encode()) > LONGEST:
        raise UsageError(f"The password is too long. Use {LONGEST} letters or fewer.")
    sealed = BytesIO()
    with open_pdf(pdf, "The document to lock") as opened:
        opened.save(
            sealed,
            encryption=pikepdf.Encryption(
                owner=password, user=password, R=6, aes=True, metadata=True
            ),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return sealed.getvalue()
