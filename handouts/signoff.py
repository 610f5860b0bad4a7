"""Sign-offs: where every text stands, and a reviewer's name under exactly what was read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from handouts.atomic import write_whole
from handouts.model import AnyText, Curriculum, Review
from handouts.problem import UsageError

FILE = "curriculum/reviews.yml"
SIGNER = re.compile(r"[^,\n]{2,120},[^\n]{2,120}")


class _Plain(yaml.SafeDumper):
    """Writes every value out: an alias for the second of two equal days would be refused."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class Standing(StrEnum):
    """Where a text stands between its author and its reviewer."""

    DRAFT = "draft"
    SIGNED = "signed"
    CHANGED = "changed since"
    DUE = "due again"


@dataclass(frozen=True)
class Stand:
    """A text with its standing today, and its latest sign-off, which may be of earlier words."""

    text: AnyText
    standing: Standing
    review: Review | None


def stand(curriculum: Curriculum, text: AnyText, today: datetime.date) -> Stand:
    """Tell where a text stands."""
    review = curriculum.last_review(text)
    if review is None:
        return Stand(text, Standing.DRAFT, None)
    if review.digest != curriculum.digest(text):
        return Stand(text, Standing.CHANGED, review)
    return Stand(text, Standing.DUE if review.until < today else Standing.SIGNED, review)


def sign(
    root: Path,
    curriculum: Curriculum,
    texts: Sequence[AnyText],
    by: str,
    today: datetime.date,
    until: datetime.date,
) -> None:
    """Put a reviewer's name under texts as they are now, after all earlier sign-offs.

    Raises UsageError for a name without a credential, and for a day that is not to come.
    """
    by = " ".join(by.split())
    if not SIGNER.fullmatch(by):
        raise UsageError(
            f"{by!r} is not a name with a credential. Write both, with a comma between them: "
            '--by "Ana Ruiz, LCSW".'
        )
    if until <= today:
        raise UsageError(f"The sign-off would end on {until}, which is not after today, {today}.")
    new = [
        Review(
            code=text.settings.code,
            mark=text.mark,
            digest=curriculum.digest(text),
            by=by,
            signed=today,
            until=until,
        )
        for text in texts
    ]
    rows = [review.model_dump() for review in (*curriculum.reviews, *new)]
    path = root / FILE
    before = path.read_text("utf-8").split("\n")
    remarks = [row for row in before if row.startswith("#")]
    said = yaml.dump(rows, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)
    write_whole(path, "\n".join([*remarks, said]).encode())
