"""The watch: no change is missed, whatever the clock of the file system says."""

from __future__ import annotations

import os
from pathlib import Path

from handouts.preview.watch import Watch


def test_two_saves_of_one_size_in_one_tick_of_the_clock_are_two_stamps(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    times = file.stat().st_mtime_ns
    watch = Watch([tmp_path])
    before = watch.stamp()
    with file.open("r+") as stream:
        stream.write("two")
    os.utime(file, ns=(times, times))
    assert watch.stamp() != before


def test_what_is_written_back_has_the_stamp_it_had(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    watch = Watch([tmp_path])
    before = watch.stamp()
    file.write_text("two")
    assert watch.stamp() != before
    file.write_text("one")
    assert watch.stamp() == before


def test_new_renamed_and_removed_files_and_folders_change_the_stamp(tmp_path: Path) -> None:
    watch = Watch([tmp_path])
    seen = {watch.stamp()}
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.md").write_text("one")
    seen.add(watch.stamp())
    (tmp_path / "in/a.md").rename(tmp_path / "in/b.md")
    seen.add(watch.stamp())
    (tmp_path / "c.md").write_text("")
    seen.add(watch.stamp())
    assert len(seen) == 4
    (tmp_path / "c.md").unlink()
    assert watch.stamp() in seen


def test_links_that_lead_nowhere_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "nothing")
    (tmp_path / "b").symlink_to(tmp_path / "b")
    assert Watch([tmp_path]).stamp() == Watch([tmp_path / "none"]).stamp()


def test_a_file_that_has_lain_still_is_not_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    watch = Watch([tmp_path])
    now = file.stat().st_ctime_ns + 10**10
    assert watch.stamp(now) == watch.stamp(now)
    known = watch._known[str(file)]
    watch.stamp(now)
    assert watch._known[str(file)] is known
