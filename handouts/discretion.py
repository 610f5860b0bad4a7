"""Keeping one person's data out of everything that keeps: core files, error texts, loose files."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import sys
from pathlib import Path

from handouts.problem import OutputError

NOT_DUMPABLE = 4  # PR_SET_DUMPABLE of prctl(2)


def leave_no_core() -> None:
    """See that a crash of this process, or of one it starts, leaves no picture of its memory."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Where a program collects crashes, the limit alone does not hold it back; core(5).
        ctypes.CDLL(None).prctl(NOT_DUMPABLE, 0, 0, 0, 0)


def place_of(error: BaseException) -> str:
    """Say what kind of error it was and where in the program, without its words."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    file = Path(trace.tb_frame.f_code.co_filename)
    return f"{type(error).__name__} in {file.name}, line {trace.tb_lineno}"


def private_folder(folder: Path) -> Path:
    """Make a folder that nobody else on the machine can look into."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise OutputError(f"The folder for packets cannot be made: {reason}.") from None
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all.

    Where the system can, the file has no name until it is complete: a run that is killed leaves
    nothing. Raises OutputError without the file's name.
    """
    try:
        handle = _nameless(path.parent)
        if handle is None:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            if not path.exists():
                _name(stream.fileno(), path)
    except OSError as error:
        raise OutputError(
            f"A packet could not be written: {error.strerror or 'unknown reason'}.\n"
            "    Check that the disk has room and that you may write in the folder."
        ) from None


def _nameless(folder: Path) -> int | None:
    """Open a file without a name, or give None where the file system has no such thing."""
    if not hasattr(os, "O_TMPFILE"):
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
    except OSError as error:
        if error.errno in {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL}:
            return None
        raise


def _name(handle: int, path: Path) -> None:
    """Give a nameless file its name."""
    below = os.open(path.parent, os.O_RDONLY)
    try:
        # The folder's handle makes Python use linkat(2), which can follow the link.
        os.link(f"/proc/self/fd/{handle}", path.name, dst_dir_fd=below, follow_symlinks=True)
    finally:
        os.close(below)


def new_name() -> str:
    """Give a file name that says nothing and is not there yet."""
    return f"packet-{secrets.token_hex(4)}.pdf"
