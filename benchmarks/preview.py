"""Measure how soon a save shows in the preview: one command, ratios and seconds.

    .venv/bin/python benchmarks/preview.py [--lesson 3A] [--rounds 15] [--json FILE]

A copy of the curriculum is edited while the real command runs. A save counts as shown when the new
state has come and every picture in it has been fetched. Beside it, alternating, stands what an
author did before: ``check`` and ``handout`` in processes of their own. Figures are medians.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent


def state(address: str, seen: str, guide: str) -> dict[str, Any]:
    """Ask for the state; with a version in ``seen``, for the next one."""
    with urllib.request.urlopen(f"{address}state?guide={guide}&seen={seen}") as answer:
        said: dict[str, Any] = json.load(answer)
        return said


def fetch(address: str, said: dict[str, Any]) -> None:
    """Fetch every picture of a state."""
    for page in said["pages"]:
        with urllib.request.urlopen(f"{address}page/{page['name']}.png") as answer:
            answer.read()


def saved(address: str, file: Path, number: int, guide: str) -> float:
    """Seconds from a save to the last of its pictures."""
    before = state(address, "", guide)
    text = file.read_text("utf-8")
    start = time.perf_counter()
    file.write_text(text.rstrip() + f"\n\nOne more line, number {number}.\n", "utf-8")
    after = state(address, before["version"], guide)
    fetch(address, after)
    took = time.perf_counter() - start
    assert after["version"] != before["version"]
    assert not after["why"], after["why"]
    assert after["pages"] != before["pages"]
    file.write_text(text, "utf-8")
    return took


def by_hand(root: Path, file: Path, lesson: str, number: int, guide: str) -> float:
    """Seconds for ``check`` of the file and ``handout``, after the same edit."""
    text = file.read_text("utf-8")
    file.write_text(text.rstrip() + f"\n\nOne other line, number {number}.\n", "utf-8")
    script = [sys.executable, "build_handouts.py"]
    start = time.perf_counter()
    checked = subprocess.run([*script, "check", str(file)], cwd=root, capture_output=True)
    words = [*script, "handout", lesson, "--quiet", *(["--guide"] if guide else [])]
    subprocess.run(words, cwd=root, check=True)
    took = time.perf_counter() - start
    assert checked.returncode == 0, checked.stdout
    file.write_text(text, "utf-8")
    return took


def measure(root: Path, lesson: str, rounds: int) -> dict[str, object]:
    """Take every measure while a preview runs."""
    start = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "build_handouts.py", "preview", lesson, "--no-open"],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    address = ""
    while not address:
        found = re.search(r"http://\S+", server.stdout.readline())
        address = found.group() if found else ""
    said = state(address, "", "")
    fetch(address, said)
    opened = time.perf_counter() - start
    (file,) = (root / one["file"] for one in said["choices"] if one["code"] == lesson)
    rows: dict[str, object] = {"rounds": rounds, "from the command to the first pages, s": opened}
    for kind, guide in (("handout", ""), ("guide", "yes")):
        shown, hand = [], []
        fetch(address, state(address, "", guide))
        for number in range(rounds):
            shown.append(saved(address, file, number, guide))
            if number < 5:
                hand.append(by_hand(root, file, lesson, number, guide))
            time.sleep(0.4)  # so that the preview sees the text as it was before the next edit
        rows[f"{kind}: a save to its pages, median s"] = statistics.median(shown)
        rows[f"{kind}: a save to its pages, slowest s"] = max(shown)
        rows[f"{kind}: check and handout by hand, s"] = statistics.median(hand)
        ratio = statistics.median(hand) / statistics.median(shown)
        rows[f"{kind}: times faster than by hand"] = ratio
    server.send_signal(signal.SIGINT)
    rows["exit code after Ctrl-C"] = server.wait(20)
    return rows


def main() -> None:
    """Measure, print a table, write JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lesson", default="3A")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        root.mkdir()
        for name in ("curriculum", "templates", "handouts"):
            shutil.copytree(PROJECT / name, root / name)
        shutil.copy(PROJECT / "build_handouts.py", root)
        found = measure(root, options.lesson, options.rounds)
    rows = {k: round(v, 3) if isinstance(v, float) else v for k, v in found.items()}
    width = max(len(name) for name in rows)
    for name, value in rows.items():
        print(f"{name:<{width}}  {value}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
