"""Finished parts to one PDF: graft, frame, links, outline, metadata, locks."""

from __future__ import annotations

from handouts.bindery.bind import bind
from handouts.bindery.lock import lock
from handouts.bindery.pages import page_count
from handouts.bindery.record import Binding, Piece

__all__ = ["Binding", "Piece", "bind", "lock", "page_count"]
