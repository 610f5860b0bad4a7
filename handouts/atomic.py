"""Files that appear whole or not at all: written beside, flushed, then renamed."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from handouts.problem import OutputError


def write_whole(path: Path, content: bytes, mode: int = 0o644, *, lasting: bool = True) -> None:
    """Write a file; whoever looks sees the old one or the new one, never a part of it.

    One that is not ``lasting`` may be lost or damaged if the power fails soon after: its reader
    must notice, and waiting for the disk is spared.

    Raises OutputError naming the file when the disk is full, the folder may not be written, or
    another program holds the file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                if lasting:
                    stream.flush()
                    os.fsync(stream.fileno())
            beside.chmod(mode)
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path} could not be written: {reason}.\n"
            "    Close the file if it is open elsewhere, check that the disk has room and that "
            "you may write in this folder, then run the command again."
        ) from error
