"""Writes the locks anew from pyproject.toml: what runs the station, and what builds and tests it.

    python packaging/locks/write.py [--upgrade]

Versions already locked stay unless `--upgrade` is given. A lock names versions and hashes, never an index: where
packages come from is the business of the machine that installs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
)
LOCKS = {
    "run.txt": ("# Exactly what the station runs on, with hashes; written by `make lock`.", ()),
    "dev.txt": (
        "# Exactly what builds and tests it, with hashes; written by `make lock`.",
        ("--extra", "dev"),
    ),
}


def write(name: str, *extra: str) -> None:
    """Compile one lock in place."""
    lock = HERE / name
    first_line, options = LOCKS[name]
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *options, *extra]
    command += ["--output-file", str(lock.relative_to(ROOT)), "pyproject.toml"]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own fixed command
    lock.write_text(f"{first_line}\n{lock.read_text(encoding='utf-8')}", encoding="utf-8")


if __name__ == "__main__":
    for name in LOCKS:
        write(name, *sys.argv[1:])
