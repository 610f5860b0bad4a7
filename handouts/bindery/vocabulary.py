"""Role maps, class maps and namespaces of several structure trees made one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from pikepdf import Array, Dictionary, Name, Object

from handouts.bindery.graft import several
from handouts.bindery.names import numbered

Meaning = TypeVar("Meaning", str, Object)


@dataclass(frozen=True)
class Terms:
    """What one piece's element types, attribute classes and namespaces are called now.

    Only what changed is in the mappings.
    """

    roles: Mapping[str, str]
    classes: Mapping[str, str]
    namespaces: Mapping[tuple[int, int], Object]

    def __bool__(self) -> bool:
        """Tell whether any word of the piece changed."""
        return bool(self.roles or self.classes or self.namespaces)

    def translate(self, element: Object) -> None:
        """Rewrite one element of the piece in the document's words."""
        if self.roles and str(element.S) in self.roles:
            element.S = Name(self.roles[str(element.S)])
        if self.classes and "/C" in element:
            element.C = Array(
                [
                    Name(self.classes.get(str(item), str(item))) if isinstance(item, Name) else item
                    for item in several(element.C)
                ]
            )
        if self.namespaces and "/NS" in element and element.NS.objgen in self.namespaces:
            element.NS = self.namespaces[element.NS.objgen]


class Vocabulary:
    """The words of the document, learned piece by piece."""

    def __init__(self) -> None:
        """Start with no words."""
        self._roles: dict[str, str] = {}
        self._classes: dict[str, Object] = {}
        self._namespaces: dict[bytes, list[Object]] = {}

    def learn(self, tree: Object) -> Terms:
        """Take up a piece's words; those used before with another meaning get a new name."""
        roles = {}
        own = {key: str(value) for key, value in tree.get("/RoleMap", Dictionary()).items()}
        for role in own:
            kept = _place(self._roles, role, _standard(own, role))
            if kept != role:
                roles[role] = kept
        classes = {}
        for key, attributes in tree.get("/ClassMap", Dictionary()).items():
            kept = _place(self._classes, key, attributes)
            if kept != key:
                classes[key] = kept
        namespaces = {}
        for namespace in several(tree.get("/Namespaces")):
            known = self._namespaces.setdefault(bytes(namespace.NS), [])
            same = next((other for other in known if other == namespace), None)
            if same is None:
                known.append(namespace)
            else:
                namespaces[namespace.objgen] = same
        return Terms(roles, classes, namespaces)

    def write(self, root: Object) -> None:
        """Put the joined maps into the document's structure tree root."""
        if self._roles:
            root.RoleMap = Dictionary({role: Name(to) for role, to in self._roles.items()})
        if self._classes:
            root.ClassMap = Dictionary(self._classes)
        if self._namespaces:
            root.Namespaces = Array([n for known in self._namespaces.values() for n in known])


def _standard(roles: Mapping[str, str], role: str) -> str:
    """Follow a role map to the type it ends in, so that no joined role rests on another."""
    passed = set()
    while role in roles and role not in passed:
        passed.add(role)
        role = roles[role]
    return role


def _place(known: dict[str, Meaning], word: str, meaning: Meaning) -> str:
    """Keep a word with its meaning and give the name it is kept under."""
    kept = next(name for name in numbered(word) if known.get(name, meaning) == meaning)
    known[kept] = meaning
    return kept
