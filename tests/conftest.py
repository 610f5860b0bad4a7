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


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project root of its own: tiny curriculum, real templates, real command line."""
    root = tmp_path / "project"
    shutil.copytree(PROJECT / "tests" / "tiny", root)
    shutil.copytree(PROJECT / "templates", root / "templates")
    shutil.copytree(
        PROJECT / "handouts", root / "handouts", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(PROJECT / "build_handouts.py", root)
    return root


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
