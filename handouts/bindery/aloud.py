"""The one slip that is read aloud: the crisis lines, once in a document, on its first page.

A frame is furniture, and furniture is skipped by those who listen. Where to call for help must not
be: on the first page that shows it the strip is a paragraph of its own, at the end of the document.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from handouts.bindery.graft import entries


def claim(out: pikepdf.Pdf, page: pikepdf.Page, words: str) -> int:
    """Make a paragraph for content of a page; give the number (MCID) to mark that content with.

    The document must have its joined structure tree. ``words`` are what is read aloud.
    """
    root = out.Root.StructTreeRoot
    owners = _owners(root, page)
    number = len(owners)
    document = root.K[0]
    paragraph = out.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.P,
            P=document,
            Pg=page.obj,
            K=number,
            ActualText=String(words),
        )
    )
    owners.append(paragraph)
    document.K.append(paragraph)
    return number


def _owners(root: Object, page: pikepdf.Page) -> Object:
    """Give the list of the elements that own a page's marked content, made if there is none."""
    if "/StructParents" in page.obj:
        wanted = int(page.obj.StructParents)
        for key, owners in entries(root.ParentTree, "/Nums"):
            if int(key) == wanted:
                return owners
    number = int(root.ParentTreeNextKey)
    page.obj.update({"/StructParents": number})
    root.update({"/ParentTreeNextKey": number + 1})
    for item in (number, Array()):
        root.ParentTree.Nums.append(item)
    return root.ParentTree.Nums[-1]
