"""What may fit one person: plain matching of their words with tags, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handouts.model import Curriculum, Domain, Form, Program
from handouts.profile import Profile


@dataclass(frozen=True)
class Suggestion:
    """A lesson or card, and why: which field has which word of a tag, never the field's text."""

    code: str
    title: str
    reasons: tuple[str, ...]


LOOKED_AT = ("triggers", "goals", "warning_signs")
MOST = 8


def suggestions(curriculum: Curriculum, profile: Profile) -> list[Suggestion]:
    """Give lessons and cards whose tags have words of the profile, the best matches first.

    Those that the profile names already are left out. Nothing is chosen by this: a clinician does.
    """
    found = _tags(curriculum, profile)
    rows: list[tuple[int, Suggestion]] = []
    taken = {*profile.lessons, *profile.cards}
    for text in curriculum.texts:
        settings = text.settings
        reasons = [reason for tag in settings.tags for reason in found.get(tag, ())]
        wanted = settings.language == profile.language and not isinstance(text, Form)
        # Lessons for families are not for the person they worry about.
        wanted = wanted and getattr(text, "domain", None) is not Domain.FAMILY
        if reasons and wanted and settings.code not in taken:
            rows.append((len(reasons), Suggestion(settings.code, settings.title, tuple(reasons))))
    rows.sort(key=lambda row: (-row[0], row[1].code))
    lessons = [one for _, one in rows if one.code in curriculum.lessons]
    cards = [one for _, one in rows if one.code in curriculum.cards]
    return [*lessons[:MOST], *cards[:MOST]]


def _tags(curriculum: Curriculum, profile: Profile) -> dict[str, list[str]]:
    """Give the reasons for each tag that a field speaks of."""
    found: dict[str, list[str]] = {}
    for field in LOOKED_AT:
        text = " ".join(getattr(profile, field)).casefold()
        for tag, words in curriculum.tags.items():
            word = next((each for each in words if re.search(rf"\b{re.escape(each)}\b", text)), "")
            if word:
                reason = f"{field.replace('_', ' ')} speak of '{word}' ({tag})"
                found.setdefault(tag, []).append(reason)
    return found


def milestones(program: Program, week: int | None) -> list[str]:
    """Say what is due in a client week, and what comes next."""
    said = []
    for milestone in program.milestones:
        what = f"{milestone.title}: {', '.join(milestone.give)}"
        if week == milestone.week:
            said.append(f"Due this week ({week}): {what}")
        elif week is not None and week < milestone.week:
            said.append(f"Next, in week {milestone.week}: {what}")
            break
    return said
