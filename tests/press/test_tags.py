"""What a screen reader finds in a part: all of its words in order, and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from handouts.press.engine import lay_out
from handouts.press.tags import mend
from tests.reading import checkers_complaints, elements, spoken, squeezed

STYLE = """
@page { size: letter; margin: 20mm }
body { counter-reset: part } table { border-collapse: collapse } td, th { border: 1px solid }
.square { display: inline-block; width: 4mm; height: 4mm; border: 1px solid }
.bare, .steps { list-style: none; padding: 0 } .steps { counter-reset: step }
.steps > li { counter-increment: step; position: relative; padding-left: 9mm }
.steps > li::before { content: counter(step); position: absolute; left: 0 }
.box { border: 1px solid; background: #eee; padding: 2mm; border-radius: 2mm }
.art { position: relative; height: 20mm } .art p { position: absolute; left: 50mm; top: 0 }
.flex { display: flex } .grid { display: grid; grid-template-columns: 1fr 1fr }
.columns { columns: 2 } .rule { height: 8mm; border-bottom: 1px solid }
.blank { display: inline-block; width: 20mm; border-bottom: 1px solid }
.note::before { content: "Note: " }
.counted::before { counter-increment: part; content: counter(part) ". " }
"""

ICON = '<svg aria-hidden="true" width="9" height="9" viewBox="0 0 9 9"><circle r="3"/></svg>'
TITLED = '<svg width="9" height="9"><title>A wave</title><circle r="3"/></svg>'
LABELLED = '<svg aria-label="A hill" width="9" height="9"><circle r="3"/></svg>'
LONG = "Waves rise and fall, and nobody has to do what they say. " * 70
DAYS = [f"Day {number}" for number in range(1, 61)]

SINK = [
    (f"<h1>{ICON}Waves</h1>", "Waves"),
    ("<p>Plain, <strong>strong</strong> and <em>slanted</em>.</p>", "Plain, strong and slanted."),
    ("<div>Bare <b>text</b> in a box</div>", "Bare text in a box"),
    ('<p>See <a href="https://example.org/">a <b>site</b></a>.</p>', "See a site."),
    ('<p>Go to <a href="#end">the end</a>.</p>', "Go to the end."),
    ('<h2 class="counted">Lists</h2>', "1. Lists"),
    (
        "<ul><li>One</li><li>Two<ul><li>Inner</li></ul>and more</li><li><p>Three</p></li></ul>",
        "• One • Two • Inner and more • Three",
    ),
    ("<ol><li>First</li><li>Second</li></ol>", "1. First 2. Second"),
    ('<ol class="steps"><li>Stop</li><li><b>Wait</b> a bit</li></ol>', "1 Stop 2 Wait a bit"),
    ('<ul class="bare"><li><span class="square"></span> Tick</li></ul>', "Tick"),
    ('<ul class="bare columns"><li>Left</li><li>Right</li></ul>', "Left Right"),
    (
        "<table><caption>My week</caption><thead><tr><th>Day</th><th>Urge</th><th>Did</th></tr>"
        '</thead><tbody><tr><th scope="row">Monday</th><td>3</td><td></td></tr>'
        "<tr><th>Tuesday</th><td></td><td></td></tr>"
        "<tr><th>Friday</th><td></td><td>Walk</td></tr></tbody></table>",
        "My week Day Urge Did Monday 3 Tuesday Friday Walk",
    ),
    ("<h3>Pictures</h3>", "Pictures"),
    (
        '<figure><img src="dot.svg" alt="A dot"><figcaption>One dot</figcaption></figure>',
        "One dot",
    ),
    ('<p><img src="dot.svg" alt="">Beside it</p>', "Beside it"),
    (f"<p>{TITLED}{LABELLED}</p>", ""),
    (f'<div class="art">{ICON}<p>Over the art</p></div>', "Over the art"),
    ('<p aria-hidden="true">Ornament</p>', ""),
    ("<blockquote>Someone said this.</blockquote>", "Someone said this."),
    ('<section class="box"><h3>Inside</h3>Bare<p>Set</p></section>', "Inside Bare Set"),
    ('<aside class="box"><h3>Beside</h3><p>Aside</p></aside>', "Beside Aside"),
    ('<div class="flex"><div>a</div><p>b</p></div>', "a b"),
    ('<div class="grid"><p>c</p><p>d</p><div>e</div></div>', "c d e"),
    ('<p class="note">Rest</p>', "Note: Rest"),
    ('<div class="rule"></div><p class="rule"></p><div><span></span></div>', ""),
    ('<p>Before <span class="blank"></span> after</p>', "Before after"),
    ('<p lang="es">Hola, amiga</p>', "Hola, amiga"),
    ('<p>She said <span lang="es">adiós</span> then</p>', "She said adiós then"),
    (f"<p>{LONG}</p>", LONG),
    ("<ul class=bare>" + "".join(f"<li>{day}</li>" for day in DAYS) + "</ul>", " ".join(DAYS)),
    ('<p id="end">½ m², “café” …</p>', "½ m², “café” …"),
]
"""Everything that pages are made of, and what is to be heard of it."""

FORM = """<h1>My plan</h1><form>
<p><label for="who">My name</label> <input id="who" name="who"></p>
<p><label for="why">Why it matters</label></p><p><textarea id="why" name="why"></textarea></p>
<p><label><input type="checkbox" name="slept"> I slept</label></p>
<p><label><input type="radio" name="again" value="1"> Yes</label>
<label><input type="radio" name="again" value="2"> No</label></p>
<p><input name="other" title="Something else"></p></form>"""


def part(body: str, style: str = STYLE, folder: Path | None = None, forms: bool = False) -> bytes:
    """Lay a body out as a part with its tags mended."""
    html = f"<html lang=en-US><title>All about waves</title><body>{body}</body></html>"
    folders = [folder] if folder else []
    return mend(lay_out(html, style, name="x", folders=folders, forms=forms).pdf)


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part with one of each thing."""
    folder = tmp_path_factory.mktemp("tags")
    folder.joinpath("dot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="3"/></svg>'
    )
    path = folder / "sink.pdf"
    path.write_bytes(part("".join(html for html, _ in SINK), folder=folder))
    return path


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part with fields to fill in on the screen."""
    path = tmp_path_factory.mktemp("tags") / "form.pdf"
    path.write_bytes(part(FORM, forms=True))
    return path


def tree(pdf: bytes | Path) -> Iterator[tuple[str, pikepdf.Object]]:
    """The path from the root of every element, as ``Document/L/LI``, and the element."""

    def below(element: pikepdf.Object, path: str) -> Iterator[tuple[str, pikepdf.Object]]:
        for kid in element.get("/K", ()):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                here = f"{path}/{str(kid.S)[1:]}".lstrip("/")
                yield here, kid
                yield from below(kid, here)

    with pikepdf.open(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf) as opened:
        yield from below(opened.Root.StructTreeRoot, "")


def kinds(body: str, style: str = "") -> list[str]:
    """The kinds of the elements that a body becomes, each with those above it."""
    paths = [path.removeprefix("Document/") for path, _ in tree(part(body, style))]
    return paths[1:]


def test_the_tags_read_all_words_in_order(sink: Path) -> None:
    said = squeezed("".join(spoken(sink)))
    assert said == squeezed("".join(words for _, words in SINK))


def test_pictures_are_named_and_ornaments_left_out(sink: Path) -> None:
    figures = [alt for kind, alt in elements(sink) if kind == "Figure"]
    assert figures == ["A dot", "A wave", "A hill"]


def test_all_content_is_either_in_the_tree_or_an_artifact(sink: Path) -> None:
    """And the table that leads from content to its element agrees with the tree."""
    with pikepdf.open(sink) as opened:
        numbers = opened.Root.StructTreeRoot.ParentTree.Nums
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for page in opened.pages:
            runs = [
                instruction.operands[1].MCID if operator == "BDC" else "Artifact"
                for instruction in pikepdf.parse_content_stream(page)
                if (operator := str(instruction.operator)) in ("BDC", "BMC")
            ]
            marks = [int(run) for run in runs if run != "Artifact"]
            owning = owners[int(page.obj.StructParents)]
            for mark in marks:
                assert mark in [kid for kid in owning[mark].K if isinstance(kid, int)]
                assert owning[mark].Pg.objgen == page.obj.objgen
            assert len(marks) == sum(owner is not None for owner in owning)


def test_nothing_is_left_of_lines_and_boxes(sink: Path) -> None:
    """Ruled lines and squares say nothing; bold words and lines are no elements of their own."""
    for path, element in tree(sink):
        kind = path.rsplit("/", 1)[-1]
        assert "/K" in element or kind == "TD", path
        assert kind != "NonStruct"
        assert kind != "Span" or "/Lang" in element


def test_text_is_always_in_a_paragraph_or_the_like(sink: Path) -> None:
    holders = {"P", "H1", "H2", "H3", "Lbl", "LBody", "TH", "TD", "Caption", "Figure", "Link"}
    for path, element in tree(sink):
        if any(isinstance(kid, int) for kid in element.get("/K", ())):
            assert path.rsplit("/", 1)[-1] in holders | {"Span"}, path


def test_every_table_head_says_what_it_heads(sink: Path) -> None:
    heads = [str(element.A.Scope) for path, element in tree(sink) if path.endswith("/TH")]
    assert heads == ["/Column"] * 3 + ["/Row"] * 3


def test_a_table_without_a_head_part_has_heads_too() -> None:
    body = "<table><tr><th>A</th><th>B</th></tr><tr><th>C</th><td>1</td></tr></table>"
    heads = [str(element.A.Scope) for path, element in tree(part(body)) if path.endswith("/TH")]
    assert heads == ["/Column", "/Column", "/Row"]


def test_an_item_has_its_sign_and_one_body() -> None:
    assert kinds("<ul><li>One</li></ul>") == ["L", "L/LI", "L/LI/Lbl", "L/LI/LBody"]
    assert kinds("<ul><li><p>One</p></li></ul>")[-1] == "L/LI/LBody/P"
    assert kinds("<ul><li>One</li></ul>", "ul { list-style: none }") == ["L", "L/LI", "L/LI/LBody"]


def test_a_number_that_a_style_sheet_writes_is_the_sign_of_its_item(sink: Path) -> None:
    steps = [path for path, _ in tree(part('<ol class="steps"><li>Stop</li></ol>'))]
    assert steps[-2:] == ["Document/L/LI/Lbl", "Document/L/LI/LBody"]


def test_a_list_in_a_list_is_in_its_item_where_it_stood() -> None:
    found = kinds("<ol><li>a<ol><li>b</li></ol>c</li></ol>")
    body = "L/LI/LBody"
    inner = [f"{body}/L", f"{body}/L/LI", f"{body}/L/LI/Lbl", f"{body}/L/LI/LBody"]
    assert found[3:] == [body, f"{body}/P", *inner, f"{body}/P"]


def test_a_list_in_columns_is_one_list() -> None:
    found = kinds("<ul><li>a</li><li>b</li></ul>", "ul { columns: 2; list-style: none }")
    assert found == ["L", *["L/LI", "L/LI/LBody"] * 2]


def test_a_list_says_how_it_is_numbered(sink: Path) -> None:
    said = [
        str(element.A.ListNumbering) if "/A" in element else None
        for path, element in tree(sink)
        if path.endswith("/L")
    ]
    assert said[:6] == ["/Disc", "/Disc", "/Decimal", "/Decimal", None, None]


def test_a_passage_in_another_language_says_so(sink: Path) -> None:
    said = [(path, str(element.Lang)) for path, element in tree(sink) if "/Lang" in element]
    assert said == [("Document/P", "es"), ("Document/P/Span", "es")]


def test_a_figure_says_where_it_lies() -> None:
    """In points from the lower left corner: here an inch from the left, two from the top."""
    style = "@page { size: letter; margin: 2in 1in } body { margin: 0 } svg { display: block }"
    body = '<svg width="96" height="48"><title>A wave</title><rect width="9" height="9"/></svg>'
    (figure,) = [element.A.BBox for path, element in tree(part(body, style)) if "Figure" in path]
    assert [float(edge) for edge in figure] == [72, 792 - 144 - 36, 72 + 72, 792 - 144]


def test_links_are_printed_with_their_page(sink: Path) -> None:
    with pikepdf.open(sink) as opened:
        links = [link for page in opened.pages for link in page.obj.get("/Annots", ())]
        assert links
        assert all(int(link.F) & 4 for link in links)


def test_fields_are_named_and_stand_in_the_text(form: Path) -> None:
    names = ["My name", "Why it matters", "I slept", "Yes", "No", "Something else"]
    with pikepdf.open(form) as opened:
        fields = opened.pages[0].obj.Annots
        assert [str(field.TU) for field in fields] == names
        assert opened.pages[0].obj.Tabs == "/S"
    order = [path.rsplit("/", 1)[-1] for path, _ in tree(form)]
    assert order.count("Form") == len(names)
    assert squeezed("".join(spoken(form))) == squeezed(
        "My plan My name Why it matters I slept Yes No"
    )


def test_whatever_is_typed_into_a_field_can_be_read_out(form: Path) -> None:
    """The font of the fields maps every letter it has to text, not only those on the page."""
    with pikepdf.open(form) as opened:
        maps = [
            font.ToUnicode.read_bytes()
            for font in opened.Root.AcroForm.DR.Font.as_dict().values()
            if b"<0041>" in font.ToUnicode.read_bytes()
        ]
    needed = {f"{ord(letter):04x}".encode() for letter in "QXZ~€ñ¿"}
    assert any(needed <= set(re.findall(rb"> <([0-9a-f]{4})>", found)) for found in maps)


def test_the_checkers_find_no_error(sink: Path, form: Path) -> None:
    assert checkers_complaints([sink, form]) == ""


def test_the_same_part_gives_the_same_bytes() -> None:
    html = "<html lang=en><title>x</title><body><h1>Same</h1><ul><li>a</li></ul></body></html>"
    pdf = lay_out(html, "", name="x").pdf
    assert mend(pdf) == mend(pdf)
