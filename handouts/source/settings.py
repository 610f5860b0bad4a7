"""YAML to records: YAML 1.2, no aliases, no repeated names, and a line for every value."""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import yaml
import yamlcore
from pydantic import BaseModel, ValidationError

from handouts.problem import Problem
from handouts.rules import breach

Path = tuple[str | int, ...]
R = TypeVar("R", bound=BaseModel)

DEEPEST = 20


class _Refused(Exception):
    """Something YAML allows and we do not; carries its line within the text, from 0."""

    def __init__(self, line: int, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.line, self.message, self.fix = line, message, fix


class _Loader(yamlcore.CCoreLoader):  # type: ignore[misc]
    """The 1.2 core schema (so that ``no`` is a word), with aliases refused before they expand."""


@dataclass(frozen=True)
class Settings:
    """What a YAML text says, with the line of every value by its path."""

    data: object
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Give the line of a value, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def parse(text: str, file: str, code: str, first_line: int = 1) -> tuple[Settings, list[Problem]]:
    """Read a YAML text whose first line is ``first_line`` of the file.

    Problems of form carry the rule ``code`` that fits the place (settings of a file or a block).
    """
    try:
        _refuse_aliases(text)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            lines: dict[Path, int] = {(): first_line}
            data = _build(loader, node, (), lines, first_line) if node is not None else {}
        finally:
            loader.dispose()
    except _Refused as refused:
        return Settings({}, {}), [
            breach(code, file, first_line + refused.line, refused.message, refused.fix)
        ]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        line = first_line + (mark.line if mark else 0)
        return Settings({}, {}), [breach(code, file, line, f"These settings are not YAML: {what}.")]
    except (ValueError, OverflowError):
        return Settings({}, {}), [
            breach(code, file, first_line, "A number or a date in these settings cannot be read.")
        ]
    return Settings(data, lines), []


def _refuse_aliases(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                _line(event),
                "This uses a YAML anchor or alias (& or *).",
                "Write the text out in full; put quotes around it if it starts with & or *.",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise _Refused(_line(event), "These settings are nested too deeply.")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _build(
    loader: _Loader, node: yaml.Node, path: Path, lines: dict[Path, int], first: int
) -> object:
    lines.setdefault(path, first + node.start_mark.line)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Hashable, object] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node)
            if not isinstance(key, str):
                key = str(key_node.value)
            if key in mapping:
                raise _Refused(key_node.start_mark.line, f"The setting {key!r} is there twice.")
            lines[(*path, key)] = first + key_node.start_mark.line
            mapping[key] = _build(loader, value_node, (*path, key), lines, first)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(loader, item, (*path, number), lines, first)
            for number, item in enumerate(node.value)
        ]
    return loader.construct_object(node)


def validate(
    model: type[R], settings: Settings, file: str, code: str, what: str = ""
) -> tuple[R | None, list[Problem]]:
    """Turn settings into a record, or into one problem for each thing that is wrong.

    ``what`` names the thing the settings belong to, such as ``the block 'lines'``.
    """
    if not isinstance(settings.data, dict):
        message = f"{what or 'The settings'}: expected names with values, one on each line."
        return None, [breach(code, file, settings.line(()), _capital(message))]
    try:
        return model.model_validate(settings.data), []
    except ValidationError as error:
        return None, list(_problems(error, model, settings, file, code, what))


def _problems(
    error: ValidationError,
    model: type[BaseModel],
    settings: Settings,
    file: str,
    code: str,
    what: str,
) -> Iterator[Problem]:
    seen: set[Path] = set()
    for detail in error.errors(include_url=False, include_input=False, include_context=False):
        *around, last = detail["loc"]
        path = tuple(part for part in around if not _is_branch(part))
        if detail["type"] == "extra_forbidden" or not _is_branch(last):
            path = (*path, last)
        if path in seen:
            continue  # the branches of a union each complain about the same place
        seen.add(path)
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        where = f" in {what}" if what else ""
        kind, fix = detail["type"], ""
        if kind == "missing":
            message = f"The setting {name!r} is missing{where}."
            fix = f"Add a line '{path[-1]}: ...' to the settings."
        elif kind == "extra_forbidden":
            message = f"There is no setting {name!r}{where}."
            near = difflib.get_close_matches(str(path[-1]), model.model_fields, 1)
            fix = f"Did you mean {near[0]!r}?" if near else ""
        else:
            message = f"The setting {name!r}{where} is not right: {_plain(detail['msg'])}."
        yield breach(code, file, settings.line(path), message, fix)


def _is_branch(part: str | int) -> bool:
    """Tell names that pydantic adds for a branch of a union from names that an author wrote."""
    return isinstance(part, str) and (
        "[" in part or part in {"int", "str", "constrained-str", "function-after", "date"}
    )


def _plain(message: str) -> str:
    pattern = "String should match pattern"
    if message.startswith(pattern):
        return "it has letters or signs that are not allowed here, or it has the wrong form"
    for technical, plain in (
        ("Value error, ", ""),
        ("Input should be", "it should be"),
        ("String should have", "it should have"),
        ("Tuple should have", "the list should have"),
        ("a valid integer", "a whole number"),
        ("a valid string", "text; put it in quotes"),
        ("a valid tuple", "a list"),
        ("a valid dictionary or instance of", "a group of settings for"),
    ):
        message = message.replace(technical, plain)
    return message[0].lower() + message[1:]


def _capital(message: str) -> str:
    return message[0].upper() + message[1:]
