"""What a person of a roster costs, beside what nobody can save: joining and two pages' layout.

Run from the root: python benchmarks/roster.py [PEOPLE]
"""

from __future__ import annotations

import datetime
import io
import resource
import sys
import time
from pathlib import Path

import pikepdf

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from handouts.clinic import open_clinic  # noqa: E402
from handouts.documents.client import client_packet, edition_of  # noqa: E402
from handouts.profile import Profile  # noqa: E402
from handouts.workshop import open_shop  # noqa: E402


def memory() -> int:
    """The most memory that this process has taken so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(people: int) -> None:
    """Print both times for one person, their ratio, and the memory taken."""
    today = datetime.datetime.now().astimezone().date()
    shop = open_shop(PROJECT, "neutral", today, stale_is_fine=True)
    clinic = open_clinic(shop, "sixteen-weeks")

    def profile(number: int) -> Profile:
        return Profile(
            name=f"Person {number}",
            goals=("See my family", f"Goal {number}"),
            lessons=("3A", "3B", "5B", "7B"),
            plans=("P07",),
        )

    first = clinic.packet(profile(0))  # fills the shelf and warms the engine
    press = clinic.bench.press
    document = client_packet(shop.desk(edition_of(profile(0))), profile(0), clinic.program)
    own = document.own
    assert own is not None
    parts = [leaf.part for leaf in document.leaves]
    personal = [part for part in parts if own.concerns(part)]
    shared = [press.finished(part).pdf for part in parts if not own.concerns(part)]
    plain = 0.0
    rounds = min(people, 50)
    for _ in range(rounds):
        began = time.perf_counter()
        finished = [press.lay_out(part, own).pdf for part in [*personal, *personal]]
        out = pikepdf.new()
        opened = [pikepdf.open(io.BytesIO(pdf)) for pdf in [*finished, *shared]]
        for source in opened:
            out.pages.extend(source.pages)
        out.save(io.BytesIO())
        plain += time.perf_counter() - began
    plain /= rounds
    early = 0
    began = time.perf_counter()
    for number in range(1, people + 1):
        clinic.packet(profile(number))
        if number == max(people // 10, 1):
            early = memory()
    each = (time.perf_counter() - began) / people
    print(f"{people} people, {first.pages} pages each, two of them personal")
    print(f"joining and laying out two pages: {plain * 1000:.0f} ms")
    print(f"a whole packet: {each * 1000:.0f} ms, {each / plain:.2f} times that")
    print(f"memory: {early} MB after a tenth, {memory()} MB at the end")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
