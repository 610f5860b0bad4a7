"""Room for deep work."""

from __future__ import annotations

import pytest

from handouts.deep import roomy

resource = pytest.importorskip("resource", reason="page faults are counted on Unix only")


def below(depth: int) -> None:
    """Call something a thousand times, so many calls down."""
    if depth:
        below(depth - 1)
        return
    for _ in range(1000):
        leaf()


def leaf() -> None:
    """Take a frame and give it back."""


def faults(work: object, depth: int) -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    work(depth)  # type: ignore[operator]
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)


def test_no_depth_asks_for_memory_at_every_call() -> None:
    """Without room, Python before March 2026 does at one depth in every hundred or so."""
    assert max(faults(roomy(below), depth) for depth in range(300)) < 500


def test_it_is_the_same_function_to_its_caller() -> None:
    @roomy
    def tell(first: int, *, second: str = "b") -> str:
        """Tell."""
        if first < 0:
            raise ValueError(second)
        return f"{first}{second}"

    assert (tell.__name__, tell.__doc__) == ("tell", "Tell.")
    assert tell(1, second="c") == "1c"
    with pytest.raises(ValueError, match="x"):
        tell(-1, second="x")
