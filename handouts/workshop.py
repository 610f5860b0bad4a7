"""The story: load, check everything, plan, lay out, bind, write."""

from __future__ import annotations

import contextlib
import datetime
import functools
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from handouts.bench import Bench, Job, lay_out, stamp, warm, write
from handouts.bindery.slips import RUN
from handouts.checks import run
from handouts.crew import Crew, beside
from handouts.documents.compose import Composed, compose, crisis_lines, frame
from handouts.documents.document import Desk, Document
from handouts.documents.shapes import notes
from handouts.garbage import collect_seldom
from handouts.model import Curriculum, Edition, Size
from handouts.press.part import Part, Template
from handouts.press.setting import LANGUAGES
from handouts.problem import OutputError, ProblemsFound, Severity, SystemLibraryError
from handouts.receipt import Made, Receipt
from handouts.source.brands import BrandFolder, read_brand
from handouts.source.curriculum import load

T = TypeVar("T")

ORDER: tuple[Template, ...] = ("guide", "handout", "cards", "form", "glance", "front", "notes")
"""The long ones first, so that no core waits for the last."""

Report = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and out of how much."""


@dataclass(frozen=True)
class Shop:
    """A curriculum and a brand that passed every check, on one day."""

    root: Path
    curriculum: Curriculum
    brand: BrandFolder
    today: datetime.date
    stale: bool

    def desk(self, edition: Edition) -> Desk:
        """Give what documents of an edition are made from."""
        return Desk(self.curriculum, self.brand.brand, edition, self.today, self.stale)


@dataclass(frozen=True)
class Outcome:
    """What a run made: documents by file with their pages, and how many parts it laid out."""

    pages: dict[str, int]
    laid_out: int
    written: int


def open_shop(root: Path, brand: str, today: datetime.date, *, stale_is_fine: bool = False) -> Shop:
    """Read and check everything; raise ProblemsFound with all errors of all files at once."""
    collect_seldom()
    folder, problems = read_brand(brand, root)
    loaded = load(root)
    problems = [*problems, *loaded.problems]
    stale = False
    if loaded.curriculum:
        found = run(loaded, today, [folder] if folder else [])
        stale = any(problem.code == "SF002" for problem in found)
        if stale_is_fine:
            found = [problem for problem in found if problem.code != "SF002"]
        problems.extend(found)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors or not (loaded.curriculum and folder):
        raise ProblemsFound(errors)
    return Shop(root, loaded.curriculum, folder, today, stale and stale_is_fine)


def open_warm(root: Path, brand: str, today: datetime.date, *, stale_is_fine: bool = False) -> Shop:
    """Open a shop and import the engine at the same time, for a run that will lay out."""

    def start() -> None:
        with contextlib.suppress(SystemLibraryError):  # raised again when a page is laid out
            warm()

    reading = functools.partial(open_shop, root, brand, today, stale_is_fine=stale_is_fine)
    return beside(reading, start)


def produce(
    shop: Shop,
    documents: Sequence[Document],
    desk: Desk,
    output: Path,
    jobs: int,
    report: Report,
    request: str = "",
) -> Outcome:
    """Make documents and write them below ``output``; those that have not changed stay."""
    bench = Bench(shop.root, shop.curriculum, shop.brand, output)
    crew = Crew(bench, jobs)
    try:
        composed, laid_out = _composed(documents, desk, crew, report)
        planned = [ready(one, desk) for one in composed]
        slips = bench.slips.missing(slip for one in planned for slip in one.slips)
        runs = [slips[start : start + RUN] for start in range(0, len(slips), RUN)]
        _told(crew.each(stamp, runs, engine=True), "Frames", len(runs), report)
        before = Receipt.read(output)
        due = [one for one in planned if not _as_left(bench, one, before)]
        made = dict(_told(crew.each(write, due), "Documents", len(due), report))
    finally:
        crew.close()
    kept: dict[str, Made] = {**before.documents, **made}
    if made or request != before.request:
        Receipt(request, kept).write(output)
    bench.press.shelf.sweep()
    return Outcome({one.file: kept[one.file].pages for one in planned}, laid_out, len(made))


def withdraw(output: Path, files: Collection[str]) -> None:
    """Take documents of an earlier run away, which may no longer be handed out.

    Raises OutputError naming the file when one cannot be removed.
    """
    before = Receipt.read(output)
    for file in files:
        try:
            (output / file).unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{output / file} could not be removed: {reason}.") from error
    kept = {file: made for file, made in before.documents.items() if file not in files}
    if kept != before.documents:
        Receipt("", kept).write(output)


def _composed(
    documents: Sequence[Document], desk: Desk, crew: Crew, report: Report
) -> tuple[list[Composed], int]:
    """Lay out every body, then the contents pages that say where they stand."""
    sizes: dict[Part, Size] = {}
    bodies = [leaf.part for document in documents for leaf in document.leaves]
    counted = [
        leaf.part
        for document in documents
        if document.front
        for other in document.front.counted
        for leaf in other.leaves
    ]
    wanted = list(dict.fromkeys([*bodies, *counted, notes(desk, 0).part]))
    laid_out = 0
    while wanted:
        missing = []
        for part in wanted:
            kept = crew.bench.press.shelf.take(crew.bench.press.key(part))
            if kept:
                sizes[part] = kept.size
            else:
                missing.append(part)
        missing.sort(key=lambda part: ORDER.index(part.template))
        made = crew.each(lay_out, missing, engine=True)
        sizes.update(_told(made, "Pages", len(missing), report))
        laid_out += len(missing)
        composed, wanted = _reckon(documents, desk, sizes)
    return composed, laid_out


def _reckon(
    documents: Sequence[Document], desk: Desk, sizes: dict[Part, Size]
) -> tuple[list[Composed], list[Part]]:
    """Compose documents by the sizes known so far; give also the parts that are still unknown."""
    unknown: dict[Part, None] = {}

    def size(part: Part) -> Size:
        if part not in sizes:
            unknown[part] = None
        return sizes.get(part, Size(2))

    return [compose(document, desk, size) for document in documents], list(unknown)


def ready(composed: Composed, desk: Desk) -> Job:
    """Give a document whose pages are known as a job that is ready to bind."""
    document = composed.document
    pages = frame(composed, desk)
    said = crisis_lines(desk)
    strip = next(page[0] for page in pages if page)
    return Job(
        file=document.file,
        pieces=tuple(
            (run.leaf.part, run.leaf.name, run.leaf.title, run.leaf.listed) for run in composed.runs
        ),
        frame=pages,
        title=document.title,
        author=desk.brand.name,
        subject=document.subject,
        language=LANGUAGES[document.language],
        aloud=(strip, "; ".join(f"{row['label']}: {row['reach']}" for row in said) + "."),
    )


def _as_left(bench: Bench, job: Job, receipt: Receipt) -> bool:
    made = receipt.documents.get(job.file)
    return made is not None and made.key == bench.key(job) and made.still(bench.output / job.file)


def _told(results: Iterable[T], what: str, total: int, report: Report) -> list[T]:
    """Gather results, telling how far the work is after each."""
    done: list[T] = []
    for result in results:
        done.append(result)
        report(what, len(done), total)
    return done
