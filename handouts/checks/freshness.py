"""Crisis lines grow old: somebody must have checked them within half a year."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from handouts.model import Curriculum
from handouts.problem import Problem
from handouts.rules import breach

OLDEST = datetime.timedelta(days=180)


def crisis_lines(curriculum: Curriculum, today: datetime.date) -> Iterator[Problem]:
    """Find crisis lines that nobody has checked for 180 days."""
    checked = curriculum.crisis.checked
    if today - checked > OLDEST:
        message = (
            f"The crisis lines were last checked on {checked:%B} {checked.day}, {checked.year}."
        )
        yield breach("SF002", "curriculum/crisis-lines.yml", 0, message)
