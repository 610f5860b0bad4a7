"""Blocks are read as pymdown-extensions reads them, and everything wrong is said with its line."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block as TheirBlock

from handouts.model import Block, Heading, Prose, walk
from handouts.source.blocks import read_blocks
from handouts.source.kinds import KINDS
from tests.conftest import PROJECT


def found(text: str) -> list[tuple[str, int]]:
    """The codes and lines of the problems in a text."""
    return [(problem.code, problem.line) for problem in read_blocks(text, "x.md")[1]]


def test_prose_headings_and_blocks_keep_their_lines() -> None:
    nodes, problems = read_blocks(
        "One.\n\n## Two\n\n/// try | Three\nFour.\n///\nFive.", "x.md", 10
    )
    assert problems == []
    assert [(type(node), node.line) for node in walk(nodes)] == [
        (Prose, 10),
        (Heading, 12),
        (Block, 14),
        (Prose, 15),
        (Prose, 17),
    ]


def test_settings_of_a_block_are_validated() -> None:
    (block,), problems = read_blocks("/// lines | What?\n    name: what\n    rows: 5\n///", "x.md")
    assert problems == []
    assert isinstance(block, Block)
    assert (block.option("name"), block.option("rows")) == ("what", 5)


def test_a_block_inside_another_has_fewer_slashes() -> None:
    text = "//// try | Now\nText.\n\n/// scale | How much?\n    name: much\n///\n////"
    (outer,), problems = read_blocks(text, "x.md")
    assert problems == []
    assert isinstance(outer, Block)
    assert [node.kind for node in outer.body if isinstance(node, Block)] == ["scale"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/// nonsense | A\nText.\n///", [("ST006", 1)]),
        (" /// try | A", [("ST006", 1)]),
        ("///try", [("ST010", 1), ("ST007", 1)]),
        ("Text.\n\n/// try | A\nText.", [("ST007", 3)]),
        ("//// try | A\n\n/// safety | B\nText.\n////", [("ST007", 3)]),
        ("Text.\n///", [("ST008", 2)]),
        ("/// lines | A\n    name: a\n    rows: many\n///", [("ST009", 3)]),
        ("/// lines | A\n    name: a\n    row: 3\n///", [("ST009", 3)]),
        ("/// lines | A\n///", [("ST009", 1)]),
        ("/// note | A\n    step: teach\n    minutes: ten\n\nText.\n///", [("ST009", 3)]),
        ("/// note | A\n    step: teach\n    minutes: 2.5\n\nText.\n///", [("ST009", 3)]),
        ("/// lines | A\n    name: &x a\n///", [("ST009", 2)]),
        ("/// draw | A\n    name: a\n    shape: unicorn\n///", [("ST009", 3)]),
        ("/// draw | A\n    name: a\n    shape: fork\n    labels: [one]\n///", [("ST009", 1)]),
        ("/// lines\n    name: a\n///", [("ST010", 1)]),
        ("/// message | A title\nText.\n///", [("ST010", 1)]),
        ("/// evidence | certain\nText.\n///", [("ST010", 1)]),
        ("/// try | A\n///", [("ST011", 1)]),
        ("/// tick | A\n    name: a\n\nNo list.\n///", [("ST011", 1)]),
        ("/// script | A\n    name: a\n\nNo blank.\n///", [("ST011", 1)]),
        ("A <b>word</b>.", [("ST012", 1)]),
        ("Text.\n<!-- hidden -->", [("ST012", 2)]),
        ("# Title", [("ST013", 1)]),
        ("#### Deep", [("ST013", 1)]),
        ("##", [("ST013", 1)]),
        (
            "//// try | A\n\n/// note | B\n    step: teach\n    minutes: 1\n\nX\n///\n////",
            [("ST019", 3)],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert found(text) == expected


def test_links_in_angle_brackets_are_not_html() -> None:
    assert found("See <https://example.org> or 3 < 4.") == []


class _Seen:
    kinds: list[str]


def _their_reading(text: str) -> list[str]:
    """The kinds of block that pymdown-extensions finds, in order."""
    seen: list[str] = []

    def kind(name: str) -> type[TheirBlock]:
        class One(TheirBlock):  # type: ignore[misc]
            NAME = name
            ARGUMENT = None

            def on_validate(self, parent: object) -> bool:
                return True

            def on_create(self, parent: object) -> object:
                from xml.etree.ElementTree import SubElement

                return SubElement(parent, "div", {"class": f"kind-{name}"})  # type: ignore[arg-type]

        One.OPTIONS = {
            option: [None, lambda value: value] for option in KINDS[name].options.model_fields
        }
        return One

    class Extension(BlocksExtension):  # type: ignore[misc]
        def extendMarkdownBlocks(self, md: object, manager: object) -> None:
            for name in KINDS:
                manager.register(kind(name), self.getConfigs())  # type: ignore[attr-defined]

    html = markdown.markdown(text, extensions=[Extension()])
    seen.extend(re.findall(r'class="kind-([a-z]+)"', html))
    return seen


LESSONS = sorted((PROJECT / "curriculum").rglob("*.md"))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_we_find_the_blocks_that_the_package_finds(path: Path) -> None:
    body = path.read_text("utf-8").split("\n---\n", 1)[1]
    nodes, _ = read_blocks(body, "x.md")
    ours = [node.kind for node in walk(nodes) if isinstance(node, Block)]
    assert ours == _their_reading(body)
