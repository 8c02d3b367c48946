"""Lays the frozen program out as a Debian package and builds it: files, control, dates, `dpkg-deb`."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import marks
import needs
from stamp import Stamp

HERE = Path(__file__).resolve().parent / "linux"
SCRIPTS = ("preinst", "postinst", "postrm")
CONTROL = """\
Package: carestation
Version: {version}
Architecture: {arch}
Maintainer: CareStation developers <developers@carestation.invalid>
Section: misc
Priority: optional
Installed-Size: {size}
Depends: {depends}
Recommends: cups-client, xdg-desktop-portal
Description: medical station of an elder-care institution (医养工作站)
 Residents, ability assessments and care records on the PC of the medical station, encrypted and usable without a
 network. 养老机构医务工作站：老人档案、能力评估与医养记录，数据加密保存，断网也能用。
"""


def build(program: Path, tree: Path, stamp: Stamp, to: Path) -> Path:
    """The package of a frozen program; `tree` is made anew. Returns the .deb."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / "opt" / "carestation", symlinks=True)
    _desktop(tree, stamp)
    _documents(tree, stamp)
    _control(tree, stamp)
    _date(tree, stamp.epoch)
    arch = architecture()
    deb = to / f"carestation_{stamp.version}_{arch}.deb"
    to.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(stamp.epoch)}
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(deb)]
    subprocess.run(command, env=environment, check=True)  # noqa: S603 - our own fixed command
    return deb


def architecture() -> str:
    """As Debian calls this machine: amd64, arm64 …"""
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - one fixed command


def filled(name: str, stamp: Stamp) -> str:
    """One of our files, version and date filled in."""
    date = stamp.text.rsplit("date ", 1)[1].strip()
    text = (HERE / name).read_text(encoding="utf-8")
    return text.replace("@VERSION@", stamp.version).replace("@DATE@", date)


def _put(file: Path, text: str, mode: int = 0o644) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def _desktop(tree: Path, stamp: Stamp) -> None:
    """Launcher, menu entry, description, icons."""
    _put(tree / "usr/bin/carestation", filled("carestation", stamp), 0o755)
    share = tree / "usr" / "share"
    _put(share / "applications/carestation.desktop", filled("carestation.desktop", stamp))
    _put(share / "metainfo/carestation.metainfo.xml", filled("carestation.metainfo.xml", stamp))
    marks.draw(share / "icons")


def _documents(tree: Path, stamp: Stamp) -> None:
    """Manual page and what Debian expects in /usr/share/doc."""
    documents = tree / "usr/share/doc/carestation"
    for name in ("README.Debian", "copyright"):
        _put(documents / name, filled(name, stamp))
    changes = (HERE.parent.parent / "CHANGELOG.md").read_bytes()
    (documents / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    page = tree / "usr/share/man/man1/carestation.1.gz"
    page.parent.mkdir(parents=True)
    page.write_bytes(gzip.compress(filled("carestation.1", stamp).encode(), mtime=0))


def _control(tree: Path, stamp: Stamp) -> None:
    """DEBIAN/: what it is, what it needs, what runs around it, and sums to check the files by."""
    files = sorted(file for file in tree.rglob("*") if file.is_file() and not file.is_symlink())
    size = sum(-(-file.stat().st_size // 1024) for file in files)
    depends = ", ".join(["adduser", *needs.depends(tree / "opt" / "carestation")])
    sums = "".join(
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree).as_posix()}\n"
        for file in files
    )
    fields = {"version": stamp.version, "arch": architecture(), "size": size, "depends": depends}
    _put(tree / "DEBIAN/control", CONTROL.format(**fields))
    _put(tree / "DEBIAN/md5sums", sums)
    for name in SCRIPTS:
        _put(tree / "DEBIAN" / name, filled(name, stamp), 0o755)


def _date(tree: Path, epoch: int) -> None:
    """Every file bears the stamp's date and plain rights, whoever built it and whenever."""
    for file in [tree, *tree.rglob("*")]:
        if not file.is_symlink():
            runs = file.is_dir() or file.stat().st_mode & 0o100
            file.chmod(0o755 if runs else 0o644)
        os.utime(file, (epoch, epoch), follow_symlinks=False)
