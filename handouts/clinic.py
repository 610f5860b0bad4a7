"""The story for one person, and for many: shared parts from the shelf, personal pages in memory."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from handouts.bench import Bench, bound
from handouts.bindery.password import lock
from handouts.crew import Crew
from handouts.discretion import write_private
from handouts.documents.client import client_packet, edition_of
from handouts.documents.compose import compose
from handouts.model import Program
from handouts.press.part import Part
from handouts.press.shelf import Kept
from handouts.problem import Problem, ProblemsFound
from handouts.profile import Profile
from handouts.source.profiles import refer
from handouts.workshop import Shop, ready


@dataclass(frozen=True, repr=False)
class Packet:
    """One person's finished packet: its bytes and pages."""

    pdf: bytes
    pages: int


@dataclass(frozen=True)
class Clinic:
    """A shop and the bench on which packets for one person are made."""

    shop: Shop
    program: Program
    bench: Bench

    def packet(self, profile: Profile) -> Packet:
        """Make one packet; nothing of the person is written anywhere.

        Raises ProblemsFound for codes of texts that are not there.
        """
        problems = refer(profile, self.shop.curriculum)
        if problems:
            raise ProblemsFound(problems)
        desk = self.shop.desk(edition_of(profile))
        document = client_packet(desk, profile, self.program)
        own = document.own
        laid_out: dict[Part, Kept] = {}

        def finished(part: Part) -> Kept:
            if own is None or not own.concerns(part):
                return self.bench.press.finished(part)
            if part not in laid_out:
                laid_out[part] = self.bench.press.lay_out(part, own)
            return laid_out[part]

        composed = compose(document, desk, lambda part: finished(part).size)
        job = ready(composed, desk)
        self.bench.slips.make(job.slips)
        return Packet(bound(self.bench, job, finished), composed.pages)


def open_clinic(shop: Shop, program: str) -> Clinic:
    """Give a clinic for a program of a shop that passed every check."""
    bench = Bench(shop.root, shop.curriculum, shop.brand, shop.root / "output")
    return Clinic(shop, shop.curriculum.programs[program], bench)


VOLUME = 60
"""The most packets in one file for the printer: what a run holds in memory at once."""


@dataclass(frozen=True, repr=False)
class Errand:
    """One row of a roster to be made; its packet goes into ``path``, alone or ``collated``."""

    number: int
    profile: Profile
    program: Program
    today: datetime.date
    stale: bool
    path: Path
    password: str
    collated: bool = False


@dataclass(frozen=True, repr=False)
class Done:
    """What came of a row: its pages, or what was wrong; the bytes if they are not written yet."""

    number: int
    pages: int
    problems: tuple[Problem, ...] = ()
    pdf: bytes = b""


def make_all(clinic: Clinic, errands: Sequence[Errand], jobs: int) -> Iterator[Done]:
    """Make and write the packets of a roster, each as soon as it is ready.

    Those that go into one file are written when all of that file are there, in the order of rows.
    """
    crew = Crew(clinic.bench, jobs)
    try:
        for path, group in groupby(errands, lambda errand: errand.collated and errand.path):
            together = list(group)
            pdfs: dict[int, bytes] = {}
            for done in crew.each(_make, together, engine=True):
                if done.pdf:
                    pdfs[done.number] = done.pdf
                yield replace(done, pdf=b"")
            if path and pdfs:
                whole = collate(clinic, [pdfs[number] for number in sorted(pdfs)])
                write_private(path, locked(whole, together[0].password))
    finally:
        crew.close()


def locked(pdf: bytes, password: str) -> bytes:
    """Lock a PDF, if there is a password."""
    return lock(pdf, password) if password else pdf


def _make(bench: Bench, errand: Errand) -> Done:
    shop = Shop(bench.root, bench.curriculum, bench.brand, errand.today, errand.stale)
    clinic = Clinic(shop, errand.program, bench)
    try:
        packet = clinic.packet(errand.profile)
    except ProblemsFound as error:
        where = f"row {errand.number} of the roster"
        found = (Problem(where, 0, one.code, one.message, one.fix) for one in error.problems)
        return Done(errand.number, 0, tuple(found))
    if errand.collated:
        return Done(errand.number, packet.pages, pdf=packet.pdf)
    write_private(errand.path, locked(packet.pdf, errand.password))
    return Done(errand.number, packet.pages)


def collate(clinic: Clinic, pdfs: Sequence[bytes]) -> bytes:
    """Put finished packets into one file, each a bookmark that names nobody."""
    from handouts.bindery import Binding, Piece, bind
    from handouts.bindery.pages import open_pdf

    pieces = tuple(
        Piece(f"packet-{number}", f"Packet {number}", pdf) for number, pdf in enumerate(pdfs, 1)
    )
    count = 0
    for pdf in pdfs:
        with open_pdf(pdf, "A packet") as opened:
            count += len(opened.pages)
    return bind(
        Binding(
            pieces,
            ((),) * count,
            title="Packets",
            author=clinic.shop.brand.brand.name,
            subject="",
            language="en-US",
        )
    )
