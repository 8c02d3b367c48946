"""The smoke test's own judgement: this machine's sources, missing libraries, data that changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import clean_root
import licences
import pytest
import report


def test_only_sources_of_this_release_are_lent(tmp_path: Path) -> None:
    """Other vendors' sources stay out of the clean system."""
    folder = tmp_path / "sources.list.d"
    folder.mkdir()
    (folder / "debian.sources").write_text(
        "Types: deb\nURIs: http://mirror.invalid/debian\nSuites: trixie trixie-updates\n"
    )
    (folder / "vendor.list").write_text("deb http://vendor.invalid/apt stable main\n")
    (folder / "old.sources.disabled").write_text("Suites: trixie\n")
    (tmp_path / "sources.list").write_text("deb [arch=amd64] http://second.invalid/debian trixie main\n")
    found = clean_root.sources("trixie", folder)
    assert [file.name for file in found] == ["debian.sources", "sources.list"]
    addresses = [clean_root.mirror(file.read_text()) for file in found]
    assert addresses == ["http://mirror.invalid/debian", "http://second.invalid/debian"]


def test_the_release_is_read() -> None:
    """Without a name there is nothing to make."""
    assert clean_root.codename('ID=debian\nVERSION_CODENAME="trixie"\n') == "trixie"
    with pytest.raises(clean_root.NoRoot):
        clean_root.codename("ID=other\n")


def test_missing_libraries_are_named() -> None:
    """As ldd prints them, once each."""
    said = "a.so:\n\tlibx.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\nb.so:\n\tlibx.so.1 => not found\n"
    assert report.missing(said) == ["libx.so.1"]


def test_a_changed_file_is_seen(tmp_path: Path) -> None:
    """By what it holds, not by its date or size."""
    (tmp_path / "station.db").write_text("ab")
    before = report.sums(tmp_path)
    (tmp_path / "station.db").write_text("ba")
    assert report.sums(tmp_path) != before


def test_a_failed_command_stops_the_test() -> None:
    """With what it said."""
    with pytest.raises(report.Broken, match="no room"):
        report.must(subprocess.CompletedProcess([], 1, "", "no room"), "the installation")


def test_every_library_the_program_runs_on_has_its_text(tmp_path: Path) -> None:
    """From the installed distributions; the index names each with its version."""
    licences.gather(tmp_path / "licences")
    index = (tmp_path / "licences" / "README.txt").read_text(encoding="utf-8")
    names = licences.locked(licences.LOCK.read_text(encoding="utf-8"))
    assert "sqlalchemy" in names
    for name in names:
        assert f"\n{name} " in index
        assert (tmp_path / "licences" / name).is_dir() or name in licences.BY_NOTICE
    assert "@" not in (tmp_path / "licences" / "Qt.txt").read_text(encoding="utf-8")
