"""Measure what this program promises: one command, a table and JSON.

    .venv/bin/python benchmarks/run.py [--program NAME] [--rounds 5] [--json FILE]

Every ratio compares two things measured in the same run, alternating; figures are medians. The
curriculum is copied to a temporary folder, so that neither shelf nor output of the project is used.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

FULL = """
import datetime, gc, sys, time
sys.path.insert(0, {root!r})
usual = gc.get_threshold()
from pathlib import Path
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from handouts.documents.compose import compose, crisis_lines
from handouts.documents.shapes import everything
from handouts.model import Edition, Size
from handouts.press.press import Press
from handouts.press.shelf import Shelf
from handouts.typeface import FACES, font_folder
from handouts.workshop import open_shop

# Every document laid out in full by WeasyPrint, in the way its documentation shows: a font
# configuration and style sheets for each, head and foot in the margins, parts joined by copy().
# Garbage is looked for as often as Python does by itself: looking seldom is a step of our own.
root = Path({root!r})
shop = open_shop(root, "neutral", datetime.date.today())
press = Press(root, shop.curriculum, Shelf(root / ".shelf"))
desk = shop.desk(Edition())
icons = (root / "templates").as_uri() + "/"
fonts = FACES.replace('url("fonts/', f'url("file://{{font_folder()}}/')
strip = "   ".join(f"{{line['label']}}: {{line['reach']}}" for line in crisis_lines(desk))
pages = 0

def margins(document, leaf):
    feet = [(foot.code, foot.title, foot.mark, foot.review) for foot in leaf.feet]
    foot = " / ".join(" ".join(words) for words in feet)
    boxes = {{
        "top-left": desk.brand.name, "top-right": document.running, "bottom-left": foot,
        "bottom-center": strip,
    }}
    said = " ".join(f'@{{place}} {{{{ content: "{{words}}" }}}}' for place, words in boxes.items())
    return f"@page {{{{ {{said}} @bottom-right {{{{ content: counter(page) }}}} }}}}"

gc.set_threshold(*usual)
start = time.perf_counter()
for document in everything(desk, {program!r}):
    config = FontConfiguration()
    faces = weasyprint.CSS(string=fonts, font_config=config)
    sheets, parts, known = {{}}, [], {{}}
    def set(part, leaf):
        styles = press.setting.styles(part) + margins(document, leaf)
        if styles not in sheets:
            sheets[styles] = weasyprint.CSS(string=styles, font_config=config)
        html = weasyprint.HTML(string=press.setting.html(part), base_url=icons)
        return html.render(stylesheets=[faces, sheets[styles]], font_config=config)
    for leaf in document.leaves:
        made = set(leaf.part, leaf)
        known[leaf.part] = Size(len(made.pages))
        parts.append(made)
    placed = compose(document, desk, lambda part: known.get(part, Size(2)))
    others = [run.leaf for run in placed.runs if run.leaf not in document.leaves]
    parts += [set(leaf.part, leaf) for leaf in others]
    whole = [page for made in parts for page in made.pages]
    parts[0].copy(whole).write_pdf(pdf_variant="pdf/ua-1")
    pages += len(whole)
print(time.perf_counter() - start, pages)
"""

ALONE = """
import sys; sys.path.insert(0, {root!r})
from pathlib import Path
from handouts.model import Edition
from handouts.press.part import Part
from handouts.press.press import Press
from handouts.press.shelf import Shelf
from handouts.source.curriculum import load
root = Path({root!r})
press = Press(root, load(root).curriculum, Shelf(root / ".none"))
press.lay_out(Part("handout", ({code!r},), Edition(), "x"))
press.lay_out(Part("guide", ({code!r},), Edition(), "x"))
"""


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall time that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def script(root: Path, text: str, **values: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own."""
    code = text.format(root=str(root), **values)
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)


largest = 0
"""The most memory, in KB, that a process of a build has taken."""


def command(root: Path, *words: str) -> None:
    """Run the command line in a process of its own."""
    global largest
    process = subprocess.Popen([sys.executable, "build_handouts.py", *words, "--quiet"], cwd=root)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"build_handouts.py {' '.join(words)} ended with {status}")
    largest = max(largest, usage.ru_maxrss)


def cold(root: Path, program: str) -> float:
    """A build with nothing kept."""
    for name in (".shelf", "output"):
        shutil.rmtree(root / name, ignore_errors=True)
    return timed(lambda: command(root, "build", "--program", program))


def full(root: Path, program: str) -> float:
    """The same documents, each laid out in full in one process; only the layout is timed."""
    return float(script(root, FULL, program=program).stdout.split()[0])


def edited(root: Path, program: str, file: Path, number: int) -> float:
    """A build after one lesson was edited."""
    file.write_text(file.read_text("utf-8").rstrip() + f"\n{' ' * number}\n", "utf-8")
    return timed(lambda: command(root, "build", "--program", program))


def packet(root: Path, program: str) -> tuple[float, float, int]:
    """Bind and frame one facilitator packet from the shelf, and lay the same parts out."""
    import datetime

    from handouts.bench import Bench, bound, warm
    from handouts.documents.compose import compose
    from handouts.documents.shapes import facilitator_packet
    from handouts.model import Edition
    from handouts.workshop import open_shop, ready

    shop = open_shop(root, "neutral", datetime.datetime.now().astimezone().date())
    desk = shop.desk(Edition())
    bench = Bench(root, shop.curriculum, shop.brand, root / "output")
    warm()
    composed = compose(
        facilitator_packet(desk, program, 1),
        desk,
        lambda part: bench.press.finished(part).size,
    )
    job = ready(composed, desk)
    bound(bench, job)
    from_shelf = timed(lambda: bound(bench, job))
    parts = list(dict.fromkeys(part for part, *_ in job.pieces))
    laid_out = timed(lambda: [bench.press.lay_out(part) for part in parts])
    return from_shelf, laid_out, composed.pages


def main() -> None:
    """Measure, print a table, write JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="sixteen-weeks")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        root.mkdir()
        for name in ("curriculum", "templates", "handouts"):
            shutil.copytree(PROJECT / name, root / name)
        shutil.copy(PROJECT / "build_handouts.py", root)
        rows = measure(root, options.program, options.rounds)
    width = max(len(name) for name in rows)
    for name, value in rows.items():
        print(f"{name:<{width}}  {value}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def measure(root: Path, program: str, rounds: int) -> dict[str, object]:
    """Take every measure, alternating the two sides of each ratio."""
    median = statistics.median
    colds, fulls, same, edits, alones, binds, layouts = [], [], [], [], [], [], []
    lesson = root / "curriculum/lessons/coping/riding-urges.md"
    for _ in range(rounds):
        fulls.append(full(root, program))
        colds.append(cold(root, program))
    for number in range(rounds):
        same.append(timed(lambda: command(root, "build", "--program", program)))
        alones.append(timed(lambda: script(root, ALONE, code="3A")))
        edits.append(edited(root, program, lesson, number + 1))
        bind, layout, pages = packet(root, program)
        binds.append(bind)
        layouts.append(layout)
    return {
        "python": platform.python_version(),
        "rounds": rounds,
        "documents laid out in full, one process, s": round(median(fulls), 2),
        "cold build, all cores, s": round(median(colds), 2),
        "cold build: times faster": round(median(fulls) / median(colds), 2),
        "nothing changed, whole process, s": round(median(same), 3),
        "one lesson laid out alone, s": round(median(alones), 2),
        "one lesson edited, all its documents, s": round(median(edits), 2),
        "edited against alone": round(median(edits) / median(alones), 2),
        "packet pages": pages,
        "packet bound and framed, s": round(median(binds), 3),
        "packet parts laid out, s": round(median(layouts), 3),
        "bound: times faster": round(median(layouts) / median(binds), 1),
        "largest process, MB": round(largest / 1024),
    }


if __name__ == "__main__":
    main()
