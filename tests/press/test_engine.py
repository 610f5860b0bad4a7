"""The engine reads nothing by itself, says what is wrong, and gives the same bytes every day."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.press import engine
from handouts.press.engine import lay_out
from handouts.problem import RenderError, SystemLibraryError
from tests.conftest import PROJECT
from tests.reading import fonts

PAGE = "<html lang=en><title>x</title><body>{}</body></html>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a picture, and a secret beside the folder."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "dot.svg").write_text(SVG.format('<circle r="3"/>'))
    (tmp_path / "secret.svg").write_text(SVG.format('<circle r="4"/>'))
    return folder


def test_a_picture_beside_the_text_is_printed(folder: Path) -> None:
    layout = lay_out(PAGE.format('<img src="dot.svg" alt="A dot">'), "", name="x", folders=[folder])
    assert layout.pages == 1


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "../secret.svg",
        "..%2Fsecret.svg",
        "sub/dot.svg",
        "http://example.org/x.png",
        "https://page.invalid.example.org/x.png",
        "ftp://example.org/x.png",
        "data:image/png;base64,AAAA",
        "fonts/../../secret.svg",
    ],
)
def test_any_other_address_is_refused_and_named(folder: Path, address: str) -> None:
    html = PAGE.format(f'<img src="{address}" alt="x">')
    with pytest.raises(RenderError, match=r"The handout 3A asks for"):
        lay_out(html, "", name="the handout 3A", folders=[folder])


def test_a_link_that_leads_out_of_the_folder_is_refused(folder: Path) -> None:
    (folder / "innocent.svg").symlink_to(folder.parent / "secret.svg")
    with pytest.raises(RenderError, match=r"innocent\.svg"):
        lay_out(PAGE.format('<img src="innocent.svg" alt="x">'), "", name="x", folders=[folder])


@pytest.mark.parametrize(
    "css",
    [
        '@import "file:///etc/passwd";',
        "body { background: url(file:///etc/hostname) }",
        "@font-face { font-family: X; src: url(file:///etc/hostname) } p { font-family: X }",
    ],
)
def test_a_style_cannot_read_files(css: str) -> None:
    with pytest.raises(RenderError, match=r"file:///etc"):
        lay_out(PAGE.format("<p>Text</p>"), css, name="x")


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/passwd" width="9" height="9"/>',
        '<image href="../secret.svg" width="9" height="9"/>',
    ],
)
def test_a_picture_cannot_read_files(folder: Path, inside: str) -> None:
    (folder / "spy.svg").write_text(SVG.format(inside))
    with pytest.raises(RenderError):
        lay_out(PAGE.format('<img src="spy.svg" alt="x">'), "", name="x", folders=[folder])


def test_what_the_engine_says_fails_the_part_and_names_it() -> None:
    with pytest.raises(
        RenderError, match=r"The card C01 could not be laid out: .*no-such-property"
    ):
        lay_out(PAGE.format("<p>x"), "p { no-such-property: 1 }", name="the card C01")


def test_a_letter_that_our_typeface_lacks_is_refused() -> None:
    with pytest.raises(RenderError, match="typeface lacks|unsupported by fonts"):
        lay_out(PAGE.format("<p>\u4e2d</p>"), "", name="x")


def test_only_our_typeface_is_in_the_file_and_it_is_embedded() -> None:
    html = PAGE.format("<p>plain <b>bold</b> <i>italic</i></p>")
    found = fonts(lay_out(html, "", name="x").pdf)
    assert {name.split("+")[1] for name, _ in found} == {
        "Atkinson",
        "Atkinson-Bold",
        "Atkinson-Italic",
    }
    assert all(embedded for _, embedded in found)


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import sys, hashlib; from handouts.press.engine import lay_out\n"
        f"pdf = lay_out({PAGE.format('<h1>Same</h1>')!r}, 'h1 {{ color: red }}', name='x').pdf\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_a_missing_library_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importlib.import_module

    def without_pango(name: str) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name)

    engine._weasyprint.cache_clear()
    monkeypatch.setattr(importlib, "import_module", without_pango)
    try:
        with pytest.raises(SystemLibraryError, match="libpango-1.0-0"):
            engine._weasyprint()
    finally:
        engine._weasyprint.cache_clear()
    assert SystemLibraryError.exit_code == 5
