"""Structure trees joined: what is read, and from where."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.bindery import Piece
from handouts.problem import RenderError

from .conftest import CARD, lay_out
from .reading import (
    bound,
    changed,
    elements,
    kids,
    marked,
    opened,
    parent_tree,
    sections,
    spoken,
    tag_lines,
)


@pytest.fixture(scope="module")
def packet(wave: bytes, card: bytes, plan: bytes, printed: bytes, typeset: bytes) -> bytes:
    """One of everything, the wave twice."""
    return bound(
        Piece("3A", "Ride the wave", wave),
        Piece("Card", "Skill card", card),
        Piece("P", "My plan", plan),
        Piece("card", "Printed elsewhere", printed),
        Piece("T", "Typeset elsewhere", typeset),
        Piece("3B", "The wave again", wave),
    )


def test_text_through_the_tags_is_that_of_the_pieces_in_order(
    packet: bytes, wave: bytes, card: bytes, plan: bytes, printed: bytes, typeset: bytes
) -> None:
    """Read by poppler, as each piece is read alone; four say `Urges pass`."""
    texts = [text for pdf in (wave, card, plan, printed, typeset, wave) for text in spoken(pdf)]
    assert spoken(packet) == texts
    assert sum("Urges pass" in text for text in texts) == 4


def test_each_piece_is_a_titled_sect_below_one_document(packet: bytes) -> None:
    tops = [line for line in tag_lines(packet) if not line.startswith("   ")]
    assert tops == [
        "Document",
        '  Sect "Ride the wave"',
        '  Sect "Skill card"',
        '  Sect "My plan"',
        '  Sect "Printed elsewhere"',
        '  Sect "Typeset elsewhere"',
        '  Sect "The wave again"',
    ]


def test_every_element_knows_its_parent(packet: bytes) -> None:
    with opened(packet) as pdf:
        for element in elements(pdf):
            for kid in kids(element):
                if isinstance(kid, Dictionary) and "/S" in kid:
                    assert kid.P.objgen == element.objgen


def test_all_marked_content_leads_back_to_the_element_that_holds_it(packet: bytes) -> None:
    """Through the parent tree to an element of that page, which names the content in turn."""
    with opened(packet) as pdf:
        parents = parent_tree(pdf)
        for page in pdf.pages:
            owners = parents[int(page.obj.StructParents)]
            numbers = marked(page)
            assert numbers
            for number in numbers:
                owner = owners[number]
                assert owner.Pg.objgen == page.obj.objgen
                assert number in kids(owner) or number in [
                    kid.MCID for kid in kids(owner) if isinstance(kid, Dictionary)
                ]


def test_every_annotation_is_the_one_its_element_points_at(packet: bytes) -> None:
    """Nineteen links and three fields; none of the pointers leads to a stray copy."""
    with opened(packet) as pdf:
        parents = parent_tree(pdf)
        pointed = {
            (kid.Obj.objgen, element.objgen)
            for element in elements(pdf)
            for kid in kids(element)
            if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"
        }
        found = {
            (note.objgen, parents[int(note.StructParent)].objgen)
            for page in pdf.pages
            for note in page.obj.get("/Annots", [])
        }
        assert found == pointed
        assert len(found) == 22


def test_keys_of_the_parent_tree_are_used_once_and_in_order(packet: bytes) -> None:
    with opened(packet) as pdf:
        keys = [int(key) for key in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]]
        holders = [page.obj.StructParents for page in pdf.pages]
        holders += [n.StructParent for p in pdf.pages for n in p.obj.get("/Annots", [])]
        assert keys == sorted(set(keys))
        assert sorted(holders) == keys
        assert keys[-1] + 1 == pdf.Root.StructTreeRoot.ParentTreeNextKey


def test_header_cells_of_different_pieces_keep_apart(packet: bytes) -> None:
    """Each data cell names headers of its own piece, and the id tree finds every one."""
    with opened(packet) as pdf:
        flat = list(pdf.Root.StructTreeRoot.IDTree.Names)
        found = dict(zip(map(bytes, flat[::2]), flat[1::2], strict=True))
        assert list(found) == sorted(found)
        owned = [element for element in elements(pdf) if "/ID" in element]
        assert {bytes(e.ID): e.objgen for e in owned} == {k: e.objgen for k, e in found.items()}
        assert len(owned) == len(found) == 10
        for section, name in zip(
            sections(pdf), ("3A", "Card", "P", "card", "T", "3B"), strict=True
        ):
            for cell in (e for e in _below(section) if e.S == "/TD"):
                (header,) = _headers(cell)
                assert header.startswith(f"{name}/".encode())
                assert found[header].S == "/TH"


def test_headers_shared_by_cells_are_renamed_once(card: bytes) -> None:
    """A tool may let many cells share one attribute object."""

    def share(source: pikepdf.Pdf) -> None:
        (cell,) = (e for e in elements(source) if e.S == "/TD")
        row = cell.P
        cell.A = source.make_indirect(cell.A)
        row.K.append(source.make_indirect(Dictionary(S=Name.TD, P=row, A=cell.A)))

    with opened(bound(Piece("A", "A", changed(card, share)))) as pdf:
        cells = [e for e in elements(pdf) if e.S == "/TD"]
        (owner,) = (e for e in elements(pdf) if e.S == "/TH")
        assert [_headers(cell) for cell in cells] == [[bytes(owner.ID)]] * 2


def test_a_piece_in_another_language_says_so_and_the_others_do_not(card: bytes) -> None:
    spanish = lay_out(CARD, language="es-US")
    with opened(bound(Piece("A", "A", card), Piece("B", "B", spanish))) as pdf:
        first, second = sections(pdf)
        assert pdf.Root.Lang == "en-US"
        assert "/Lang" not in first
        assert second.Lang == "es-US"


def test_a_line_in_another_language_keeps_its_own(packet: bytes) -> None:
    """The browser and typst note it; the engine does not."""
    with opened(packet) as pdf:
        spanish = [e for e in elements(pdf) if str(e.get("/Lang", "")).startswith("es")]
        assert [(e.S, e.Lang) for e in spanish] == [("/P", "es"), ("/P", "es-US")]


def test_one_role_name_with_two_meanings_becomes_two(card: bytes) -> None:
    """Three pieces, the third meaning what the second means; the chain of roles is followed."""

    def call(role: str, chain: dict[str, str]) -> object:
        def change(source: pikepdf.Pdf) -> None:
            next(e for e in elements(source) if e.S == "/P").S = Name(role)
            source.Root.StructTreeRoot.RoleMap = Dictionary({k: Name(v) for k, v in chain.items()})

        return change

    box = changed(card, call("/Callout", {"/Callout": "/Box", "/Box": "/Div"}))
    line = changed(card, call("/Callout", {"/Callout": "/P"}))
    pieces = [Piece(n, n, pdf) for n, pdf in (("A", box), ("B", line), ("C", line))]
    with opened(bound(*pieces)) as pdf:
        roles = {key: str(value) for key, value in pdf.Root.StructTreeRoot.RoleMap.items()}
        used = [str(e.S) for e in elements(pdf) if "Callout" in str(e.S)]
        assert [roles[role] for role in used] == ["/Div", "/P", "/P"]
        assert roles == {"/Callout": "/Div", "/Box": "/Div", "/Callout-2": "/P"}


def test_one_class_name_with_two_meanings_becomes_two(card: bytes) -> None:
    def style(placement: Name, classes: object) -> object:
        def change(source: pikepdf.Pdf) -> None:
            next(e for e in elements(source) if e.S == "/P").C = classes
            source.Root.StructTreeRoot.ClassMap = Dictionary(
                Wide=Dictionary(O=Name.Layout, Placement=placement)
            )

        return change

    block = changed(card, style(Name.Block, Name.Wide))
    inline = changed(card, style(Name.Inline, Array([Name.Wide, 0])))
    pieces = [Piece(n, n, pdf) for n, pdf in (("A", block), ("B", inline), ("C", block))]
    with opened(bound(*pieces)) as pdf:
        classes = pdf.Root.StructTreeRoot.ClassMap
        used = [e.C for e in elements(pdf) if "/C" in e]
        meant = [classes[c if isinstance(c, Name) else c[0]].Placement for c in used]
        assert meant == ["/Block", "/Inline", "/Block"]
        assert len(classes.keys()) == 2
        assert used[1][1] == 0


def test_a_namespace_two_pieces_share_is_kept_once(card: bytes) -> None:
    def name_space(source: pikepdf.Pdf) -> None:
        space = source.make_indirect(
            Dictionary(Type=Name.Namespace, NS=String("http://iso.org/pdf2/ssn"))
        )
        source.Root.StructTreeRoot.Namespaces = Array([space])
        for element in elements(source):
            element.NS = space

    part = changed(card, name_space)
    with opened(bound(Piece("A", "A", part), Piece("B", "B", part))) as pdf:
        (space,) = pdf.Root.StructTreeRoot.Namespaces
        owners = {e.NS.objgen for e in elements(pdf) if "/NS" in e}
        assert owners == {space.objgen}


def test_a_piece_without_a_document_element_is_wrapped(card: bytes) -> None:
    """Some tools put headings and paragraphs right below the root."""

    def unwrap(source: pikepdf.Pdf) -> None:
        root = source.Root.StructTreeRoot
        root.K = root.K[0].K
        for kid in root.K:
            kid.P = root

    with opened(bound(Piece("A", "Card", changed(card, unwrap)))) as pdf:
        (section,) = sections(pdf)
        assert (section.S, section.T) == ("/Sect", "Card")
        assert [kid.S for kid in kids(section)][:2] == ["/H1", "/P"]
        assert all(kid.P.objgen == section.objgen for kid in kids(section))


def test_a_tagged_drawing_keeps_its_place_in_the_parent_tree(card: bytes) -> None:
    """Tools may tag the content of a form XObject, which then has a key of its own."""

    def draw(source: pikepdf.Pdf) -> None:
        (page,) = source.pages
        root = source.Root.StructTreeRoot
        drawing = source.make_stream(
            b"/Figure <</MCID 0>> BDC 0 0 9 9 re f EMC",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 9, 9],
            StructParents=50,
        )
        name = page.add_resource(drawing, Name.XObject)
        page.contents_add(f"{name} Do".encode())
        figure = source.make_indirect(
            Dictionary(S=Name.Figure, P=root.K[0], Pg=page.obj, Alt=String("A box"))
        )
        figure.K = Dictionary(Type=Name.MCR, MCID=0, Stm=drawing, Pg=page.obj)
        root.K[0].K.append(figure)
        root.ParentTree.Nums.extend([50, Array([figure])])

    part = changed(card, draw)
    with opened(bound(Piece("A", "A", part), Piece("B", "B", part))) as pdf:
        parents = parent_tree(pdf)
        figures = [e for e in elements(pdf) if e.S == "/Figure"]
        assert len(figures) == 2
        for page, figure in zip(pdf.pages, figures, strict=True):
            (drawing,) = (d for d in page.resources.XObject.values() if "/StructParents" in d)
            assert figure.K.Stm.objgen == drawing.objgen
            assert parents[int(drawing.StructParents)][0].objgen == figure.objgen


def test_an_annotation_two_pages_list_is_moved_once(wave: bytes, card: bytes) -> None:
    """Its key would else point past the tree."""

    def list_twice(source: pikepdf.Pdf) -> None:
        first, second = source.pages
        second.obj.Annots.append(first.obj.Annots[0])

    pieces = [Piece("Card", "C", card), Piece("3A", "W", changed(wave, list_twice))]
    with opened(bound(*pieces)) as pdf:
        link = pdf.pages[2].obj.Annots[-1]
        assert link.objgen == pdf.pages[1].obj.Annots[0].objgen
        assert parent_tree(pdf)[int(link.StructParent)].S == "/Link"


def test_tags_that_run_in_a_circle_are_refused(card: bytes) -> None:
    def tie(source: pikepdf.Pdf) -> None:
        document = source.Root.StructTreeRoot.K[0]
        document.K[0].K.append(document)

    with pytest.raises(RenderError, match="Part 3A has tags that run in a circle"):
        bound(Piece("3A", "A", changed(card, tie)))


def _below(section: pikepdf.Object) -> list[pikepdf.Object]:
    found = [section]
    for kid in kids(section):
        if isinstance(kid, Dictionary) and "/S" in kid:
            found += _below(kid)
    return found


def _headers(cell: pikepdf.Object) -> list[bytes]:
    attributes = list(cell.A) if isinstance(cell.A, Array) else [cell.A]
    return [bytes(h) for a in attributes if "/Headers" in a for h in a.Headers]
