"""The JSON Schemas that editors use: up to date, and of one mind with the program."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
import yamlcore
from jsonschema import Draft202012Validator

from handouts.source.schemas import SCHEMAS, schema
from tests.conftest import PROJECT

FILES = {
    "lesson": "curriculum/lessons/*/*.md",
    "card": "curriculum/cards/*.md",
    "form": "curriculum/forms/*.md",
    "program": "curriculum/programs/*.yml",
    "brand": "templates/brands/*/brand.yml",
    "crisis-lines": "curriculum/crisis-lines.yml",
    "language": "curriculum/language.yml",
}


def settings(path: Path) -> object:
    """The settings of a file, dates as they are written."""
    text = path.read_text()
    if path.suffix == ".md":
        text = text.split("---\n")[1]
    return json.loads(json.dumps(yaml.load(text, yamlcore.CCoreLoader), default=str))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_in_docs_is_the_current_one(name: str) -> None:
    """`build_handouts.py schemas` renews them."""
    assert (PROJECT / f"docs/schemas/{name}.json").read_text() == schema(name)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_shipped_file_fits_its_schema(name: str) -> None:
    validator = Draft202012Validator(json.loads(schema(name)))
    paths = list(PROJECT.glob(FILES[name]))
    assert paths
    for path in paths:
        assert not list(validator.iter_errors(settings(path))), path


def test_a_schema_underlines_what_the_program_refuses() -> None:
    validator = Draft202012Validator(json.loads(schema("card")))
    assert list(validator.iter_errors({"code": "c 1", "title": "A card"}))
    assert list(validator.iter_errors({"code": "C1", "title": "A card", "colour": "red"}))


def test_the_editor_is_told_where_each_schema_belongs() -> None:
    said = json.loads((PROJECT / ".vscode/settings.json").read_text())["yaml.schemas"]
    for schema_file, pattern in said.items():
        assert (PROJECT / schema_file).is_file()
        assert FILES[Path(schema_file).stem] == pattern


def test_the_editor_s_task_finds_file_line_and_rule_in_what_check_says() -> None:
    (task,) = json.loads((PROJECT / ".vscode/tasks.json").read_text())["tasks"]
    expression = task["problemMatcher"]["pattern"]["regexp"]
    said = "curriculum/cards/a.md:12: PL001 Too hard.\n    Use shorter words."
    match = re.search(expression, said, re.M)
    assert match
    assert match.groups() == ("curriculum/cards/a.md", "12", "PL001", "Too hard.")
