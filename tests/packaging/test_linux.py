"""The Debian side of the package: menu entry, stamp, and scripts that run in a folder of their own."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import debian
import marks
import pytest
import stamp
from stamp import Stamp

LINUX = debian.HERE
SCRIPTS = ("preinst", "postinst", "postrm")
MARK = Stamp("0.1.0", "abc", 1_700_000_000)


def _script(name: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the package's scripts on a home of the test's own."""
    text = (LINUX / name).read_text(encoding="utf-8").replace("/var/lib/carestation", str(home))
    return subprocess.run(
        ["/bin/sh", "-s", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )


@pytest.mark.parametrize("name", [*SCRIPTS, "carestation"])
def test_scripts_are_shell(name: str) -> None:
    """The plain shell of a minimal Debian reads them, and they can be started."""
    assert subprocess.run(["/bin/sh", "-n", str(LINUX / name)], check=False).returncode == 0
    assert (LINUX / name).read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert os.access(LINUX / name, os.X_OK)


@pytest.mark.parametrize("verb", ["remove", "purge", "upgrade", "abort-install"])
def test_removal_and_purge_leave_the_records(tmp_path: Path, verb: str) -> None:
    """Residents' records are not a package's to erase."""
    record = tmp_path / "station" / "station.db"
    record.parent.mkdir()
    record.write_text("records")
    done = _script("postrm", tmp_path, verb)
    assert done.returncode == 0
    assert record.read_text() == "records"
    assert ("没有删除" in done.stderr) == (verb in {"remove", "purge"})


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_knows_how_to_delete(name: str) -> None:
    """Not a word that removes or empties a file, or a user or group that owns one."""
    code = [
        line for line in (LINUX / name).read_text("utf-8").splitlines() if not line.lstrip().startswith("#")
    ]
    words = re.findall(r"[\w-]+", re.sub(r'"[^"]*"', "", "\n".join(code)))
    assert not {"rm", "rmdir", "unlink", "shred", "truncate", "delgroup", "groupdel", "deluser", "mv"} & set(
        words
    )


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    """An administrator may have chosen them; a second configuration is not the first."""
    tmp_path.chmod(0o700)
    group = "getent() { true; }\n"  # the group exists on this PC
    text = (LINUX / "postinst").read_text(encoding="utf-8").replace("/var/lib/carestation", str(tmp_path))
    done = subprocess.run(
        ["/bin/sh", "-s", "configure", "0.0.9"],
        input=group + text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert tmp_path.stat().st_mode & 0o7777 == 0o700


def test_the_menu_entry_is_whole() -> None:
    """The keys a desktop needs; the window is matched by the name the program gives itself."""
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment, method-assign]  # keys keep their capitals
    read.read_string(debian.filled("carestation.desktop", MARK))
    entry = read["Desktop Entry"]
    assert (entry["Type"], entry["Exec"], entry["Icon"]) == ("Application", "carestation", "carestation")
    assert (entry["Name"], entry["Name[zh_CN]"]) == ("CareStation", "医养工作站")
    assert entry["Categories"].endswith(";")
    source = (stamp.ROOT / "ui" / "application.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{entry["StartupWMClass"]}")' in source


def test_version_and_date_are_filled_in() -> None:
    """In the description for software centres and in the manual page."""
    release = ET.fromstring(debian.filled("carestation.metainfo.xml", MARK)).find("releases/release")  # noqa: S314 - our own file
    assert release is not None
    assert dict(release.attrib) == {"version": "0.1.0", "date": "2023-11-14"}
    assert "@" not in debian.filled("carestation.1", MARK)


def test_the_stamp_follows_the_date_it_is_given(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH first; outside git there is no commit; a missing version is an error."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text('__version__ = "1.2.3"\n')
    made = stamp.stamp(tmp_path, {"SOURCE_DATE_EPOCH": "1700000000"})
    assert made.text.splitlines()[::2] == ["version 1.2.3", "date 2023-11-14"]
    (tmp_path / "app" / "__init__.py").write_text("")
    with pytest.raises(LookupError):
        stamp.stamp(tmp_path, {})


def test_the_stamp_tells_the_programs_own_version() -> None:
    """As `carestation --version` does."""
    from app import __version__

    assert stamp.stamp().version == __version__


def test_the_scalable_mark_holds_the_drawing() -> None:
    """Every stroke of the drawing, in the colours it is given."""
    drawing = (stamp.ROOT / "resources/icons/hand-heart.svg").read_text(encoding="utf-8")
    mark = ET.fromstring(marks.scalable(drawing, "#0F6B6B", "#FFFFFF"))  # noqa: S314 - drawn by ourselves
    assert len(mark.findall(".//{*}path")) == drawing.count("<path")
    assert [one.get("fill") for one in mark.findall("{*}rect")] == ["#0F6B6B"]
