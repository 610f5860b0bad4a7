"""The house: imports point one way, and one module knows each engine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import PROJECT

ORDER = re.findall(
    r"`((?:handouts/)?\w+(?:/|\.py))`",
    (PROJECT / "docs/architecture.md").read_text().split("## The house")[1].split("\n## ")[0],
)
MODULES = sorted((PROJECT / "handouts").rglob("*.py"))


def room(module: str) -> int:
    """The place of a dotted module in the list of the architecture page."""
    parts = module.split(".")
    for place, name in enumerate(ORDER):
        if parts[1:2] == [Path(name).stem]:
            return place
    raise AssertionError(f"{module} has no place in docs/architecture.md")


def imports(path: Path) -> set[str]:
    """The modules of ours that a file imports at any depth."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
    return {name for name in found if name.startswith("handouts.")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_only_from_above_itself(path: Path) -> None:
    module = ".".join(path.relative_to(PROJECT).with_suffix("").parts)
    if module == "handouts.__init__":
        return
    for other in imports(path):
        assert room(other) <= room(module), f"{module} imports {other}"


@pytest.mark.parametrize(
    ("package", "only"),
    [
        ("markdown", "handouts/press/markup.py"),
        ("weasyprint", "handouts/press/engine.py"),
        ("pypdfium2", "handouts/preview/pictures.py"),
    ],
)
def test_one_module_knows_each_engine(package: str, only: str) -> None:
    knowing = [
        path.relative_to(PROJECT).as_posix()
        for path in MODULES
        if re.search(rf'^\s*(?:import|from) {package}\b|"{package}"\)', path.read_text(), re.M)
    ]
    assert knowing == [only]
