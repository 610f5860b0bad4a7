"""The desk that stays warm: curriculum, engine and pages, read again when a file changes."""

from __future__ import annotations

import datetime
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts import checks
from handouts.bench import Bench, bound
from handouts.documents.compose import compose
from handouts.documents.shapes import single
from handouts.model import AnyText, Edition, Lesson, Size
from handouts.preview.choices import Choice, choices
from handouts.preview.pictures import pictures
from handouts.preview.view import View, Wish
from handouts.preview.watch import Watch
from handouts.problem import HandoutsError, Problem, Severity, UsageError
from handouts.source.brands import BrandFolder, brand_names, read_brand
from handouts.source.curriculum import Loaded, Memory, load
from handouts.workshop import Shop, ready

KEPT = 12
"""Views that are remembered, each with the pictures of its pages: a few megabytes."""
GLANCE = 0.1
"""Seconds between two looks at the files while somebody waits for a change."""
PAUSE = 0.02
"""Seconds in which nothing may change before files are read: an editor is not done in one step."""
NEEDED = {"SF001", "EV001"}
"""Rules that a text must keep to be laid out at all, besides those on reading it."""


@dataclass(frozen=True)
class _Read:
    """Everything as it was read at one moment."""

    stamp: str
    loaded: Loaded
    choices: tuple[Choice, ...]
    brands: tuple[str, ...]


class PreviewDesk:
    """Answers wishes, from any number of threads; lays out in one at a time.

    ``today`` is asked at every look, for a preview may stay open overnight.
    """

    def __init__(self, root: Path, program: str, today: Callable[[], datetime.date]) -> None:
        self._root, self._program, self._today = root, program, today
        self._watch = Watch((root / "curriculum", root / "templates"))
        self._memory = Memory()
        self._lock = threading.Lock()
        self._read: _Read | None = None
        self._views: OrderedDict[Wish, tuple[tuple[object, ...], View]] = OrderedDict()

    def find(self, code: str) -> str:
        """Give the file of a text by its code in any case, or that of the first without one.

        Raises UsageError for a code, or a program, that is not there.
        """
        with self._lock:
            read = self._now()
        plans = read.loaded.curriculum.programs if read.loaded.curriculum else {}
        if plans and self._program not in plans:
            there = ", ".join(plans)
            raise UsageError(f"There is no program {self._program!r}. There are: {there}.")
        for choice in read.choices:
            if not code or choice.code == code.upper():
                return choice.file
        raise UsageError(
            f"There is no lesson, card or form {code!r}. 'build_handouts.py list' shows them all."
        )

    def view(self, wish: Wish) -> View:
        """Give the view of this moment."""
        with self._lock:
            read = self._now()
            moment = (read.stamp, self._today())
            before = self._views.get(wish)
            if before is None or before[0] != moment:
                last = before[1] if before else None
                self._views[wish] = (moment, self._seen(wish, read, last))
            self._views.move_to_end(wish)
            while len(self._views) > KEPT:
                self._views.popitem(last=False)
            return self._views[wish][1]

    def wait(self, wish: Wish, version: str, seconds: float) -> View:
        """Give the view as soon as it is another than ``version``, or after so many seconds."""
        until = time.monotonic() + seconds
        while (view := self.view(wish)).said["version"] == version and time.monotonic() < until:
            time.sleep(GLANCE)
        return view

    def picture(self, name: str) -> bytes | None:
        """Give the PNG of a page that was shown lately."""
        with self._lock:
            shown = (page for _, view in self._views.values() for page in view.pages)
            return next((page.png for page in shown if page.name == name), None)

    def close(self) -> None:
        """Wait until nothing is being laid out; nothing will be from now on."""
        self._lock.acquire()

    def _now(self) -> _Read:
        """Read what has changed since the last look."""
        stamp = self._watch.stamp()
        if self._read is not None and self._read.stamp == stamp:
            return self._read
        while self._read is not None:
            time.sleep(PAUSE)
            before, stamp = stamp, self._watch.stamp()
            if stamp == before:
                break
        # Should a file change from here on, the next look finds another stamp and reads again.
        loaded = load(self._root, self._memory)
        listed = choices(self._root, loaded.curriculum, self._program)
        self._read = _Read(stamp, loaded, listed, tuple(brand_names(self._root)))
        return self._read

    def _seen(self, wish: Wish, read: _Read, last: View | None) -> View:
        found: list[Problem] = list(read.loaded.problems)
        pages = last.pages if last else ()
        try:
            folder, wrong = read_brand(wish.brand, self._root)
            found += wrong
            brands = [folder] if folder else []
            found += checks.run(read.loaded, self._today(), brands, advice=True, only=wish.file)
            text, why = _usable(wish, read, folder, found)
            if text and folder:
                stale = any(problem.code == "SF002" for problem in found)
                assert read.loaded.curriculum is not None
                shop = Shop(self._root, read.loaded.curriculum, folder, self._today(), stale)
                pdf, printed = self._pdf(wish, text, shop)
                pages = pictures(pdf)
                found += checks.pages(shop.curriculum, printed)
        except HandoutsError as error:
            why = str(error)
        except OSError as error:
            why = f"{error.filename or 'A file'} could not be read: {error.strerror or error}."
        except Exception as error:
            # Told once for each change, instead of again at every look; the desk stays open.
            logging.getLogger(__name__).error("A page could not be made.", exc_info=error)
            why = "This is a fault of the program, or of a template; the terminal says more."
        return View(
            pages=pages,
            why=why,
            problems=_own(found, wish.file),
            elsewhere=tuple(
                sorted(
                    each
                    for each in found
                    if each.file != wish.file and each.severity is Severity.ERROR
                )
            ),
            choices=read.choices,
            brands=read.brands,
        )

    def _pdf(self, wish: Wish, text: AnyText, shop: Shop) -> tuple[bytes, dict[str, Size]]:
        """Bind the document as ``handout`` does; give also the size of a lesson's handout."""
        desk = shop.desk(wish.edition)
        bench = Bench(self._root, shop.curriculum, shop.brand, self._root / "output")
        document = single(desk, text, guide=wish.guide and isinstance(text, Lesson))
        composed = compose(document, desk, lambda part: bench.press.finished(part).size)
        job = ready(composed, desk)
        bench.slips.make(job.slips)
        pdf = bound(bench, job)
        code = text.settings.code
        part = shop.desk(Edition()).leaf(code).part
        kept = bench.press.shelf.take(bench.press.key(part)) if isinstance(text, Lesson) else None
        return pdf, {code: kept.size} if kept else {}


def _own(found: Sequence[Problem], file: str) -> tuple[Problem, ...]:
    """Give the problems of a file, errors before advice."""
    own = (problem for problem in found if problem.file == file)
    return tuple(sorted(own, key=lambda each: (each.severity is not Severity.ERROR, each)))


def _usable(
    wish: Wish, read: _Read, folder: BrandFolder | None, found: Sequence[Problem]
) -> tuple[AnyText | None, str]:
    """Give the text if it can be laid out, or a sentence that says why not."""
    if wish.file not in {choice.file for choice in read.choices}:
        return None, f"{wish.file} is not there any more. Choose another text, or put it back."
    curriculum = read.loaded.curriculum
    texts = curriculum.texts if curriculum else ()
    text = next((text for text in texts if text.file == wish.file), None)
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    unread = {problem for problem in read.loaded.problems if problem.severity is Severity.ERROR}
    own = [problem for problem in errors if problem.file == wish.file]
    if any(problem in unread or problem.code in NEEDED for problem in own):
        return None, "This text cannot be printed until the errors in it are mended."
    if text is None or folder is None:
        files = ", ".join(dict.fromkeys(problem.file for problem in errors))
        return None, f"Nothing can be printed until these files are mended: {files}."
    return text, ""
