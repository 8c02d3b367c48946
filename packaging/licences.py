"""Gathers the licence texts of everything that travels in the bundle: libraries, Python, Qt, fonts, icons.

A bundled distribution without a licence text stops the build, unless a notice of ours stands for it.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "locks" / "run.txt"
NOTICES = ROOT / "packaging" / "notices"
TEXTS = Path("/usr/share/common-licenses")  # Debian keeps these in every installation
COMMON = ("LGPL-3", "GPL-3", "Apache-2.0")
BY_NOTICE = {"pyside6-essentials": "Qt.txt", "shiboken6": "Qt.txt"}
FREEZER = "pyinstaller"  # its start program and its loader travel too
_IS_TEXT = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_FOR_OTHERS = ("reportlab/fonts/", "/android/", "musl", "/v8_xfa/")  # parts that do not travel


class NoText(Exception):
    """A distribution travels without its licence; the sentence names it."""


def locked(lock: str) -> list[str]:
    """Names of the distributions the station runs on, from the text of its lock."""
    return sorted(re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE))


def gather(to: Path) -> None:
    """Write the folder anew: one folder a distribution, and an index anybody can read."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    lines = ["What travels with CareStation, and under which licence", ""]
    names = [*locked(LOCK.read_text(encoding="utf-8")), FREEZER]
    lines += [_one(metadata.distribution(name), to) for name in names]
    _notices(to)
    for source in sorted((ROOT / "resources").rglob("*.LICENSE.txt")):
        shutil.copyfile(source, to / source.name)
        lines.append(f"{source.name.removesuffix('.LICENSE.txt')} ({source.parent.name}): {source.name}")
    shutil.copyfile(_python_licence(), to / "Python.txt")
    shutil.copyfile(ROOT / "LICENSE", to / "CareStation.txt")
    lines += [f"Python {sys.version.split()[0]}: Python.txt", "CareStation: CareStation.txt"]
    (to / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _one(distribution: metadata.Distribution, to: Path) -> str:
    """The texts of one distribution, and its line in the index."""
    name = distribution.name.lower().replace("_", "-")
    where, texts = to / name, dict(_texts(distribution))
    given = distribution.metadata
    said = next((given[field] for field in ("License-Expression", "License") if field in given), "")
    line = f"{name} {distribution.version}: {said.splitlines()[0] if said else 'see its text'}"
    if not texts:
        if name not in BY_NOTICE:
            raise NoText(f"{name} has no licence text: add a notice in packaging/notices")
        return f"{line} (see {BY_NOTICE[name]})"
    for short, source in texts.items():
        (where / short).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, where / short)
    return line


def _texts(distribution: metadata.Distribution) -> Iterator[tuple[str, Path]]:
    """Licence texts as installed: a short name each, and where it lies."""
    for file in sorted(distribution.files or (), key=str):
        path = file.as_posix()
        named = _IS_TEXT.search(file.name) or "/licenses/" in path.lower()
        passed = path.endswith((".py", ".pyc")) or any(word in path for word in _FOR_OTHERS)
        if named and not passed:
            short = re.sub(r"^[^/]+\.dist-info/(?:licenses/)?", "", path)
            yield short, Path(str(distribution.locate_file(file)))


def _notices(to: Path) -> None:
    """Our own notices, versions filled in, and the texts they point to."""
    version = metadata.version("PySide6-Essentials")
    for notice in sorted(NOTICES.glob("*.txt")):
        text = notice.read_text(encoding="utf-8").replace("@PYSIDE6-ESSENTIALS@", version)
        (to / notice.name).write_text(text, encoding="utf-8")
    for name in COMMON:
        if not (TEXTS / name).exists():
            raise NoText(f"{TEXTS / name} is not on this machine")
        shutil.copyfile(TEXTS / name, to / f"{name}.txt")


def _python_licence() -> Path:
    """Where this Python keeps its licence: beside its library, or where Debian puts it."""
    short = f"python{sys.version_info.major}.{sys.version_info.minor}"
    places = (
        Path(sys.base_prefix) / "lib" / short / "LICENSE.txt",
        Path("/usr/share/doc") / short / "copyright",
        Path(sys.base_prefix) / "LICENSE.txt",
    )
    for place in places:
        if place.exists():
            return place
    raise NoText("this Python came without its licence text")
