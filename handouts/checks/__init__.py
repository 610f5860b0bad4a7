"""Rules over what was read. Each rule is a pure function from records to problems."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from handouts.checks.freshness import crisis_lines
from handouts.checks.links import links
from handouts.problem import Problem
from handouts.source.brands import BrandFolder
from handouts.source.curriculum import Loaded


def run(loaded: Loaded, today: datetime.date, brands: Sequence[BrandFolder]) -> list[Problem]:
    """Check a curriculum and some brands; what reading them found is not repeated here."""
    curriculum = loaded.curriculum
    if curriculum is None:
        return []
    return [*links(curriculum, loaded.program_lines), *crisis_lines(curriculum, today)]
