"""JSON Schemas of everything an author sets, made from the records that check it."""

from __future__ import annotations

import json

from pydantic import BaseModel

from handouts.model import (
    Brand,
    CardSettings,
    CrisisLines,
    FormSettings,
    Language,
    LessonSettings,
    Program,
)

SCHEMAS: dict[str, type[BaseModel]] = {
    "lesson": LessonSettings,
    "card": CardSettings,
    "form": FormSettings,
    "program": Program,
    "brand": Brand,
    "crisis-lines": CrisisLines,
    "language": Language,
}


def schema(name: str) -> str:
    """Give one schema of ``SCHEMAS`` as JSON text, for editors that complete and underline."""
    said = SCHEMAS[name].model_json_schema()
    said["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"
