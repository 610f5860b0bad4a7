"""A part to HTML and styles: which template gets what."""

from __future__ import annotations

import json
from itertools import accumulate

from handouts.model import AnyText, Curriculum, Lesson
from handouts.press.markup import Face, Lookups, Setter
from handouts.press.own import Own
from handouts.press.part import STYLES, Part
from handouts.press.theme import Theme

LANGUAGES = {"en": "en-US", "es": "es-US"}


class Setting:
    """Sets the parts of one curriculum in one theme."""

    def __init__(self, curriculum: Curriculum, theme: Theme) -> None:
        self._curriculum = curriculum
        self._theme = theme
        lookups = Lookups(curriculum.sources, curriculum.safety_lines, curriculum.crisis)
        self._setter = Setter(theme.templates, lookups)

    def html(self, part: Part, own: Own | None = None) -> str:
        """Give the HTML of a part, with what is one person's own typed in."""
        texts = [self._text(code) for code in part.codes]
        face = Face.GUIDE if part.template == "guide" else Face.HANDOUT
        typed = own.answers if own else {}
        bodies = [
            self._setter.set(text.body, face, typed.get(text.settings.code)) for text in texts
        ]
        context: dict[str, object] = {"title": part.title, "language": LANGUAGES[part.language]}
        if part.template == "cards":
            context["cards"] = [
                {"title": text.settings.title, "body": body}
                for text, body in zip(texts, bodies, strict=True)
            ]
        elif texts:
            context["body"] = bodies[0]
            context |= _lesson_facts(texts[0]) if isinstance(texts[0], Lesson) else {}
        context |= json.loads(part.facts)
        if part.template == "letter" and own:
            context |= own.facts
        return self._theme.page(part.template, **context)

    def styles(self, part: Part) -> str:
        """Give the style sheet of a part."""
        return self._theme.styles(STYLES[part.template], part.edition)

    def _text(self, code: str) -> AnyText:
        text = self._curriculum.text(code)
        assert text is not None, code
        return text


def _lesson_facts(lesson: Lesson) -> dict[str, object]:
    settings = lesson.settings
    minutes = [int(str(note.option("minutes"))) for note in lesson.agenda]
    starts = [0, *accumulate(minutes)]
    return {
        "code": settings.code,
        "domain": lesson.domain,
        "can": settings.can,
        "objectives": settings.objectives,
        "materials": settings.materials,
        "skills": settings.skills,
        "intensity": settings.intensity,
        "gentler": settings.gentler,
        "grade": lesson.grade,
        "agenda": [
            {"start": f"{start // 60}:{start % 60:02}", "title": note.title, "minutes": length}
            for start, length, note in zip(starts, minutes, lesson.agenda, strict=False)
        ],
        "minutes": starts[-1],
    }
