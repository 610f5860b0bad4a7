"""Opening PDFs that are handed in as bytes."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from handouts.problem import RenderError


def open_pdf(pdf: bytes, what: str) -> pikepdf.Pdf:
    """Open a PDF of at least one page.

    ``what`` names the PDF in the message of the :class:`RenderError` raised when the bytes are
    no PDF, are damaged, or need a password. Nothing is guessed or repaired: a part that has to be
    repaired may have lost a page.
    """
    try:
        opened = pikepdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True)
        pages = len(opened.pages)
    except pikepdf.PasswordError as error:
        raise RenderError(f"{what} is locked with a password. Use the unlocked file.") from error
    except (pikepdf.PdfError, RuntimeError) as error:
        raise RenderError(f"{what} is not a PDF that can be read. Render it again.") from error
    if not pages:
        raise RenderError(f"{what} has no pages. Render it again.")
    return opened


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF; raises :class:`RenderError` when it can't be read."""
    with open_pdf(pdf, "A part") as opened:
        return len(opened.pages)


def split(run: bytes) -> tuple[bytes, ...]:
    """Give each page of a run of slips, laid out at once, as a PDF of its own.

    Such slips carry the same fonts to the last byte, so a document that binds many of them holds
    each font once; slips written one by one carry fonts cut to what each needs. Only artwork is
    kept: no tags, links or fields. Raises :class:`RenderError` when the run can't be read.
    """
    slips = []
    with open_pdf(run, "A run of slips") as opened:
        for page in opened.pages:
            for key in ("/Annots", "/StructParents"):
                if key in page.obj:
                    del page.obj[key]
            with pikepdf.new() as slip:
                slip.pages.append(page)
                sheet = BytesIO()
                slip.save(
                    sheet,
                    object_stream_mode=pikepdf.ObjectStreamMode.generate,
                    deterministic_id=True,
                )
            slips.append(sheet.getvalue())
    return tuple(slips)
