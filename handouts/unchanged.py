"""The quick answer to a build that has nothing to do, before anything heavy is imported."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path

from handouts.receipt import Receipt, digest_of_inputs


def request(root: Path, today: datetime.date, asked: tuple[object, ...]) -> str:
    """Give the SHA-256 of all input files, what was asked for, and the day (sign-offs run out)."""
    said = json.dumps([digest_of_inputs(root), str(today), asked], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def since(folder: Path, asked: str) -> tuple[int, int] | None:
    """Give the documents and pages of the last run, if it was the same and all is there."""
    receipt = Receipt.read(folder)
    if receipt.request != asked or not receipt.documents:
        return None
    if not all(made.still(folder / file) for file, made in receipt.documents.items()):
        return None
    return len(receipt.documents), sum(made.pages for made in receipt.documents.values())
