"""A text as its readers meet it: taken apart once, read by many rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from handouts.model import AnyText
from handouts.source.plain import Passage, passages


@dataclass(frozen=True)
class Reading:
    """A text and all that it says."""

    text: AnyText

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Everything the text says, in order."""
        return passages(self.text)

    @cached_property
    def participant(self) -> tuple[Passage, ...]:
        """What participants read."""
        return tuple(passage for passage in self.passages if passage.participant)

    @property
    def words(self) -> int:
        """Words that participants read."""
        return sum(passage.words for passage in self.participant)

    @property
    def note_words(self) -> int:
        """Words that only facilitators read."""
        return sum(passage.words for passage in self.passages if not passage.participant)

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """The sentences that participants read, each with the line it starts on."""
        return tuple(found for one in self.participant for found in one.sentences())
