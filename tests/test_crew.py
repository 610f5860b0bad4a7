"""Helpers: what they find and what goes wrong in them reaches the run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from typing import cast

import pytest

from handouts import crew
from handouts.bench import Bench
from handouts.crew import Crew, beside
from handouts.problem import Problem, ProblemsFound, RenderError, UsageError

pytestmark = pytest.mark.skipif(not crew.FORK, reason="helpers are forked on Linux only")


def test_both_are_done_and_the_task_is_done_elsewhere() -> None:
    here: list[int] = []
    there = beside(os.getpid, lambda: here.append(os.getpid()))
    assert here == [os.getpid()]
    assert there != os.getpid()


def test_an_error_in_a_helper_is_the_same_error_here() -> None:
    problems = [
        Problem("b.md", 7, "LK001", "A box is not closed.", "Close it."),
        Problem("a.md", 2, "LK001", "A box is not closed.", "Close it."),
    ]

    def fail() -> None:
        raise ProblemsFound(problems)

    with pytest.raises(ProblemsFound) as raised:
        beside(fail, lambda: None)
    assert raised.value.problems == tuple(sorted(problems))
    assert str(raised.value) == str(ProblemsFound(problems))

    def misuse() -> None:
        raise UsageError("There is no brand 'x'.")

    with pytest.raises(UsageError, match="There is no brand 'x'"):
        beside(misuse, lambda: None)
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 / 0, lambda: None)


def test_a_helper_that_was_killed_is_told_with_what_to_do() -> None:
    with pytest.raises(RenderError, match="--jobs 1"):
        beside(lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: None)


def test_a_helper_does_not_outlive_what_goes_wrong_here() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        beside(lambda: time.sleep(60), stop)
    assert multiprocessing.active_children() == []


def _where(bench: Bench, item: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("engine", [False, True])
@pytest.mark.parametrize("here", [False, True])
def test_nobody_is_forked_once_the_engine_was_started_here(
    monkeypatch: pytest.MonkeyPatch, here: bool, engine: bool
) -> None:
    """Pango's thread would not be there in the helper, which would wait for it for ever."""
    monkeypatch.setattr(crew, "started", lambda: here)
    monkeypatch.setattr(crew, "warm", lambda: None)
    hands = Crew(cast(Bench, object()), 2)
    try:
        found = set(hands.each(_where, range(6), engine=engine))
    finally:
        hands.close()
    assert (found == {os.getpid()}) is here
