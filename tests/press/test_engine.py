"""The engine reads nothing by itself, says what is wrong, and gives the same bytes every day."""

from __future__ import annotations

import importlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from handouts.press import engine, system
from handouts.press.engine import engine_advice, lay_out
from handouts.problem import RenderError, SystemLibraryError
from tests.conftest import PROJECT
from tests.reading import fonts

PAGE = "<html lang=en><title>x</title><body>{}</body></html>"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="9" height="9">{}</svg>'
)
SECRET = "file:///etc/passwd"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a picture, and a secret beside the folder."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "dot.svg").write_text(SVG.format('<circle r="3"/>'))
    (tmp_path / "secret.svg").write_text(SVG.format('<circle r="4"/>'))
    return folder


def in_new_process(script: str, **environment: str) -> str:
    """What a script prints in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=PROJECT,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        text=True,
    ).stdout


def test_a_picture_beside_the_text_is_printed(folder: Path) -> None:
    layout = lay_out(PAGE.format('<img src="dot.svg" alt="A dot">'), "", name="x", folders=[folder])
    assert layout.size.pages == 1


def test_a_picture_that_is_not_there_is_named(folder: Path) -> None:
    html = PAGE.format('<img src="dots.svg" alt="Dots">')
    with pytest.raises(RenderError, match=r"^The card C1 asks for 'dots.svg'. No such picture"):
        lay_out(html, "", name="the card C1", folders=[folder])


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
    "body",
    [
        f"<link rel=stylesheet href='{SECRET}'>",
        f"<link rel=attachment href='{SECRET}'>",
        f"<a rel=attachment href='{SECRET}'>x</a>",
        f"<object data='{SECRET}' type='image/png'></object>",
        f"<embed src='{SECRET}' type='image/png'>",
        "<base href='file:///etc/'><img src='passwd' alt='x'>",
        f"<style>@import url({SECRET});</style>",
        f"<p style='background: url({SECRET})'>x",
        f"<ul style='list-style-image: url({SECRET})'><li>x</ul>",
        f"<svg aria-hidden='true'><image href='{SECRET}' width='9' height='9'/></svg>",
    ],
)
def test_a_page_cannot_read_files(body: str) -> None:
    with pytest.raises(RenderError, match=SECRET):
        lay_out(PAGE.format(body), "", name="x")


@pytest.mark.parametrize(
    "css",
    [
        f'@import "{SECRET}";',
        f"body {{ background: url({SECRET}) }}",
        f"body::before {{ content: url({SECRET}) }}",
        f"body {{ border-image: url({SECRET}) 1; border: 1px solid }}",
        f"@font-face {{ font-family: X; src: url({SECRET}) }} p {{ font-family: X }}",
        f"@color-profile --x {{ src: url({SECRET}) }}",
    ],
)
def test_a_style_cannot_read_files(css: str) -> None:
    with pytest.raises(RenderError, match=SECRET):
        lay_out(PAGE.format("<p>Text</p>"), css, name="x")


@pytest.mark.parametrize(
    ("inside", "address"),
    [
        (f'<image href="{SECRET}" width="9" height="9"/>', SECRET),
        ('<image href="../secret.svg" width="9" height="9"/>', "secret.svg"),
        ('<image xlink:href="http://example.org/x.png" width="9" height="9"/>', "example.org"),
        (f'<svg><image href="{SECRET}" width="9" height="9"/></svg>', SECRET),
        ('<image href="deep.svg" width="9" height="9"/>', SECRET),
        (
            f"<style>@font-face {{ font-family: Q; src: url({SECRET}) }}</style>"
            '<text style="font-family: Q">x</text>',
            SECRET,
        ),
    ],
)
def test_a_picture_cannot_read_files(folder: Path, inside: str, address: str) -> None:
    """The engine only logs what fails inside a drawing, and draws the rest."""
    (folder / "deep.svg").write_text(SVG.format(f'<image href="{SECRET}" width="9" height="9"/>'))
    (folder / "spy.svg").write_text(SVG.format(inside))
    with pytest.raises(RenderError, match=address):
        lay_out(PAGE.format('<img src="spy.svg" alt="x">'), "", name="x", folders=[folder])


@pytest.mark.parametrize(
    "drawing",
    [
        SVG.format(f"<style>@import url({SECRET});</style>"),
        f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{SECRET}">]>' + SVG.format("<text>&amp;x;</text>&x;"),
    ],
)
def test_a_drawing_that_asks_for_more_than_a_picture_is_no_picture(
    folder: Path, drawing: str
) -> None:
    (folder / "spy.svg").write_text(drawing)
    with pytest.raises(RenderError, match=r"the picture 'spy.svg' is damaged, or is no picture"):
        lay_out(PAGE.format('<img src="spy.svg" alt="x">'), "", name="x", folders=[folder])


def test_a_drawing_uses_only_what_is_inside_itself(folder: Path) -> None:
    """The engine never follows <use> to another file; were it to, this page would fail."""
    (folder / "spy.svg").write_text(SVG.format(f'<use xlink:href="{SECRET}#a"/>'))
    html = PAGE.format('<img src="spy.svg" alt="x">')
    assert lay_out(html, "", name="x", folders=[folder]).size.pages == 1


def test_a_damaged_picture_is_named_in_plain_words(folder: Path) -> None:
    (folder / "map.png").write_text("not a picture")
    html = PAGE.format('<img src="map.png" alt="A map">')
    with pytest.raises(RenderError) as caught:
        lay_out(html, "", name="the handout 3A", folders=[folder])
    assert str(caught.value) == (
        "The handout 3A could not be laid out: the picture 'map.png' is damaged, or is no picture. "
        "Undo the last change to its pictures, its template or its style."
    )


def test_what_the_engine_says_fails_the_part_and_names_it() -> None:
    with pytest.raises(
        RenderError, match=r"The card C01 could not be laid out: .*no-such-property"
    ):
        lay_out(PAGE.format("<p>x"), "p { no-such-property: 1 }", name="the card C01")


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<html lang=en><p>x", "the page has no title"),
        ("<html><title>x</title><p>x", "lang"),
        (PAGE.format('<img src="dot.svg">'), "the picture 'dot.svg' lacks words"),
        (PAGE.format("<svg><circle r='3'/></svg>"), "a drawing has neither a title"),
        (PAGE.format('<input name="who">'), "the field 'who' has no label"),
    ],
)
def test_a_part_that_nobody_could_listen_to_is_refused(folder: Path, html: str, fault: str) -> None:
    with pytest.raises(RenderError, match=fault):
        lay_out(html, "", name="x", folders=[folder])


@pytest.mark.parametrize("ornament", ['alt=""', 'alt="x" aria-hidden="true"'])
def test_a_picture_may_be_mere_ornament(folder: Path, ornament: str) -> None:
    html = PAGE.format(f'<img src="dot.svg" {ornament}>')
    assert lay_out(html, "", name="x", folders=[folder]).size.pages == 1


def test_letters_that_our_typeface_lacks_are_refused_and_named() -> None:
    with pytest.raises(
        RenderError, match=r"lacks: → \(rightwards arrow\), 中 \(cjk unified ideograph-4e2d\)\."
    ):
        lay_out(PAGE.format("<p>a → 中</p>"), "", name="x")


def test_another_typeface_is_refused_even_for_letters_that_ours_has() -> None:
    with pytest.raises(RenderError, match="asks for another typeface than Atkinson"):
        lay_out(PAGE.format("<p>x</p>"), "p { font-family: monospace }", name="x")


def test_only_our_typeface_is_in_the_file_and_it_is_embedded() -> None:
    html = PAGE.format("<p>plain <b>bold</b> <i>italic</i></p>")
    found = fonts(lay_out(html, "", name="x").pdf)
    assert {name.split("+")[1] for name, _ in found} == {
        "Atkinson",
        "Atkinson-Bold",
        "Atkinson-Italic",
    }
    assert all(embedded for _, embedded in found)


def test_a_list_in_a_list_has_signs_of_our_typeface() -> None:
    html = PAGE.format("<ul><li>a<ul><li>b<ul><li>c</ul></ul></ul>")
    assert {name.split("+")[1] for name, _ in fonts(lay_out(html, "", name="x").pdf)} == {
        "Atkinson"
    }


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import sys, hashlib; from handouts.press.engine import lay_out\n"
        "from handouts.press.tags import mend\n"
        f"html = {PAGE.format('<h1>Same</h1><p>a <b>b</b></p>')!r}\n"
        "pdf = mend(lay_out(html, 'h1 { color: red }', name='x').pdf)\n"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    runs = {
        in_new_process(script, PYTHONHASHSEED=seed, TZ=zone)
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati"))
    }
    assert len(runs) == 1


def test_another_day_gives_the_same_bytes() -> None:
    """No date is anywhere in the file."""
    with pikepdf.open(io.BytesIO(lay_out(PAGE.format("x"), "", name="x").pdf)) as opened:
        assert set(opened.docinfo.keys()) == {"/Title", "/Producer"}
        assert b"Date" not in opened.Root.Metadata.read_bytes()


def test_the_engine_is_imported_only_when_needed() -> None:
    script = "import sys, handouts.press.engine; print('weasyprint' in sys.modules)"
    assert in_new_process(script).strip() == "False"


def test_no_folder_of_fonts_is_left_behind(tmp_path: Path) -> None:
    """Not by this process or a helper, and not taken away too early by one forked from it."""
    script = (
        "import multiprocessing, os; from pathlib import Path\n"
        "from handouts.press.engine import lay_out\n"
        "page = '<html lang=en><title>x</title><p>x</p></html>'\n"
        "work = lambda: print(len(lay_out(page, '', name='x').pdf) > 1000, flush=True)\n"
        "helper = multiprocessing.get_context('fork').Process(target=work)\n"
        "helper.start(); helper.join(); work()\n"
        "folder, = Path(os.environ['TMPDIR']).glob('weasyprint-*')\n"
        "import warnings; warnings.simplefilter('ignore')  # Pango has a thread of its own\n"
        "child = os.fork()\n"
        "if not child: raise SystemExit\n"
        "os.waitpid(child, 0); print(folder.exists())"
    )
    assert in_new_process(script, TMPDIR=str(tmp_path)).split() == ["True"] * 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc, on Linux only")
def test_a_warm_process_has_no_thread_that_a_forked_one_would_wait_for() -> None:
    script = (
        "import os; from handouts.press.engine import lay_out, started, warm\n"
        "warm(); print(len(os.listdir('/proc/self/task')), started())\n"
        "lay_out('<html lang=en><title>x</title><p>x</p></html>', '', name='x'); print(started())"
    )
    assert in_new_process(script).split() == ["1", "False", "True"]


def test_the_engine_is_left_as_it_was() -> None:
    """Others in this process use it too, with its own tags."""
    tags = importlib.import_module("weasyprint.pdf.tags")
    before = tags._build_box_tree
    lay_out(PAGE.format("x"), "", name="x")
    assert tags._build_box_tree is before


def test_fields_can_be_filled_in_when_asked_for() -> None:
    html = PAGE.format('<form><input name="who" title="Name"></form>')
    for forms in (False, True):
        with pikepdf.open(io.BytesIO(lay_out(html, "", name="x", forms=forms).pdf)) as opened:
            assert ("/AcroForm" in opened.Root) is forms


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
    monkeypatch.setattr(system, "_family", lambda: "debian")
    try:
        with pytest.raises(SystemLibraryError, match="apt-get install libpango-1.0-0"):
            engine._weasyprint()
    finally:
        engine._weasyprint.cache_clear()
    assert SystemLibraryError.exit_code == 5


@pytest.mark.parametrize(
    ("about", "command"),
    [
        ({"ID": "debian"}, "apt-get"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "apt-get"),
        ({"ID": "fedora"}, "dnf"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "dnf"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "zypper"),
        ({"ID": "arch"}, "pacman"),
        ({}, "apt-get"),
    ],
)
def test_each_linux_is_told_its_own_command(
    monkeypatch: pytest.MonkeyPatch, about: dict[str, str], command: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: about)
    assert command in system.install_command()


@pytest.mark.parametrize(("platform", "command"), [("darwin", "brew"), ("win32", "MSYS2")])
def test_other_systems_are_told_theirs(
    monkeypatch: pytest.MonkeyPatch, platform: str, command: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert command in system.install_command()


def test_a_library_that_only_makes_it_faster_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    ffi = importlib.import_module("weasyprint.text.ffi")
    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    (advice,) = engine_advice()
    assert advice.startswith("The library harfbuzz-subset is missing.")
    monkeypatch.setattr(ffi, "harfbuzz_subset", object())
    assert engine_advice() == []
