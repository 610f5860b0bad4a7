"""Evidence: every claim rests on a work that somebody confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.model import AnyText, Curriculum, Grade
from handouts.problem import Problem
from handouts.rules import breach


def evidence(text: AnyText, curriculum: Curriculum) -> Iterator[Problem]:
    """Find grades without a work, and works that nobody could confirm."""
    for block in text.blocks("evidence"):
        keys = getattr(block.options, "sources", ())
        works = [curriculum.sources[key] for key in keys if key in curriculum.sources]
        if not keys and block.title != Grade.PRACTICE_WISDOM:
            message = f"The grade {block.title!r} rests on no work."
            yield breach("EV002", text.file, block.line, message)
        unchecked = [work.key for work in works if work.checked is None]
        if unchecked and len(unchecked) == len(keys):
            message = f"This claim rests only on works nobody confirmed: {', '.join(unchecked)}."
            yield breach("EV003", text.file, block.line, message)


def unchecked(curriculum: Curriculum) -> Iterator[Problem]:
    """List works that are cited though nobody has confirmed them."""
    cited: dict[str, list[str]] = {}
    for text in curriculum.texts:
        for block in text.blocks("evidence"):
            for key in getattr(block.options, "sources", ()):
                cited.setdefault(key, []).append(text.settings.code)
    for key, codes in cited.items():
        work = curriculum.sources.get(key)
        if work and work.checked is None:
            message = f"The work {key!r} is cited by {', '.join(codes)} and nobody confirmed it."
            yield breach("EV004", "curriculum/sources.yml", 0, message)
