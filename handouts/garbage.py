"""How often Python looks for garbage that refers to itself."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Look for cycles a hundred times less often than Python does by itself.

    A curriculum is some hundred thousand small objects that stay, a layout as many that are
    dropped all at once: looking through them again and again took 15-18% of a layout, and 9% of a
    build after one edit.
    """
    gc.set_threshold(100_000, 50, 100)
