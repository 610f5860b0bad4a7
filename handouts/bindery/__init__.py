"""Finished parts to one PDF: graft, frame, links, outline, metadata, locks."""

from __future__ import annotations

from handouts.bindery.binding import bind
from handouts.bindery.pages import page_count, split
from handouts.bindery.password import lock
from handouts.bindery.record import Binding, Piece
from handouts.bindery.sheaf import Sheaf

__all__ = ["Binding", "Piece", "Sheaf", "bind", "lock", "page_count", "split"]
