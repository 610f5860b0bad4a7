"""The processes that lay out, stamp and bind: one for each core, each with a warm engine."""

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
from typing import TypeVar

from handouts.bench import Bench
from handouts.problem import RenderError

T = TypeVar("T")
R = TypeVar("R")

END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)

_bench: Bench | None = None


def _begin(bench: Bench) -> None:
    global _bench
    _bench = bench
    if sys.platform == "linux":
        # Forked helpers hold each other's pipes open: nothing else ends them with the run.
        ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def _do(task: Callable[[Bench, T], R], item: T) -> R:
    assert _bench is not None
    return task(_bench, item)


@dataclass
class Crew:
    """Does tasks on a bench, in this process or in several."""

    bench: Bench
    jobs: int
    _pool: ProcessPoolExecutor | None = None

    def each(self, task: Callable[[Bench, T], R], items: Sequence[T]) -> Iterator[R]:
        """Do a task for every item; results come as they are ready.

        The first error ends the work: what has not begun is dropped.
        """
        if self.jobs == 1 or len(items) < 2:  # one task is done before a helper has begun
            yield from (task(self.bench, item) for item in items)
            return
        pool = self._started()
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
            raise RenderError(
                "A helper process was ended from outside, perhaps for want of memory. "
                "Run the command again with --jobs 1."
            ) from error

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Forked helpers share the engine that this process has warmed up; where forking is not
            # safe or not there, each starts its own.
            method = "fork" if sys.platform == "linux" else "spawn"
            if method == "fork":
                self.bench.warm()
            self._pool = ProcessPoolExecutor(
                self.jobs,
                mp_context=multiprocessing.get_context(method),
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
