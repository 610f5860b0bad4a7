"""The preview in a real browser: open, edit, break, mend; reachable by keyboard, readable."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.cli.previews import Preview
from tests.conftest import make_root

LESSON = "curriculum/lessons/coping/slow-breath.md"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None,
        reason="chromium is not installed; this command installs it: sudo apt-get install chromium",
    ),
]

CONTRASTS = """() => {
  const light = (color) => {
    const parts = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((p) => p <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    const pair = [light(getComputedStyle(element).color), light(behind(element))];
    pair.sort((one, other) => one - other);
    found.push([texts.currentNode.data.trim(), (pair[1] + 0.05) / (pair[0] + 0.05)]);
  }
  return found;
}"""


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of T1 that may be edited."""
    with Preview(make_root(tmp_path), "T1") as running:
        yield running
    assert running.code == 0
    assert running.err == ""


@pytest.fixture
def page(preview: Preview) -> Iterator[Page]:
    """The preview in chromium; whatever the page complains of fails the test."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1280, "height": 800})
        opened.on("console", lambda said: complaints.append(said.text))
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("request", lambda asked: complaints.extend(outside(asked.url, preview)))
        opened.goto(preview.address)
        expect(opened.locator("#pages img")).not_to_have_count(0)
        yield opened
        browser.close()
    assert complaints == []


def outside(url: str, preview: Preview) -> list[str]:
    return [] if url.startswith(preview.address) else [url]


def edit(preview: Preview, old: str, new: str) -> None:
    path = preview.root / LESSON
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def first(page: Page) -> str | None:
    return page.locator("#pages img").first.get_attribute("data-name")


def test_a_save_shows_a_break_greys_and_mending_brings_back(preview: Preview, page: Page) -> None:
    problems = page.locator("#problems")
    before = first(page)
    expect(page.locator("#why")).to_be_hidden()

    edit(preview, "You need no tools for it.", "You need no tools for it, ever.")
    expect(page.locator("#pages img").first).not_to_have_attribute("data-name", before or "")
    edited = first(page)

    edit(preview, "/// message", "/// massage")
    expect(page.locator("#why")).to_contain_text("cannot be printed")
    expect(problems).to_contain_text("error ST006")
    expect(problems).to_contain_text("There is no block 'massage'.")
    expect(page.locator("body.old #pages img")).not_to_have_count(0)
    assert first(page) == edited

    edit(preview, "/// massage", "/// message")
    expect(page.locator("#why")).to_be_hidden()
    expect(problems).not_to_contain_text("ST006")
    expect(page.locator("body.old")).to_have_count(0)
    assert first(page) == edited


def test_the_place_one_has_scrolled_to_stays(preview: Preview, page: Page) -> None:
    place = "document.getElementById('sheets').scrollTop"
    page.evaluate(f"{place} = 500")
    before = first(page)
    edit(preview, "You need no tools for it.", "You need no tools for it, ever.")
    expect(page.locator("#pages img").first).not_to_have_attribute("data-name", before or "")
    assert page.evaluate(place) == 500


def test_every_switch_has_a_name_and_works_by_keyboard_alone(page: Page) -> None:
    before = first(page)
    page.get_by_label("Lesson, card or form").focus()
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.id"))
    assert reached == ["guide", "brand", "paper", "large", "sheets", "findings"]
    page.get_by_label("Handout").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Guide")).to_be_checked()
    expect(page.locator("#pages img").first).not_to_have_attribute("data-name", before or "")
    page.get_by_label("Lesson, card or form").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#file")).to_contain_text("one-promise.md")
    page.reload()
    expect(page.locator("#file")).to_contain_text("one-promise.md")
    expect(page.get_by_label("Guide")).to_be_checked()


def test_all_words_are_readable_and_nothing_is_cut_off(preview: Preview, page: Page) -> None:
    edit(preview, "/// message", "/// massage")
    expect(page.locator("#why")).to_be_visible()
    faint = {words: ratio for words, ratio in page.evaluate(CONTRASTS) if ratio < 4.5}
    assert faint == {}
    for width in (1280, 800, 400):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
