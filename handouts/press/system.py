"""The system libraries that the engine draws with, and the command that installs them here."""

from __future__ import annotations

import platform
import sys

INSTALL = {
    "debian": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango harfbuzz",
    "arch": "sudo pacman -S pango",
    "suse": "sudo zypper install libpango-1_0-0 libharfbuzz-subset0",
    "alpine": "sudo apk add pango harfbuzz-subset",
    "darwin": "brew install pango",
    "win32": "pacman -S mingw-w64-ucrt-x86_64-pango   (in the shell of MSYS2, see msys2.org)",
}
"""How the libraries are installed, by family of systems."""


def install_command() -> str:
    """Give the command that installs the engine's libraries on this system."""
    return INSTALL[_family()]


def _family() -> str:
    """Name the family of systems that this one belongs to; Debian's when it is not known."""
    if sys.platform in INSTALL:
        return sys.platform
    try:
        about = platform.freedesktop_os_release()
    except OSError:  # no such file: not Linux, or a very small one
        return "debian"
    names = [about.get("ID", ""), *about.get("ID_LIKE", "").split()]
    return next((family for name in names for family in INSTALL if family in name), "debian")
