"""Which program this is: version, commit, and a date that the same commit always gives."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VERSION = re.compile(r'^__version__ = "([0-9][0-9a-z.]*)"$', re.MULTILINE)


@dataclass(frozen=True)
class Stamp:
    """`epoch` in seconds of UTC; `commit` has a + behind it when files differ from it, and is empty outside git."""

    version: str
    commit: str
    epoch: int

    @property
    def text(self) -> str:
        """The file VERSION beside the program."""
        date = f"{datetime.fromtimestamp(self.epoch, UTC):%Y-%m-%d}"
        return f"version {self.version}\ncommit {self.commit or 'unknown'}\ndate {date}\n"


def stamp(root: Path = ROOT, environment: Mapping[str, str] = os.environ) -> Stamp:
    """The date is SOURCE_DATE_EPOCH, else the commit's, else 1980 (no archive dates earlier)."""
    version = _VERSION.search((root / "app" / "__init__.py").read_text(encoding="utf-8"))
    if version is None:
        raise LookupError("app/__init__.py gives no version")
    commit = _git(root, "rev-parse", "--short=12", "HEAD")
    changed = "+" if commit and _git(root, "status", "--porcelain") else ""
    epoch = environment.get("SOURCE_DATE_EPOCH") or _git(root, "log", "-1", "--format=%ct") or "315532800"
    return Stamp(version[1], commit + changed, int(epoch))


def _git(root: Path, *arguments: str) -> str:
    """What git says; empty where there is no git or no repository."""
    try:
        said = subprocess.run(  # noqa: S603 - our own fixed commands
            ["git", *arguments],  # noqa: S607 - the git of whoever builds
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return said.stdout.strip() if said.returncode == 0 else ""
