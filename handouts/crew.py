"""The processes that help: to read while the engine starts; to lay out, stamp and bind."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TypeVar

from handouts.bench import Bench, warm
from handouts.press.engine import started
from handouts.problem import RenderError

ENDED = (
    "A helper process was ended from outside, perhaps for want of memory. "
    "Run the command again with --jobs 1."
)

T = TypeVar("T")
R = TypeVar("R")

FORK = sys.platform == "linux"
"""Whether helpers are forked; where that is not safe or not there, each starts afresh."""

END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)

_bench: Bench | None = None


def beside(task: Callable[[], T], meanwhile: Callable[[], object]) -> T:
    """Do a task in a helper, where one can be forked, and something else here at the same time.

    Gives what the task gives, or raises what it raises. This process must have no threads yet.
    """
    if not FORK:
        return task()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    helper = context.Process(target=_tell, args=(theirs, task), daemon=True)
    helper.start()
    theirs.close()
    try:
        meanwhile()
        found: T | Exception = ours.recv()
    except EOFError as error:
        raise RenderError(ENDED) from error
    finally:
        ours.close()
        helper.kill()
        helper.join()
    if isinstance(found, Exception):
        raise found
    return found


def _tell(pipe: Connection, task: Callable[[], object]) -> None:
    _serve()
    try:
        found = task()
    except Exception as error:  # raised in the run, which knows what to say of it
        found = error
    pipe.send(found)


def _serve() -> None:
    """End with the run, and leave it to the run what to do and say when somebody presses Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if FORK:
        # Forked helpers hold each other's pipes open: nothing else ends them with the run.
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def _begin(bench: Bench) -> None:
    global _bench
    _bench = bench
    _serve()


def _do(task: Callable[[Bench, T], R], item: T) -> R:
    assert _bench is not None
    return task(_bench, item)


@dataclass
class Crew:
    """Does tasks on a bench, in this process or in several."""

    bench: Bench
    jobs: int
    _pool: ProcessPoolExecutor | None = None

    def each(
        self, task: Callable[[Bench, T], R], items: Sequence[T], *, engine: bool = False
    ) -> Iterator[R]:
        """Do a task for every item; results come as they are ready.

        ``engine`` says that the task lays out: the engine is then imported here first, and helpers
        share that. Once it has been started here, nobody is forked any more, and all is done here.
        The first error ends the work: what has not begun is dropped.
        """
        alone = FORK and self._pool is None and started()
        if self.jobs == 1 or len(items) < 2 or alone:  # one is done before a helper has begun
            yield from (task(self.bench, item) for item in items)
            return
        pool = self._started(engine)
        waiting = iter(items)
        running: set[Future[R]] = set()
        try:
            # A few tasks ahead keep everyone busy; more would only take memory.
            _fill(running, (pool.submit(_do, task, item) for item in waiting), 2 * self.jobs)
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
                more = (pool.submit(_do, task, item) for item in waiting)
                _fill(running, more, 2 * self.jobs)
        except BrokenProcessPool as error:
            raise RenderError(ENDED) from error

    def _started(self, engine: bool) -> ProcessPoolExecutor:
        if self._pool is None:
            if FORK and engine:
                warm()
            self._pool = ProcessPoolExecutor(
                self.jobs,
                mp_context=multiprocessing.get_context("fork" if FORK else "spawn"),
                initializer=_begin,
                initargs=(self.bench,),
            )
        return self._pool

    def close(self) -> None:
        """Send everyone home; what has not begun is dropped."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _fill(running: set[Future[R]], more: Iterable[Future[R]], most: int) -> None:
    with contextlib.suppress(StopIteration):
        source = iter(more)
        while len(running) < most:
            running.add(next(source))
