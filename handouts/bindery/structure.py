"""Structure trees of pieces joined below one Document element (ISO 32000-1, 14.7)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from handouts.bindery.graft import Graft, entries, several
from handouts.bindery.names import scoped
from handouts.bindery.vocabulary import Vocabulary

DIRECT = (0, 0)  # the number of an object that has none


def join_structure(out: pikepdf.Pdf, grafts: Sequence[Graft], language: str) -> None:
    """Give the document one structure tree: a Document of one titled Sect for each piece.

    Ids, and the table headers that name them, are told apart by the piece's name. A piece in
    another language than the document's keeps its own on its Sect. Raises
    :class:`~handouts.problem.RenderError` for a piece whose tree is empty or runs in a circle.
    """
    root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    vocabulary = Vocabulary()
    parents: list[Any] = []
    ids: list[tuple[bytes, Object]] = []
    sections = []
    base = 0
    for graft in grafts:
        tree = graft.root.StructTreeRoot
        section = _section(graft, tree, language)
        section.P = document
        sections.append(section)
        terms = vocabulary.learn(tree)
        changed = bool(terms)
        shared_attributes: set[tuple[int, int]] = set()
        for element, keys in _elements(graft, section):
            if changed:
                terms.translate(element)
            if "/A" in keys:
                _scope_headers(graft.piece.name, element.A, shared_attributes)
            if "/ID" in keys:
                element.ID = scoped(graft.piece.name, element.ID)
                ids.append((bytes(element.ID), element))
        owned = [
            (int(key), owner)
            for key, owner in entries(tree.get("/ParentTree", Dictionary()), "/Nums")
        ]
        parents.extend((base + key, owner) for key, owner in owned)
        base = _renumber(graft, [key for key, _ in owned], base)
    document.K = Array(sections)
    root.K = Array([document])
    root.ParentTree = out.make_indirect(Dictionary(Nums=_flat(parents)))
    root.ParentTreeNextKey = base
    if ids:
        ids.sort(key=lambda entry: entry[0])
        root.IDTree = out.make_indirect(
            Dictionary(Names=_flat((String(key), element) for key, element in ids))
        )
    vocabulary.write(root)
    out.Root.StructTreeRoot = root


def _section(graft: Graft, tree: Object, language: str) -> Object:
    """Make the piece's Sect: its own Document element, or a new one around its elements."""
    kids = [kid for kid in several(tree.get("/K")) if isinstance(kid, Dictionary)]
    if not kids:
        raise graft.fault("has no tags, so a screen reader could not read it. Export it tagged")
    if len(kids) == 1 and bytes(kids[0].S) == b"/Document":
        section = kids[0]
        section.S = Name.Sect
    else:
        section = graft.out.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Sect, K=Array(kids))
        )
        for kid in kids:
            kid.P = section
    section.T = String(graft.piece.title)
    spoken = str(graft.root.get("/Lang", language))
    if spoken != language and "/Lang" not in section:
        section.Lang = String(spoken)
    return section


def _elements(graft: Graft, section: Object) -> Iterator[tuple[Object, Set[str]]]:
    """Give an element and all below it, in reading order, each with the keys it has.

    Nine tenths of a binding's objects pass here: a key looked for among those read at once takes a
    tenth of the time of asking the element.
    """
    waiting = [section]
    seen = set()
    while waiting:
        element = waiting.pop()
        keys = element.keys()
        if "/S" not in keys:
            continue  # a reference to marked content or to an annotation
        number = element.objgen
        if number in seen:
            raise graft.fault("has tags that run in a circle. Export it again")
        if number != DIRECT:
            seen.add(number)
        yield element, keys
        if "/K" in keys:
            kids = [kid for kid in several(element["/K"]) if isinstance(kid, Dictionary)]
            waiting += kids[::-1]


def _scope_headers(scope: str, attributes: Object, done: set[tuple[int, int]]) -> None:
    """Let a table cell find its headers by the new ids, once where cells share attributes."""
    for owned in several(attributes):
        if not isinstance(owned, Dictionary) or "/Headers" not in owned:
            continue
        if owned.is_indirect:
            if owned.objgen in done:
                continue
            done.add(owned.objgen)
        owned.Headers = Array([scoped(scope, header) for header in several(owned.Headers)])


def _renumber(graft: Graft, owned: Sequence[int], base: int) -> int:
    """Move the piece's keys into the joined parent tree up by ``base``; give the next free one."""
    top = max(owned, default=-1)
    pages = [page.obj for page in graft.pages]
    for holder in itertools.chain(pages, graft.annotations(), _drawings(pages)):
        for key in ("/StructParents", "/StructParent"):
            if key in holder:
                number = int(holder[key])
                top = max(top, number)
                holder[key] = base + number
    return base + top + 1


def _drawings(holders: Sequence[Object]) -> Iterator[Object]:
    """Give every form XObject and image reached from the resources of pages, once each."""
    waiting = list(holders)
    seen = set()
    while waiting:
        resources = waiting.pop().get("/Resources", Dictionary())
        if resources.is_indirect:
            if resources.objgen in seen:
                continue
            seen.add(resources.objgen)
        for drawing in resources.get("/XObject", Dictionary()).as_dict().values():
            if drawing.objgen not in seen:
                seen.add(drawing.objgen)
                waiting.append(drawing)
                yield drawing


def _flat(pairs: Iterable[tuple[Any, Any]]) -> Array:
    return Array([item for pair in pairs for item in pair])
