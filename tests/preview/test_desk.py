"""The desk tells what `check` tells, of one text and at once."""

from __future__ import annotations

from pathlib import Path

from handouts.examiner import examine
from handouts.model import Edition
from handouts.preview.desk import PreviewDesk
from handouts.preview.view import Wish
from tests.conftest import TODAY


def test_every_text_has_the_problems_that_check_finds_in_it(root: Path) -> None:
    for path in (root / "curriculum").rglob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(text.rstrip() + "\n\nShout, addict!\n", "utf-8")
    card = root / "curriculum/cards/slow-breath.md"
    rules = "".join(f"  - {{rule: {rule}, reason: Only here.}}\n" for rule in ("LP001", "PL006"))
    excused = card.read_text("utf-8").replace("---\n\n", f"exceptions:\n{rules}---\n\n", 1)
    card.write_text(excused, "utf-8")
    desk = PreviewDesk(root, "tiny", lambda: TODAY)
    found = 0
    for choice in desk.view(Wish("", False, "neutral", Edition())).choices:
        view = desk.view(Wish(choice.file, False, "neutral", Edition()))
        assert view.why == ""
        assert sorted(view.problems) == examine(root, TODAY, [root / choice.file]), choice.file
        found += len(view.problems)
    assert found > 20


def test_an_old_crisis_line_is_told_and_marked_on_the_page(root: Path) -> None:
    wish = Wish("curriculum/lessons/coping/slow-breath.md", False, "neutral", Edition())
    day = TODAY
    desk = PreviewDesk(root, "tiny", lambda: day)
    before = desk.view(wish)
    day = TODAY.replace(year=TODAY.year + 1)
    after = desk.view(wish)
    assert "SF002" not in {problem.code for problem in before.elsewhere}
    assert "SF002" in {problem.code for problem in after.elsewhere}
    assert before.pages[0].name != after.pages[0].name
