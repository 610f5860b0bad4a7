"""(first cut, to be replaced)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    pdf: bytes
    pages: int


def warm() -> None:
    import weasyprint

    assert weasyprint


def lay_out(
    html: str,
    css: str,
    *,
    name: str,
    folders: tuple[Path, ...] = (),
    tagged: bool = True,
    forms: bool = False,
) -> Layout:
    import fontpkg_atkinson_hyperlegible as f
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    logging.getLogger("weasyprint").addHandler(logging.StreamHandler())
    fc = FontConfiguration()
    css = css.replace("font:", f"file://{Path(f.__file__).parent}/files/")
    base = f"file://{folders[0]}/" if folders else None
    doc = weasyprint.HTML(string=html, base_url=base).render(
        stylesheets=[weasyprint.CSS(string=css, font_config=fc)], font_config=fc
    )
    return Layout(doc.write_pdf(pdf_variant="pdf/ua-1" if tagged else None), len(doc.pages))
