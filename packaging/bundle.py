"""What belongs into the frozen program and what stays out: data, modules, Qt's plugins, shared libraries.

The rules, each with its reason:
* data are found by path (`app/core/resources.py`, `db/upgrade.py`), so they keep their paths below the bundle;
* our own modules go in whole: places, records and sheets are looked up by name, which no analysis sees;
* of Qt only what a program of widgets needs on X11 and Wayland, with input methods: no Chinese is typed without them;
* what the Linux distribution brings stays there (`needs.py` turns it into dependencies): it gets its security
  updates, and one libxcb in a process is enough. Python itself and the wheels' own libraries go in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
DATA = ("resources", "db/migrations")
OURS = ("app", "db", "ui")
BY_NAME = (
    "logging.config",
    "sqlalchemy.dialects.sqlite.pysqlite",
)  # alembic and SQLAlchemy ask for them by name
WITH_DATA = ("tzdata", "pypinyin")

LEFT_OUT = (
    *("tkinter", "test", "unittest", "pydoc", "pdb", "doctest", "lib2to3", "ensurepip", "venv"),
    *("pytest", "hypothesis", "mypy", "ruff", "IPython", "numpy", "pandas", "lxml", "setuptools", "pip"),
    *("sqlalchemy.testing", "sqlite3"),  # our SQLite is the one with encryption
    *(
        "PIL._avif",
        "PIL._webp",
        "PIL._imagingtk",
        "PIL._imagingcms",
        "PIL.AvifImagePlugin",
        "PIL.WebPImagePlugin",
    ),
    *(f"PySide6.Qt{name}" for name in ("Qml", "Quick", "QuickWidgets", "Sql", "Test", "Designer", "Help")),
    *(f"PySide6.Qt{name}" for name in ("OpenGL", "OpenGLWidgets", "DBus", "UiTools", "Xml", "SvgWidgets")),
)

PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqwayland*.so",
    "platforms/libqoffscreen.so",
    "platforms/libqminimal.so",
    "platforms/qwindows.dll",
    "platforms/qoffscreen.dll",
    "platforminputcontexts/libcompose*.so",
    "platforminputcontexts/libibus*.so",  # fcitx answers as ibus too
    "platforminputcontexts/libfcitx*.so",
    "platformthemes/libqxdgdesktopportal.so",  # the desktop's own file dialog
    "imageformats/*q[sj][vp]*",  # svg, jpeg; png is built in
    "imageformats/*qico.*",
    "iconengines/*",
    "styles/*",
    "printsupport/*",
    "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/*",
)
TRANSLATIONS = ("qtbase_zh_CN.qm",)

_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(.+)")
_TRANSLATION = re.compile(r"PySide6/(?:Qt/)?translations/(.+)")
_SYSTEM = re.compile(
    r"(?:/usr)?/lib(?:64|/[a-z0-9_]+-linux-gnu)?/[^/]+"
)  # a library right in a system's folder
_NEVER = (
    "libQt6EglF*",  # for screens without a desktop
    "libQt6WlShellIntegration.*",
    "libQt6OpenGL.*",
)
Entry = tuple[str, str, str]
"""As PyInstaller lists a file: where it goes, where it comes from, what kind it is."""


def data(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Every data file and the folder it goes to, sorted: the same tree gives the same bundle."""
    for folder in DATA:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield str(file), file.parent.relative_to(root).as_posix()


def modules(root: Path = ROOT) -> list[str]:
    """Our own modules by name; the migrations are not among them: they are data."""
    found = []
    for package in OURS:
        for file in sorted((root / package).rglob("*.py")):
            name = (
                file.relative_to(root).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
            )
            if not name.startswith("db.migrations") and not name.endswith(".__main__"):
                found.append(name)
    return found


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """What of PyInstaller's findings goes into the bundle, sorted."""
    return sorted(entry for entry in entries if _belongs(entry))


def _belongs(entry: Entry) -> bool:
    goes, comes, _kind = entry
    path = PurePosixPath(goes.replace("\\", "/"))
    if plugin := _PLUGIN.match(str(path)):
        return any(fnmatch(plugin[1], pattern) for pattern in PLUGINS)
    if translation := _TRANSLATION.match(str(path)):
        return translation[1] in TRANSLATIONS
    if str(path).startswith("reportlab/fonts"):
        return False  # the sheets bring their own fonts, and one of these is under the GPL
    if any(fnmatch(path.name, pattern) for pattern in _NEVER):
        return False
    return not _of_the_system(path, comes)


def _of_the_system(path: PurePosixPath, comes: str) -> bool:
    """A shared library the distribution owns; Debian's own Python is still ours to bring."""
    if path.name.startswith("libpython") or ".so" not in path.name:
        return False
    return _SYSTEM.fullmatch(comes) is not None
