"""The package's life in a clean system: every step as an administrator or an ordinary user of that PC takes it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from clean_root import CleanRoot
from report import Broken, missing, must, say, sums
from starting import end, measured, started

HOME = "/var/lib/carestation"
DEB = "/var/tmp/carestation.deb"  # noqa: S108 - inside a throw-away system
NURSE = "0317"
INSTALL = (
    "apt-get",
    "install",
    "-y",
    "-q",
    "--no-install-recommends",
    "--reinstall",
    "--allow-downgrades",
    DEB,
)
LOOK_UP = (
    r"find /opt/carestation -type f \( -name '*.so*' -o -name carestation \) -exec ldd {} + 2>/dev/null; true"
)
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def live(deb: Path, root: CleanRoot) -> None:
    """Install, use, upgrade, remove, purge."""
    shutil.copyfile(deb, root.folder / DEB.lstrip("/"))
    _install(root)
    _be_a_stranger(root)
    _work(root)
    _upgrade_under_a_window(root)
    _leave(root)


def _as_user(user: str, *command: str) -> list[str]:
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", *command]


def _install(root: CleanRoot) -> None:
    """With what it depends on and nothing it merely recommends; then no library may be missing."""
    must(root.run("apt-get", "update", "-q"), "apt-get update")
    before = _room(root)
    words = must(root.run(*INSTALL), "the installation")
    if "carestation 组" not in words:
        raise Broken("nobody was told about the group")
    say(
        f"installed; with all it depends on {_room(root) - before:.0f} MB, alone {_room(root, '/opt/carestation'):.0f}"
    )
    if lacking := missing(must(root.run("sh", "-c", LOOK_UP), "ldd")):
        raise Broken(f"libraries nobody installs: {', '.join(lacking)}")
    say("every library is there")
    for user in ("nurse", "stranger"):
        must(root.run("useradd", "--create-home", user), "useradd")
    must(root.run("adduser", "nurse", "carestation"), "adduser")
    version = must(root.run("carestation", "--version"), "--version").strip()
    if version != f"CareStation {_version(root)}":
        raise Broken(f"--version says {version}")
    say(version)


def _be_a_stranger(root: CleanRoot) -> None:
    """Who is not in the group is told the way in, and reads nothing."""
    demo = ("carestation", "demo", "--no-window", "--home", HOME)
    done = root.run(*_as_user("stranger", *demo))
    if done.returncode != 1 or "adduser" not in done.stderr:
        raise Broken(f"a stranger hears {done.stderr!r}")
    say(f"a stranger hears: {done.stderr.strip()}")


def _work(root: CleanRoot) -> None:
    """A demo in the package's own folder, the window, a sheet, and the check of all data."""
    nurse = ("--home", HOME, "--user", NURSE)
    words = must(root.run(*_as_user("nurse", "carestation", "demo", "--no-window", "--home", HOME)), "demo")
    found = re.search(r"密码都是 (\S+)，", words)
    if found is None:
        raise Broken("the demo gave no password")
    secret = {"CARESTATION_PASSWORD": found[1]}
    log = root.folder / HOME.lstrip("/") / "log" / "carestation.log"
    say(measured(lambda: root.start(*_as_user("nurse", "carestation"), **OFFSCREEN), log))
    sheet = "/home/" + "nurse/report.pdf"
    printing = ("carestation", "print", "ability-assessment", *nurse, "--resident", "1", "--out", sheet)
    say(must(root.run(*_as_user("nurse", *printing), **secret), "print").strip())
    if not (root.folder / sheet.lstrip("/")).read_bytes().startswith(b"%PDF-"):
        raise Broken("the sheet is no PDF")
    say(must(root.run(*_as_user("nurse", "carestation", "verify", *nurse), **secret), "verify").strip())
    if loose := [file for file in (root.folder / HOME.lstrip("/")).rglob("*") if file.stat().st_mode & 0o007]:
        raise Broken(f"readable by everybody: {loose}")


def _upgrade_under_a_window(root: CleanRoot) -> None:
    """Refused while a window is open, done when it is closed."""
    log = root.folder / HOME.lstrip("/") / "log" / "carestation.log"
    process, _seconds = started(lambda: root.start(*_as_user("nurse", "carestation"), **OFFSCREEN), log)
    try:
        done = root.run("dpkg", "--install", DEB)
    finally:
        end(process)
    if not done.returncode or "请先关闭窗口" not in done.stderr:
        raise Broken("an open window did not stop the upgrade")
    must(root.run("carestation", "--version"), "the old version after a refused upgrade")
    must(root.run("dpkg", "--install", DEB), "the upgrade")
    say("an upgrade waits until the window is closed")


def _leave(root: CleanRoot) -> None:
    """Removed and purged; the program is gone to the last file, the data are as they were."""
    data = root.folder / HOME.lstrip("/")
    before = sums(data)
    for verb in ("remove", "purge"):
        done = root.run("apt-get", verb, "-y", "-q", "carestation")
        must(done, verb)
        if "没有删除" not in done.stdout + done.stderr:
            raise Broken(f"{verb} did not say that the data stay")
    if (root.folder / "opt" / "carestation").exists() or (root.folder / "usr/bin/carestation").exists():
        raise Broken("the program left files behind")
    if not before or sums(data) != before:
        raise Broken("the data changed when the package went")
    say(f"removed and purged; {len(before)} data files untouched")


def _room(root: CleanRoot, folder: str = "/") -> float:
    """Megabytes below a folder inside."""
    return int(must(root.run("du", "-smx", folder), "du").split()[0])


def _version(root: CleanRoot) -> str:
    return must(root.run("dpkg-query", "-W", "-f", "${Version}", "carestation"), "dpkg-query").strip()
