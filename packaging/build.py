"""Builds the package of this machine's system: freezes the program, gathers licences, makes the .deb.

    python packaging/build.py        writes dist/carestation_<version>_<architecture>.deb

Uses the interpreter it is started with. The same commit on the same machine gives the same files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import debian
import licences
from needs import Unlisted
from stamp import Stamp, stamp

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "package"
PROGRAM = WORK / "dist" / "carestation"
# their symbols for debuggers weigh 45 MB; the wheels of Qt and Pillow come without and are left untouched
STRIPPED = ("libpython*.so*", "python3*/lib-dynload/*.so", "sqlcipher3/*.so", "sqlalchemy/**/*.so")


def freeze(mark: Stamp) -> None:
    """One folder that runs without Python installed."""
    shutil.rmtree(WORK, ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "PyInstaller",
        str(ROOT / "packaging" / "carestation.spec"),
        "--noconfirm",
    ]
    command += ["--log-level", "ERROR", "--distpath", str(PROGRAM.parent), "--workpath", str(WORK / "work")]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(mark.epoch)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603 - our own fixed command
    inside = PROGRAM / "_internal"
    for pattern in STRIPPED:
        for library in sorted(inside.glob(pattern)):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)  # noqa: S603, S607 - binutils of whoever builds
    (PROGRAM / "VERSION").write_text(mark.text, encoding="utf-8")
    licences.gather(PROGRAM / "licences")


def size(folder: Path) -> int:
    """Bytes of all files."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def main() -> int:
    """Build, and say what came out."""
    missing = [tool for tool in ("dpkg-deb", "objdump", "strip") if shutil.which(tool) is None]
    if missing:
        sys.stderr.write(f"package: {', '.join(missing)} needed:  apt-get install dpkg binutils\n")
        return 1
    begun = time.monotonic()
    mark = stamp()
    freeze(mark)
    try:
        deb = debian.build(PROGRAM, WORK / "tree", mark, ROOT / "dist")
    except (Unlisted, licences.NoText) as problem:
        sys.stderr.write(f"package: {problem}\n")
        return 1
    print(
        f"{deb.relative_to(ROOT)}: {deb.stat().st_size / 1e6:.0f} MB, installed {size(PROGRAM) / 1e6:.0f} MB,"
    )
    print(f"{mark.text.strip().replace(chr(10), ', ')}; {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
