"""Real parts to bind: laid out by the engine, and made by other tools (see data/)."""

from __future__ import annotations

from pathlib import Path

import pytest
from weasyprint import HTML

DATA = Path(__file__).parent / "data"

DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
    "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

WAVE = f"""<h1 id=top>Ride the wave</h1>
<p>Urges pass. See <a href="#end">the end</a>, the <a href="https://example.org/">web</a>,
 or the <a href="part:Card">card</a>.</p>
<ul><li>Notice</li><li>Breathe</li></ul>
<table><tr><th scope=col>Day</th><th scope=col>Urge</th></tr>
<tr><td>Monday</td><td>High</td></tr></table>
<h2 id=end style="break-before: page">The end</h2>
<p lang=es>Hola, <a href="#top">arriba</a></p>
<img alt="A red dot" src="{DOT}">"""

CARD = """<h1 id=top>Skill card</h1><p>Breathe out <a href="#end">slowly</a>.</p>
<table><tr><th scope=col>In</th></tr><tr><td>4</td></tr></table><h2 id=end>Last</h2>"""

PLAN = """<h1>My plan</h1><form>
<p><label>Name <input name=who title="Your name"></label></p>
<p><input type=checkbox name=ready title="I am ready"> Ready</p>
<p><label>Why <textarea name=why title="Why it matters"></textarea></label></p>
</form>"""


def lay_out(body: str, language: str = "en-US", size: str = "letter") -> bytes:
    """Lay out a part: tagged, with fillable fields."""
    return HTML(
        string=f"<html lang={language}><head><title>Part</title>"
        f"<style>@page {{ size: {size}; margin: 3cm 2cm }}</style></head><body>{body}</body></html>"
    ).write_pdf(pdf_variant="pdf/ua-1", pdf_forms=True)


def lay_out_slip(text: str, size: str = "letter", **options: object) -> bytes:
    """Lay out a slip: one page with a line of text at its top left."""
    return HTML(
        string=f"<html lang=en-US><head><title>Slip</title><style>@page {{ size: {size}; margin: "
        f"0 }} body {{ margin: 36pt }} p {{ margin: 0; font: 9pt/12pt serif }}</style></head>"
        f"<body><p>{text}</p></body></html>"
    ).write_pdf(**options)


@pytest.fixture(scope="session")
def wave() -> bytes:
    """Two pages: headings, links, a list, a table with headers, a picture, a Spanish line."""
    return lay_out(WAVE)


@pytest.fixture(scope="session")
def card() -> bytes:
    """One page whose ids and destinations are called as those of the wave."""
    return lay_out(CARD)


@pytest.fixture(scope="session")
def plan() -> bytes:
    """One page with a text field, a checkbox and a text area."""
    return lay_out(PLAN)


@pytest.fixture(scope="session")
def printed() -> bytes:
    """Two pages tagged by chromium from data/chromium.html, linking to the part ``card``."""
    return (DATA / "chromium.pdf").read_bytes()


@pytest.fixture(scope="session")
def typeset() -> bytes:
    """Two pages set by typst from data/typst.typ: PDF/UA-1 with a role map, an id tree, a note."""
    return (DATA / "typst.pdf").read_bytes()


@pytest.fixture(scope="session")
def slip() -> bytes:
    return lay_out_slip("Your Program week 3")
