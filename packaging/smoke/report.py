"""What the smoke test says, and how it stops."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path


class Broken(Exception):
    """Something is not as it should be; the sentence says what."""


def say(words: str) -> None:
    """One line, at once: who waits wants to see what is done."""
    print(f"package-test: {words}", flush=True)


def must(done: subprocess.CompletedProcess[str], what: str) -> str:
    """The words of a command that had to succeed."""
    if done.returncode:
        raise Broken(f"{what} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def missing(said: str) -> list[str]:
    """Libraries that `ldd` did not find."""
    return sorted({line.split()[0] for line in said.splitlines() if "=> not found" in line})


def sums(folder: Path) -> dict[str, str]:
    """Every file below a folder and the hash of what it holds."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
