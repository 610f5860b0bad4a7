"""Links and destinations of the pieces, kept working in one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from handouts.bindery.graft import Graft, entries, several
from handouts.bindery.names import scoped

CROSS_REFERENCE = "part:"


def join_links(out: pikepdf.Pdf, grafts: Sequence[Graft]) -> Mapping[bytes, Object]:
    """Join the named destinations and let every link lead to its place in the document.

    The destination ``end`` of piece 3A becomes ``3A/end``, so two pieces may each have one. Each
    piece's own name becomes a destination too: its first page. A link to ``part:NAME`` goes to
    the first page of that piece. Raises :class:`~handouts.problem.RenderError` for a cross
    reference to a piece that is not in the document and for a link to a name its piece lacks.
    Gives the destinations by name.
    """
    starts = {graft.piece.name: graft for graft in grafts}
    places: dict[bytes, Object] = {}
    for graft in grafts:
        for name, place in _destinations(graft):
            places[bytes(scoped(graft.piece.name, name))] = place
        places[graft.piece.name.encode()] = top_of(graft)
    for graft in grafts:
        for annotation in graft.annotations():
            _lead_to_piece(graft, annotation, starts)
            lead_to_places(graft, annotation, places)
    flat = [item for name in sorted(places) for item in (String(name), places[name])]
    out.Root.Names = Dictionary(Dests=out.make_indirect(Dictionary(Names=Array(flat))))
    return places


def top_of(graft: Graft) -> Array:
    """Give the destination of a piece: the top left of its first page, at the reader's zoom."""
    page = graft.pages[0]
    left, _, _, top = page.cropbox
    return Array([page.obj, Name.XYZ, left, top, 0])


def lead_to_places(graft: Graft, link: Object, places: Mapping[bytes, Object]) -> None:
    """Let a link or bookmark of a piece, and the actions after it, use the joined names."""
    if "/Dest" in link:
        link.Dest = _joined(graft, link.Dest, places)
    waiting = several(link.get("/A"))
    while waiting:
        action = waiting.pop()
        waiting.extend(several(action.get("/Next")))
        if action.get("/S") == Name.GoTo:
            action.D = _joined(graft, action.D, places)


def _joined(graft: Graft, place: Object, places: Mapping[bytes, Object]) -> Object:
    if not isinstance(place, Name | String):
        return place  # a page of the piece, which its copies follow
    name = scoped(graft.piece.name, place)
    if bytes(name) not in places:
        raise graft.fault(f"has a link to “{place}”, which is nowhere in it. Mend the link")
    return name


def _lead_to_piece(graft: Graft, annotation: Object, starts: Mapping[str, Graft]) -> None:
    """Turn a link to ``part:NAME`` into a link to the first page of that piece."""
    action = annotation.get("/A", Dictionary())
    if action.get("/S") != Name.URI:
        return
    address = unquote(str(action.URI))
    if not address.startswith(CROSS_REFERENCE):
        return
    wanted = address.removeprefix(CROSS_REFERENCE)
    if wanted not in starts:
        raise graft.fault(
            f"refers to part {wanted}, which is not in this document. Bind that part too, or take "
            "the reference out"
        )
    target = starts[wanted]
    annotation.A = Dictionary(S=Name.GoTo, D=top_of(target))
    if unquote(str(annotation.get("/Contents", address))) == address:
        annotation.Contents = String(target.piece.title)  # what a screen reader says of the link


def _destinations(graft: Graft) -> Iterator[tuple[Object, Object]]:
    """Give the piece's named destinations, from the name tree and the older dictionary."""
    tree = graft.root.get("/Names", Dictionary()).get("/Dests", Dictionary())
    yield from entries(tree, "/Names")
    older = graft.root.get("/Dests", Dictionary())
    yield from ((Name(key), place) for key, place in older.items())
