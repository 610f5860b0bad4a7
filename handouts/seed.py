"""New files for authors: each passes the checks of form, with a prompt wherever words belong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handouts.atomic import write_whole
from handouts.model import AnyText, Curriculum
from handouts.problem import UsageError

Kind = Literal["lesson", "card", "form", "program", "brand"]

PLACES: dict[Kind, str] = {
    "lesson": "curriculum/lessons/{domain}/{name}.md",
    "card": "curriculum/cards/{name}.md",
    "form": "curriculum/forms/{name}.md",
    "program": "curriculum/programs/{name}.yml",
    "brand": "templates/brands/{name}/brand.yml",
}
LONGEST = 48
"""Letters in a title."""


def plant(root: Path, kind: Kind, name: str, values: Mapping[str, object]) -> Path:
    """Write a new file from its template; give its path from the root.

    ``values`` fill the template; those of a lesson have its ``domain``. Raises UsageError for a
    name that is no name of a file here, or is taken.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 60:
        raise UsageError(
            f"{name!r} cannot be the name of a file here. Use small letters and digits, with "
            "dashes between words, as in riding-urges."
        )
    title = str(values["title"])
    if not title or len(title) > LONGEST:
        raise UsageError(f"A title has 1 to {LONGEST} letters; this one has {len(title)}.")
    place = PLACES[kind].format(name=name, domain=values.get("domain", ""))
    path = root / place
    if any(root.glob(PLACES[kind].format(name=name, domain="*"))):
        raise UsageError(f"There is a {kind} of the name {name!r} already. Choose another name.")
    environment = Environment(
        loader=FileSystemLoader(root / "templates" / "new"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - it makes Markdown and YAML, with titles quoted by ``yaml``
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    template = environment.get_template(f"{kind}{path.suffix}.j2")
    write_whole(path, template.render(values).encode())
    return Path(place)


def free_code(curriculum: Curriculum, texts: Mapping[str, AnyText]) -> str:
    """Propose a code like those of the other texts of a kind, with the next number."""
    found = [match for code in texts if (match := re.fullmatch(r"([A-Z]*)(\d+)([A-Z]?)", code))]
    letters = max((match[1] for match in found), default="X", key=[m[1] for m in found].count)
    digits = max((len(match[2]) for match in found), default=2)
    ending = "A" if any(match[3] for match in found) and not letters else ""
    number = 1 + max((int(match[2]) for match in found if match[1] == letters), default=0)
    while curriculum.text(f"{letters}{number:0{digits if letters else 1}}{ending}"):
        number += 1
    return f"{letters}{number:0{digits if letters else 1}}{ending}"


def safety_lines(curriculum: Curriculum, tags: tuple[str, ...]) -> list[str]:
    """Give the names of the lines that texts with these tags must print."""
    return [
        name
        for name, line in curriculum.safety_lines.items()
        if set(tags) & set(line.required_for_tags)
    ]
