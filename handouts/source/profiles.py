"""A profile from its bytes; what is wrong with it names the field, never what stands in it."""

from __future__ import annotations

import datetime
import difflib
import json
import unicodedata
from collections.abc import Iterator

from pydantic import ValidationError

from handouts.model import Curriculum
from handouts.problem import Problem
from handouts.profile import CODES, SAYINGS, Profile, Support, field_of
from handouts.rules import breach
from handouts.source import files
from handouts.source.settings import Settings, parse
from handouts.typeface import lacking

WHERE = "the profile"

KINDS = {
    "date": "a date, as 2027-01-31",
    "int": "a whole number",
    "bool": "yes or no (true or false)",
    "literal": "one of the words that docs/clinicians.md names",
    "list": "a list, with a dash before each entry",
}


def read_profile(content: bytes) -> tuple[Profile | None, list[Problem]]:
    """Make a profile of YAML or JSON; None when anything is wrong."""
    if len(content) > files.LARGEST:
        return None, [breach("CL001", WHERE, 0, "It is larger than a megabyte.")]
    source, problems = files.decode(content, WHERE)
    if source is None:
        # The words of these problems hold nothing of the file.
        return None, [breach("CL001", WHERE, each.line, each.message) for each in problems]
    settings, problems = _parsed(source.text)
    if problems:
        return None, [
            breach("CL001", WHERE, each.line, "This cannot be read.") for each in problems
        ]
    if not isinstance(settings.data, dict):
        return None, [breach("CL001", WHERE, 1, "There are no fields with values.")]
    said: dict[str, object] = {}
    wrong: list[Problem] = []
    lines: dict[str, int] = {}
    for key, value in settings.data.items():
        line = settings.line((key,))
        field = field_of(key)
        if field not in Profile.model_fields:
            wrong.append(unknown(field, WHERE, line))
        elif field in said:
            wrong.append(
                breach("CL002", WHERE, line, f"The field {plain(field)!r} is there twice.")
            )
        elif value is not None:
            said[field] = value
            lines[field] = line
    profile, found = make(said, WHERE, lines)
    return (None if wrong else profile), [*wrong, *found]


def _parsed(text: str) -> tuple[Settings, list[Problem]]:
    """Read JSON as JSON, whose way to write rare letters YAML does not know; the rest as YAML."""
    if text.lstrip().startswith("{"):
        try:
            return Settings(json.loads(text, object_pairs_hook=_once), {}), []
        except (ValueError, RecursionError):
            pass  # YAML, too, may begin with a brace
    return parse(text, WHERE, "CL001")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def make(
    said: dict[str, object], where: str, lines: dict[str, int]
) -> tuple[Profile | None, list[Problem]]:
    """Make a profile of fields; ``where`` and ``lines`` say where each of them stands."""
    tidied = {field: _tidy(field, value) for field, value in said.items()}
    try:
        profile = Profile.model_validate(tidied)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False, include_context=True)
    else:
        problems = list(_letters(profile, where, lines))
        return (None if problems else profile), problems
    problems = []
    for detail in details:
        field, *inner = detail["loc"]
        message = _wrong(str(field), inner, detail["type"], detail.get("ctx", {}))
        problems.append(breach("CL002", where, lines.get(str(field), 0), message))
    return None, list(dict.fromkeys(problems))


def unknown(field: str, where: str, line: int) -> Problem:
    """Say that there is no such field; the word itself may be somebody's name."""
    near = difflib.get_close_matches(field, Profile.model_fields, 1, 0.6)
    fix = f"Did you mean {plain(near[0])!r}?" if near else ""
    return breach("CL002", where, line, "There is no field of this name.", fix)


def refer(profile: Profile, curriculum: Curriculum, where: str = WHERE) -> list[Problem]:
    """Find texts that a profile names and that are not there, or not in its language."""
    problems = []
    for field, there in zip(CODES, ("lessons", "cards", "forms"), strict=True):
        known = getattr(curriculum, there)
        for number, code in enumerate(getattr(profile, field) or (), 1):
            if code not in known:
                message = f"Entry {number} of {plain(field)!r} is no code of a {there[:-1]}."
                problems.append(breach("CL004", where, 0, message))
            elif known[code].settings.language != profile.language:
                message = f"Entry {number} of {plain(field)!r} is not in the profile's language."
                problems.append(breach("CL004", where, 0, message))
    if profile.language not in {text.settings.language for text in curriculum.texts}:
        message = "Nothing here is in the profile's language."
        problems.append(breach("CL004", where, 0, message, "Leave 'language' out for English."))
    return problems


def plain(field: str) -> str:
    """Give the name of a field as people write it."""
    return field.replace("_", " ")


def _tidy(field: str, value: object) -> object:
    """Let people write one entry for a list, numbers for words, and codes in any case."""
    if field == "supports":
        entries = value if isinstance(value, list) else [value]
        return tuple(_support(entry) for entry in entries)
    if field in {*SAYINGS, *CODES}:
        entries = value if isinstance(value, list) else [value]
        words = tuple(_words(entry) for entry in entries)
        if field in CODES:
            codes = (word.upper() if isinstance(word, str) else word for word in words)
            return tuple(dict.fromkeys(codes)) if all(map(_simple, words)) else words
        return words
    if field in {"name", "next_appointment"}:
        return _words(value)
    return value


def _words(value: object) -> object:
    if isinstance(value, datetime.date) or (isinstance(value, int | float) and value is not True):
        value = str(value)
    return (
        " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value
    )


def _simple(value: object) -> bool:
    return isinstance(value, str)


def _support(entry: object) -> object:
    if isinstance(entry, dict):
        return {field_of(str(key)): _words(value) for key, value in entry.items()}
    return {"name": _words(entry)}


def _wrong(field: str, inner: list[int | str], kind: str, context: dict[str, object]) -> str:
    name = repr(plain(field))
    if inner and isinstance(inner[0], int):
        name = f"entry {inner[0] + 1} of {name}"
        parts = [part for part in inner[1:] if part in Support.model_fields]
        if parts:
            name = f"{parts[0]!r} in {name}"
        elif field == "supports" and kind == "extra_forbidden":
            return f"There is more in {name} than name, relation and phone."
    if kind == "string_too_long":
        return f"There are too many letters in {name}: {context['max_length']} is the most."
    if kind == "too_long":
        return f"There are too many entries in {name}: {context['max_length']} is the most."
    if kind in {"string_too_short", "missing"}:
        return f"Nothing stands in {name}."
    if kind == "string_pattern_mismatch":
        return f"What stands in {name} is no code; codes look like 3A or C01."
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"The number in {name} is too small or too large."
    expected = next((words for start, words in KINDS.items() if kind.startswith(start)), "text")
    if kind == "tuple_type":
        expected = KINDS["list"]
    return f"What stands in {name} should be {expected}."


def _letters(profile: Profile, where: str, lines: dict[str, int]) -> Iterator[Problem]:
    """Find fields with letters that cannot be printed as they are typed."""
    texts = [("name", profile.name), ("next_appointment", profile.next_appointment)]
    texts += [(field, text) for field in SAYINGS for text in getattr(profile, field)]
    texts += [("supports", f"{one.name} {one.relation} {one.phone}") for one in profile.supports]
    for field in dict.fromkeys(field for field, text in texts if _unprintable(text)):
        message = f"A letter or sign in {plain(field)!r} is not in the typeface."
        yield breach("CL003", where, lines.get(field, 0), message)


def _unprintable(text: str) -> bool:
    return bool(lacking(text)) or any(
        unicodedata.category(letter) in {"Cc", "Cf"} for letter in text
    )
