"""Where no clean system can be made: the package unpacked, its libraries looked up, the program tried from there.

Nothing is installed, so the package's own scripts and dependencies stay untried, and this says so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from report import Broken, missing, must, say, sums
from starting import measured


def live(deb: Path, folder: Path) -> None:
    """Unpack, look up, start, print, throw the program away."""
    tree, home = folder / "tree", folder / "home"
    must(_run("dpkg-deb", "-x", str(deb), str(tree)), "unpacking")
    program = tree / "opt" / "carestation" / "carestation"
    _look_up(tree)
    words = must(_run(str(program), "demo", "--no-window", "--home", str(home)), "demo")
    found = re.search(r"密码都是 (\S+)，", words)
    secret = {"CARESTATION_PASSWORD": found[1] if found else ""}
    say(measured(lambda: _start(program, home), home / "log" / "carestation.log"))
    nurse = ("--home", str(home), "--user", "0317")
    sheet = folder / "report.pdf"
    printing = ("print", "ability-assessment", *nurse, "--resident", "1", "--out", str(sheet))
    say(must(_run(str(program), *printing, **secret), "print").strip())
    say(must(_run(str(program), "verify", *nurse, **secret), "verify").strip())
    before = sums(home)
    shutil.rmtree(tree)
    if not before or sums(home) != before:
        raise Broken("the data changed when the program went")
    say(
        f"program thrown away; {len(before)} data files untouched. Not tried: installing, dependencies, scripts"
    )


def _look_up(tree: Path) -> None:
    """Which libraries this machine lacks: the package's dependencies would bring them, the program goes without."""
    lacking: set[str] = set()
    for file in sorted(tree.rglob("*")):
        binary = ".so" in file.name or file.name == "carestation"
        if file.is_file() and not file.is_symlink() and binary:
            lacking |= set(missing(_run("ldd", str(file)).stdout))
    say(f"libraries this machine lacks: {', '.join(sorted(lacking)) or 'none'}")


def _run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the program under test
        command, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


def _start(program: Path, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - the program under test
        [str(program), "--home", str(home)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
