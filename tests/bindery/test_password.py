"""A password on a finished document."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from handouts.bindery import Piece, lock
from handouts.problem import RenderError, UsageError

from .reading import bound, spoken


@pytest.fixture(scope="module")
def packet(card: bytes) -> bytes:
    return bound(Piece("Card", "Breathing", card))


def test_a_locked_document_opens_with_its_password_and_no_other(packet: bytes) -> None:
    locked = lock(packet, "contraseña 7")
    for wrong in ("", "contraseña", "CONTRASEÑA 7"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(locked), password=wrong)
    with pikepdf.open(BytesIO(locked), password="contraseña 7") as pdf:
        assert pdf.docinfo.Title == "Week 3"
        assert len(pdf.pages) == 1


def test_it_is_locked_with_aes_256_metadata_included(packet: bytes) -> None:
    """No word of the document is left to read in the bytes."""
    locked = lock(packet, "open sesame")
    with pikepdf.open(BytesIO(locked), password="open sesame") as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.bits == 256
        assert pdf.encryption.stream_method.name == "aesv3"
        assert bool(pdf.trailer.Encrypt.get("/EncryptMetadata", True))
    for word in (b"Week 3", b"Your Program", b"Breathing", b"pdfuaid"):
        assert word not in locked


def test_a_screen_reader_may_still_read_it_and_a_person_fill_it_in(packet: bytes) -> None:
    with pikepdf.open(BytesIO(lock(packet, "x")), password="x") as pdf:
        assert pdf.allow.accessibility
        assert pdf.allow.modify_form
        assert pdf.allow.print_highres
        sheet = BytesIO()
        pdf.save(sheet, encryption=False)
    assert spoken(sheet.getvalue()) == spoken(packet)


@pytest.mark.parametrize(
    ("password", "reason"), [("", "password is empty"), ("x" * 128, "too long")]
)
def test_a_password_that_would_not_lock_is_refused(
    packet: bytes, password: str, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        lock(packet, password)


def test_only_a_pdf_can_be_locked() -> None:
    with pytest.raises(RenderError, match="The document to lock is not a PDF"):
        lock(b"hello", "x")
