"""The real preview command in a process of its own, and plain HTTP to ask it."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit


class Preview:
    """A preview that runs until the block ends; ``code`` and ``err`` are there afterwards."""

    def __init__(self, root: Path, *words: str) -> None:
        self.words = [sys.executable, "-W", "error", "build_handouts.py", "preview", *words]
        self.root = root

    def __enter__(self) -> Preview:
        command = [*self.words, "--program", "tiny", "--no-open"]
        self.process = subprocess.Popen(
            command, cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.address = ""
        for row in self.process.stdout:
            if found := re.search(r"http://\S+", row):
                self.address = found.group()
            if "Ctrl-C" in row:
                break
        if not self.address:
            self.__exit__()
            raise AssertionError(self.err)
        split = urlsplit(self.address)
        assert split.hostname is not None
        self.name, self.port, self.base = split.hostname, split.port, split.path
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.out, self.err = self.process.communicate(timeout=30)
        finally:
            self.process.kill()
        self.code = self.process.returncode

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[Any, bytes]:
        """Send one request with exactly this path; give the answer and its body."""
        connection = http.client.HTTPConnection(self.name, self.port or 0, timeout=30)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> bytes:
        """Give what lies below the secret address."""
        answer, body = self.ask(self.base + path)
        assert answer.status == 200, (path, answer.status, body)
        return body

    def state(self, seen: str = "", **asked: str) -> dict[str, Any]:
        """Give the state; with a version in ``seen``, wait for another."""
        said: dict[str, Any] = json.loads(self.get(f"state?{urlencode({**asked, 'seen': seen})}"))
        return said
