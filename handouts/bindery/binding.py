"""Pieces and slips to one document."""

from __future__ import annotations

from contextlib import ExitStack

import pikepdf

from handouts.bindery.catalog import describe, written
from handouts.bindery.forms import join_forms
from handouts.bindery.frame import stamp
from handouts.bindery.graft import graft
from handouts.bindery.links import join_links
from handouts.bindery.outline import join_outlines
from handouts.bindery.record import Binding
from handouts.bindery.share import Shared
from handouts.bindery.sheaf import Sheaf
from handouts.bindery.structure import join_structure


def bind(binding: Binding, sheaf: Sheaf | None = None) -> bytes:
    """Make one tagged PDF/UA-1 document of finished pieces, framed, linked and described.

    The same binding gives the same bytes, with whatever ``sheaf``: one that is given again spares
    making its slips ready again. Raises :class:`~handouts.problem.RenderError`, naming
    the piece, for one that can't be read or has no tags, and for a reference that leads nowhere;
    raises :class:`ValueError` when two pieces share a name or the frame has not one entry for
    each page.
    """
    names = [piece.name for piece in binding.pieces]
    if len(set(names)) != len(names):
        raise ValueError(f"pieces need names of their own: {', '.join(names)}")
    with ExitStack() as opened:
        out = opened.enter_context(pikepdf.new())
        grafts = graft(out, binding.pieces, opened)
        if len(binding.frame) != len(out.pages):
            raise ValueError(f"a frame for {len(binding.frame)} of {len(out.pages)} pages")
        shared = Shared()
        join_structure(out, grafts, binding.language)
        shared.merge_pages(out.pages)
        join_forms(out, grafts)
        places = join_links(out, grafts)
        join_outlines(out, grafts, places)
        stamp(out, binding.frame, shared, sheaf or Sheaf(), binding.aloud)
        describe(out, binding)
        return written(out)
