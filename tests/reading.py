"""Reading finished PDFs back as people and screen readers meet them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
from pdfminer.high_level import extract_text
from pikepdf import Array, Dictionary
from PIL import Image

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"[^>]*>([^<]*)</word>')


def page_texts(pdf: Path) -> list[str]:
    """The text of each page, with white space folded."""
    with pikepdf.open(pdf) as opened:
        count = len(opened.pages)
    return [fold(extract_text(pdf, page_numbers=[number])) for number in range(count)]


def picture(pdf: Path, page: int) -> Image.Image:
    """A page as a small gray picture, four dots to a millimetre; the last one is -1."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[page % len(opened)].render(scale=4 * 25.4 / 72, grayscale=True).to_pil()


def depth(pdf: Path, page: int, top: float, bottom: float) -> float:
    """How far down a page something is printed, as a part of its text's height.

    ``top`` and ``bottom`` are the margins in millimetres.
    """
    seen = picture(pdf, page)
    height = seen.height
    first, last = round(top * 4), height - round(bottom * 4)
    found = seen.crop((0, first, seen.width, last)).point(lambda dot: 255 * (dot < 200)).getbbox()
    return found[3] / (last - first) if found else 0.0


def early_breaks(pdf: Path) -> list[str]:
    """Lines of paragraphs on which the next line's first word would have fitted, with room."""
    done = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, text=True)
    found = []
    for block in re.findall(r"<block .*?</block>", done.stdout, re.DOTALL):
        lines = [
            [(float(left), float(right), word) for left, right, word in WORD.findall(line)]
            for line in re.findall(r"<line .*?</line>", block, re.DOTALL)
        ]
        edge = max(line[-1][1] for line in lines)
        for line, after in pairwise(lines):
            left, right, word = after[0]
            flush = abs(line[0][0] - left) < 2 and edge - left > 250  # points: a whole column
            if flush and line[-1][1] + (right - left) + 10 < edge:
                found.append(" ".join(word for *_, word in line) + " | " + word)
    return found


def rules(pdf: Path, page: int) -> list[float]:
    """Where lines are ruled over the whole width of a page's text, as parts of its height."""
    seen = picture(pdf, page)
    width, height = seen.size
    middle = seen.crop((round(width * 0.15), 0, round(width * 0.85), height))
    dark = [max(middle.crop((0, y, middle.width, y + 1)).tobytes()) < 200 for y in range(height)]
    text_ends = height * (279.4 - 24) / 279.4
    return [y / height for y in range(1, height) if dark[y] and not dark[y - 1] and y < text_ends]


def fold(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Text without white space: where lines break says nothing about what is read."""
    return re.sub(r"\s+", "", text)


def spoken(pdf: Path) -> list[str]:
    """What a screen reader says, piece by piece in the order of the tags (poppler's reading)."""
    done = subprocess.run(
        ["pdfinfo", "-struct-text", pdf], capture_output=True, check=True, text=True
    )
    rows = (row.strip() for row in done.stdout.splitlines())
    return [row[1:-1] for row in rows if row.startswith('"') and row.endswith('"')]


def elements(pdf: Path) -> list[tuple[str, str]]:
    """The kind and the alternative text of every structure element, in reading order."""
    with pikepdf.open(pdf) as opened:
        return [(str(e.S)[1:], str(e.get("/Alt", ""))) for e in _walk(opened.Root.StructTreeRoot)]


def _walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def fonts(pdf: bytes | Path) -> set[tuple[str, bool]]:
    """The names of all fonts, and whether each is embedded."""
    found = set()
    with pikepdf.open(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf) as opened:
        for thing in opened.objects:
            if isinstance(thing, Dictionary) and thing.get("/Type") == "/FontDescriptor":
                inside = any(f"/FontFile{n}" in thing for n in ("", "2", "3"))
                found.add((str(thing.FontName), inside))
    return found


def checkers_complaints(pdfs: list[Path]) -> str:
    """What pdfua and outloud call errors in these files; empty when they have none."""
    said = []
    tools = Path(sys.executable).parent
    for command in (["outloud", "--no-info"], ["pdfua", "check", "--min-severity", "error"]):
        name, *options = command
        done = subprocess.run([tools / name, *options, *pdfs], capture_output=True, text=True)
        if done.returncode:
            said.append(done.stdout + done.stderr)
    return "\n".join(said)
