"""The preview as a browser meets it: who is let in, what is shown, what comes back when mended."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.previews import Preview
from tests.conftest import Command, make_root

LESSON = "curriculum/lessons/coping/slow-breath.md"
CARD = "curriculum/cards/slow-breath.md"


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of T1 whose files nobody touches."""
    with Preview(make_root(tmp_path_factory.mktemp("still")), "T1") as preview:
        yield preview


def put(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/state",
        "/preview.css",
        "/x/",
        "/x/state",
        "/../state",
        "/%00/",
        "/%c3%a9/state",
        "/%ff/state",
        "//",
    ],
)
def test_nothing_is_told_without_the_secret(still: Preview, path: str) -> None:
    answer, body = still.ask(path)
    assert answer.status == 403
    assert b"T1" not in body


def test_half_the_secret_is_not_enough(still: Preview) -> None:
    answer, _ = still.ask(still.base[:-2] + "/state")
    assert answer.status == 403


@pytest.mark.parametrize("host", ["handouts.example", "127.0.0.1", "localhost:1", "", "[::1]"])
def test_a_request_under_another_name_is_refused(still: Preview, host: str) -> None:
    """A page on the web could make its own name lead to this machine."""
    answer, body = still.ask(still.base + "state", Host=host)
    assert answer.status in {400, 403}
    assert b"T1" not in body


def test_both_names_of_this_machine_are_let_in(still: Preview) -> None:
    for name in ("127.0.0.1", "localhost"):
        answer, _ = still.ask(still.base + "state", Host=f"{name}:{still.port}")
        assert answer.status == 200


def test_it_can_be_reached_from_this_machine_alone(still: Preview) -> None:
    assert still.name == "127.0.0.1"
    listening = Path("/proc/net/tcp")
    if listening.exists():
        port = f":{still.port:04X}"
        rows = [row.split()[1] for row in listening.read_text().split("\n")[1:] if row]
        assert {row for row in rows if row.endswith(port)} == {f"0100007F{port}"}


def test_nothing_may_be_written(still: Preview) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer, _ = still.ask(still.base + "state", method)
        assert answer.status == 405


@pytest.mark.parametrize("path", ["", "preview.js", "preview.css", "state", "page/none.png"])
def test_every_answer_is_kept_nowhere_and_closed_in(still: Preview, path: str) -> None:
    answer, _ = still.ask(still.base + path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; img-src 'self'"
    )
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_page_names_no_address_outside_of_itself(still: Preview) -> None:
    for path in ("", "preview.js", "preview.css"):
        assert not re.search(rb"https?:|//[a-z]+\.|<script>|\bon\w+=|style=", still.get(path))


def test_the_pages_are_those_that_handout_prints(still: Preview) -> None:
    from handouts.preview.pictures import pictures

    run = Command(still.root)("handout", "T1", "--quiet")
    assert run.code == 0, run.err
    printed = pictures((still.root / "output/neutral/handouts/T1-slow-breath.pdf").read_bytes())
    shown = [page["name"] for page in still.state()["pages"]]
    assert shown == [page.name for page in printed]
    assert still.get(f"page/{shown[0]}.png") == printed[0].png


def test_guide_brand_paper_and_large_print_are_each_another_view(still: Preview) -> None:
    asked = [{}, {"guide": "yes"}, {"brand": "river-house"}, {"paper": "a4"}, {"large": "yes"}]
    states = [still.state(**each) for each in asked]
    assert all(not state["why"] for state in states)
    assert len({state["pages"][0]["name"] for state in states}) == len(states)


def test_one_can_choose_every_text_lessons_in_the_order_of_weeks(still: Preview) -> None:
    codes = [choice["code"] for choice in still.state()["choices"]]
    assert codes == ["T1", "T2", "TC1", "TC2", "TP1", "TP2"]
    assert not still.state(text=CARD)["why"]


@pytest.mark.parametrize("text", ["/etc/passwd", "../build_handouts.py", "build_handouts.py", ""])
def test_only_texts_of_the_curriculum_are_shown(still: Preview, text: str) -> None:
    state = still.state(text=text)
    assert "Choose another text" in state["why"]
    assert state["pages"] == []


def test_a_brand_that_is_not_there_is_a_sentence(still: Preview) -> None:
    assert "There is no brand" in still.state(brand="../neutral")["why"]


def test_ctrl_c_ends_it_with_zero_and_leaves_no_secret_in_a_log(root: Path) -> None:
    with Preview(root) as preview:
        state = preview.state()
        assert state["pages"]
        preview.ask("/wrong/")
    assert preview.code == 0
    assert preview.err == ""


def test_ctrl_c_does_not_wait_for_a_browser_that_waits_for_a_change(root: Path) -> None:
    with Preview(root) as preview:
        seen = preview.state()["version"]
        waiting = socket.create_connection((preview.name, preview.port))
        waiting.sendall(
            f"GET {preview.base}state?seen={seen} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{preview.port}\r\n\r\n".encode()
        )
        time.sleep(0.5)
        start = time.monotonic()
    waiting.close()
    assert time.monotonic() - start < 5
    assert (preview.code, preview.err) == (0, "")


def test_problems_come_with_line_rule_words_and_fix(root: Path) -> None:
    with Preview(root, "TC1") as preview:
        before = preview.state()
        put(root, CARD, "In for three.", "In for three, addict!")
        after = preview.state(before["version"])
    error, *advice = after["problems"]
    assert (error["code"], error["line"], error["severity"]) == ("LP001", 12, "error")
    assert error["fix"].startswith("Write: person")
    assert error["why"]
    assert "PL010" in {problem["code"] for problem in advice}
    # Words that judge keep a page from being handed out, not an author from seeing it.
    assert after["why"] == ""
    assert after["pages"] != before["pages"]


def test_a_broken_text_keeps_its_last_pages_and_comes_back(root: Path) -> None:
    with Preview(root, "T1") as preview:
        good = preview.state()
        put(root, LESSON, "/// message", "/// massage")
        broken = preview.state(good["version"])
        assert "cannot be printed" in broken["why"]
        assert broken["pages"] == good["pages"]
        assert preview.get(f"page/{good['pages'][0]['name']}.png")
        assert {"ST006"} <= {problem["code"] for problem in broken["problems"]}
        put(root, LESSON, "/// massage", "/// message")
        mended = preview.state(broken["version"])
        assert mended["version"] == good["version"]
    assert preview.err == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"---\n", b"---\ncode: T1\ntitle: [\n---\n", b"\xff\xfe", b"\0", b"x" * 1_100_000],
    ids=["empty", "cut off", "bad settings", "not UTF-8", "NUL", "too large"],
)
def test_no_file_ends_the_server(root: Path, content: bytes) -> None:
    text = (root / LESSON).read_bytes()
    with Preview(root, "T1") as preview:
        good = preview.state()
        (root / LESSON).write_bytes(content)
        broken = preview.state(good["version"])
        assert broken["why"]
        assert broken["problems"]
        assert LESSON in {choice["file"] for choice in broken["choices"]}
        (root / LESSON).write_bytes(text)
        assert preview.state(broken["version"])["version"] == good["version"]
    assert preview.err == ""


def test_a_page_that_cannot_be_laid_out_is_a_sentence(root: Path) -> None:
    with Preview(root, "T1") as preview:
        good = preview.state()
        put(root, LESSON, "You need no tools", "You need no \u222f tools")
        broken = preview.state(good["version"])
    assert "letters or signs that our typeface lacks" in broken["why"]
    assert broken["pages"] == good["pages"]
    assert preview.err == ""


def test_a_fault_in_a_template_a_style_or_a_brand_is_a_sentence(root: Path) -> None:
    with Preview(root, "T1") as preview:
        good = version = preview.state()
        for file in (
            "templates/pages/handout.html.j2",
            "templates/styles/base.css",
            "templates/brands/neutral/brand.yml",
            "curriculum/crisis-lines.yml",
        ):
            text = (root / file).read_bytes()
            (root / file).write_bytes(b"{% if %} p { colour: x ")
            version = preview.state(version["version"])
            assert version["why"], file
            (root / file).unlink()
            assert preview.state()["why"], file
            version = preview.state()
            (root / file).write_bytes(text)
            version = preview.state(version["version"])
            assert version["version"] == good["version"], file
    assert preview.err == ""


def test_a_fault_nobody_foresaw_is_told_once_and_the_server_lives(root: Path) -> None:
    page = root / "templates/pages/handout.html.j2"
    text = page.read_text("utf-8")
    with Preview(root, "T1") as preview:
        good = preview.state()
        page.write_text(text.replace("{{ body }}", "{{ body }}{{ 1 // 0 }}"), "utf-8")
        broken = preview.state(good["version"])
        assert "the terminal says more" in broken["why"]
        assert broken["pages"] == good["pages"]
        assert preview.state()["version"] == broken["version"]
        page.write_text(text, "utf-8")
        assert preview.state(broken["version"])["version"] == good["version"]
    assert preview.err.count("ZeroDivisionError") == 1


def test_a_text_that_is_gone_is_named_and_comes_back(root: Path) -> None:
    text = (root / LESSON).read_bytes()
    with Preview(root, "T1") as preview:
        good = preview.state()
        (root / LESSON).unlink()
        gone = preview.state(good["version"])
        assert "not there any more" in gone["why"]
        (root / LESSON).write_bytes(text)
        assert preview.state(gone["version"])["version"] == good["version"]


def test_a_text_that_is_already_broken_can_be_opened_by_its_code(root: Path) -> None:
    put(root, LESSON, "title: Slow Breath", "titel: Slow Breath")
    with Preview(root, "t1") as preview:
        state = preview.state()
        assert state["pages"] == []
        assert {problem["file"] for problem in state["problems"]} == {LESSON}
        put(root, LESSON, "titel:", "title:")
        assert preview.state(state["version"])["pages"]


def test_errors_in_other_files_are_told_apart(root: Path) -> None:
    put(root, LESSON, "/// message", "/// massage")
    with Preview(root, "TC1") as preview:
        state = preview.state()
    assert state["why"] == ""
    assert LESSON in {problem["file"] for problem in state["elsewhere"]}
    assert {problem["file"] for problem in state["problems"]} <= {CARD}


def test_what_is_not_there_is_a_mistake_in_the_command(command: Command) -> None:
    for words in (
        ("preview", "ZZ", "--program", "tiny"),
        ("preview", "--program", "none"),
        ("preview", "T1", "--program", "tiny", "--brand", "none"),
    ):
        run = command(*words, "--no-open")
        assert run.code == 2
        assert "There is no" in run.err
