"""What a screen reader finds in a part."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from handouts.press.engine import lay_out
from handouts.press.tags import mend
from tests.reading import checkers_complaints, elements, spoken, squeezed

ICON = '<svg aria-hidden="true" width="9" height="9" viewBox="0 0 9 9"><circle r="3"/></svg>'
DRAWING = '<svg role="img" width="9" height="9"><title>A wave</title><circle r="3"/></svg>'
BODY = f"""<h1>{ICON}Title</h1><p>First <b>bold</b>.</p>
<div class="rule" style="height: 8mm; border-bottom: 1px solid"></div>
<ul><li>One</li><li>Two <span class="square"></span></li></ul>
<table><thead><tr><th scope="col">Day</th><th>Urge</th></tr></thead>
<tbody><tr><th scope="row">Monday</th><td></td></tr><tr><th>Tuesday</th><td>7</td></tr>
<tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>
{DRAWING}<p>Last <span style="display: inline-block; width: 20mm"></span> word.</p>"""


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part with one of each thing, mended."""
    html = f"<html lang=en-US><title>Part</title><body>{BODY}</body></html>"
    path = tmp_path_factory.mktemp("tags") / "part.pdf"
    path.write_bytes(mend(lay_out(html, "", name="x").pdf))
    return path


def test_the_tags_read_the_text_in_order(part: Path) -> None:
    said = squeezed("".join(spoken(part))).replace("\u2022", "")
    assert said == squeezed(
        "Title First bold. One Two Day Urge Monday Tuesday 7 1 2 3 4 Last word."
    )


def test_a_drawing_is_named_and_an_icon_is_left_out(part: Path) -> None:
    figures = [alt for kind, alt in elements(part) if kind == "Figure"]
    assert figures == ["A wave"]


def test_every_table_head_says_what_it_heads(part: Path) -> None:
    with pikepdf.open(part) as opened:
        scopes = []
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TH":
                rows = thing.A if isinstance(thing.A, pikepdf.Array) else [thing.A]
                scopes += [str(row.Scope) for row in rows if "/Scope" in row]
    assert sorted(scopes) == ["/Column", "/Column", "/Row", "/Row"]


def test_ruled_lines_and_boxes_are_not_read_as_empty_text(part: Path) -> None:
    with pikepdf.open(part) as opened:
        hollow = [
            str(thing.S)
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary)
            and "/S" in thing
            and "/P" in thing
            and "/K" not in thing
            and thing.S != "/TD"
        ]
    assert hollow == []


def test_the_checkers_find_no_error(part: Path) -> None:
    assert checkers_complaints([part]) == ""


def test_mending_twice_changes_nothing(part: Path) -> None:
    once = part.read_bytes()
    with pikepdf.open(io.BytesIO(mend(once))) as twice, pikepdf.open(part) as first:
        assert len(twice.objects) == len(first.objects)
