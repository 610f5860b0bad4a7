"""Where a sentence starts: on its own line, not on its paragraph's."""

from __future__ import annotations

from handouts.source.files import Source
from handouts.source.plain import passages
from handouts.source.texts import read_form

TEXT = """---
code: X1
title: A Form
audience: participant
---

One sentence is here. The second
runs on to *the next
line*. The third starts there.
Fourth.

- An item. Another
  sentence of it. A last one.
"""


def test_every_sentence_has_the_line_it_starts_on() -> None:
    form, problems = read_form(Source("curriculum/forms/x.md", TEXT, ""), None)
    assert form
    assert not problems
    found = [pair for passage in passages(form) for pair in passage.sentences()]
    assert found == [
        (7, "One sentence is here."),
        (7, "The second runs on to the next line."),
        (9, "The third starts there."),
        (10, "Fourth."),
        (12, "An item."),
        (12, "Another sentence of it."),
        (13, "A last one."),
    ]
