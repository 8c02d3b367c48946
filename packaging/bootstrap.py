"""Makes a fresh Debian 12 ready: the shared libraries Qt needs, and .venv exactly as the lock says.

    python3 packaging/bootstrap.py [--window]

Needs only Python 3.11 with venv and uses only the standard library. A second call does nothing and takes no
time: a stamp in `.venv` remembers the lock it was made from. A linked `.venv` belongs to somebody else and is
used as it is.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "locks" / "dev.txt"
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"

# shared library → Debian package; the first list is needed even without a screen
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


class NotReady(Exception):
    """This machine lacks something; the sentence says what a person can do."""


def python_is_ready() -> None:
    """Refuse a Python that is too old or that cannot make a virtual environment."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told so
        raise NotReady(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    if importlib.util.find_spec("ensurepip") is None:
        raise NotReady("Python has no venv here. Install it:  apt-get install python3-venv")


def missing_packages(wanted: dict[str, str]) -> list[str]:
    """The Debian packages whose shared library cannot be loaded."""
    missing = []
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def libraries_are_ready(wanted: dict[str, str]) -> None:
    """Install the libraries Qt needs when we may (root on Debian), else say the exact command and stop."""
    missing = missing_packages(wanted)
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise NotReady(
            "Qt needs shared libraries that are not installed. Run this, then make again:\n\n"
            f"    sudo apt-get update && sudo {' '.join(command)}\n"
        )
    say(f"installing {' '.join(missing)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], environment)
    run(command, environment)
    if still := missing_packages(wanted):
        raise NotReady(f"apt-get finished, yet these still cannot be loaded: {' '.join(still)}")


def fingerprint() -> str:
    """What `.venv` depends on: the lock, this Python, and its folder (scripts inside name it)."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"lock {lock}\npython {sys.version}\nfolder {VENV}\n"


def venv_is_ready() -> None:
    """Make `.venv` anew when it is missing or was made from something else. The stamp comes last."""
    fresh = VENV.is_symlink() or (STAMP.exists() and STAMP.read_text(encoding="utf-8") == fingerprint())
    if fresh and python_inside().exists():
        return
    say("making .venv from packaging/locks/dev.txt")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    # --only-binary: a fresh machine has no compiler; --no-deps: nothing that is not locked can slip in
    install = ["-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "--no-deps"]
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    run([str(python_inside()), *install, "-r", str(LOCK)], quiet)
    STAMP.write_text(fingerprint(), encoding="utf-8")


def python_inside() -> Path:
    """The environment's interpreter, on this system."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run one command in the project's folder and stop if it fails."""
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603 - our own fixed commands
    if done.returncode:
        raise NotReady(f"This failed (exit {done.returncode}):  {' '.join(command)}")


def say(words: str) -> None:
    """One line to the person waiting."""
    sys.stderr.write(f"setup: {words}\n")


def main() -> int:
    """Everything `make setup` does."""
    arguments = argparse.ArgumentParser(description="Make this machine ready to run CareStation.")
    arguments.add_argument(
        "--window", action="store_true", help="also what a window needs, on X11 or Wayland"
    )
    wanted = OFFSCREEN | (WINDOW if arguments.parse_args().window else {})
    try:
        python_is_ready()
        if sys.platform == "linux":
            libraries_are_ready(wanted)
        venv_is_ready()
    except NotReady as problem:
        say(str(problem))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
