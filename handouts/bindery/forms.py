"""Form fields of the pieces joined into one form (ISO 32000-1, 12.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import pikepdf
from pikepdf import Array, Dictionary, Object, String

from handouts.bindery.graft import Graft
from handouts.bindery.names import numbered

# What the text of a field can be set in, and the operator that names it in its /DA.
_SETTINGS = {"/Font": "Tf", "/ExtGState": "gs", "/ColorSpace": "cs"}
_NAMED = re.compile(r"(/\S+)(\s+(?:[-+.\d]+\s+)?)(Tf|gs|cs)\b")


def join_forms(out: pikepdf.Pdf, grafts: Sequence[Graft]) -> None:
    """Give the document one form of the fields of all pieces.

    A field whose name an earlier piece uses gets its own piece's name in front: two fields of one
    name would be one field, and what is typed into the first would show in the second. Labels,
    values and parents stay. The document asks the reader to draw its fields only when a piece did.
    """
    fields: list[Object] = []
    order: list[Object] = []
    resources: dict[str, dict[str, Object]] = {kind: {} for kind in _SETTINGS}
    taken: set[str] = set()
    drawn_by_reader, signatures = False, 0
    for graft in grafts:
        form = graft.root.get("/AcroForm")
        if form is None:
            continue
        own = _roots(form.get("/Fields", Array()))
        for field in own:
            _inherit(field, form)
        taken |= _tell_apart(graft.piece.name, own, taken)
        _add_resources(resources, form.get("/DR", Dictionary()), own)
        fields.extend(own)
        order.extend(form.get("/CO", Array()))
        drawn_by_reader |= bool(form.get("/NeedAppearances", False))
        signatures |= int(form.get("/SigFlags", 0))
    if not fields:
        return
    joined = Dictionary(
        Fields=Array(fields),
        DR=Dictionary({kind: Dictionary(named) for kind, named in resources.items() if named}),
    )
    if order:
        joined.CO = Array(order)
    if drawn_by_reader:
        joined.NeedAppearances = True
    if signatures:
        joined.SigFlags = signatures
    out.Root.AcroForm = out.make_indirect(joined)


def _roots(fields: Iterable[Object]) -> list[Object]:
    """Give the fields that are below no other, in order.

    The engine lists each radio button beside its group; both hold to the group alone.
    """
    roots: dict[tuple[int, int], Object] = {}
    for field in fields:
        while "/Parent" in field:
            field = field.Parent
        roots.setdefault(field.objgen, field)
    return list(roots.values())


def _inherit(field: Object, form: Object) -> None:
    """Keep what the fields of a piece take from its form, which they lose by joining another."""
    for key in ("/DA", "/Q"):
        if key in form and key not in field:
            field[key] = form[key]


def _tell_apart(scope: str, fields: Sequence[Object], taken: Set[str]) -> set[str]:
    """Rename the fields whose names are taken; give all names of these fields."""
    names = {str(field.T) for field in fields if "/T" in field}
    prefix = scope.replace(".", "-")  # a period separates the names of parent and child
    for field in fields:
        if "/T" in field and str(field.T) in taken:
            wishes = numbered(f"{prefix} {field.T}")
            field.T = String(next(wish for wish in wishes if wish not in taken | names))
    return {str(field.T) for field in fields if "/T" in field}


def _add_resources(
    resources: Mapping[str, dict[str, Object]], own: Object, fields: Sequence[Object]
) -> None:
    """Join a piece's fonts and settings for fields; rename those another piece calls the same."""
    renamed: dict[tuple[str, str], str] = {}
    for kind, operator in _SETTINGS.items():
        named = resources[kind]
        for key, value in own.get(kind, Dictionary()).items():
            kept = next(wish for wish in numbered(key) if named.get(wish, value) == value)
            named.setdefault(kept, value)
            if kept != key:
                renamed[key, operator] = kept
    if not renamed:
        return

    def reword(match: re.Match[str]) -> str:
        name, between, operator = match.groups()
        return renamed.get((name, operator), name) + between + operator

    for field in _below(fields):
        if "/DA" in field:
            field.DA = String(_NAMED.sub(reword, str(field.DA)))


def _below(fields: Iterable[Object]) -> Iterator[Object]:
    """Give fields and all fields and widgets below them."""
    for field in fields:
        yield field
        yield from _below(field.get("/Kids", Array()))
