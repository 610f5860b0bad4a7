"""What many tests need: a copy of the tiny curriculum, with the real templates and script."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 24)


def make_root(folder: Path) -> Path:
    """Lay out a project root: tiny curriculum, real templates, real command line."""
    root = folder / "project"
    shutil.copytree(PROJECT / "tests" / "tiny", root)
    shutil.copytree(PROJECT / "templates", root / "templates")
    shutil.copytree(
        PROJECT / "handouts", root / "handouts", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(PROJECT / "build_handouts.py", root)
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project root of its own."""
    return make_root(tmp_path)


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny program as printed for River House: the folder of its PDFs. Not to be written in."""
    root = make_root(tmp_path_factory.mktemp("printed"))
    run = Command(root)("build", "--program", "tiny", "--brand", "river-house")
    assert run.code == 0, run.err
    return root / "output" / "river-house"


class Run:
    """What a command said and how it ended."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        assert "Traceback" not in self.err, self.err


class Command:
    """Runs build_handouts.py as a person would, in a process of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, *words: str, stdin: str = "", **environment: str) -> Run:
        done = subprocess.run(
            [sys.executable, "-W", "error", "build_handouts.py", *words],
            cwd=self.root,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, **environment},
        )
        return Run(done)


@pytest.fixture
def command(root: Path) -> Command:
    """The command line of that root."""
    return Command(root)
