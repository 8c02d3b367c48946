"""What goes into the frozen program: every resource, every migration, Chinese input; nothing that must not travel."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import bundle
import pytest

ROOT = bundle.ROOT


def test_every_resource_and_every_migration_travels_to_its_place() -> None:
    """Also a folder or a migration added tomorrow; a frozen program finds them where the source has them."""
    goes = {PurePosixPath(folder) / Path(source).name for source, folder in bundle.data()}
    expected = {
        PurePosixPath(file.relative_to(ROOT).as_posix())
        for folder in ("resources", "db/migrations")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    assert goes == expected
    assert PurePosixPath("db/migrations/versions/0001_first.py") in goes


def test_a_new_folder_of_resources_is_seen(tmp_path: Path) -> None:
    """The list is made by looking."""
    (tmp_path / "resources" / "drugs").mkdir(parents=True)
    (tmp_path / "resources" / "drugs" / "list.toml").touch()
    (tmp_path / "db" / "migrations").mkdir(parents=True)
    assert list(bundle.data(tmp_path)) == [(str(tmp_path / "resources/drugs/list.toml"), "resources/drugs")]


def test_modules_looked_up_by_name_travel() -> None:
    """Places, sheets and records are imported by name; the migrations are data, not modules."""
    modules = bundle.modules()
    assert {"ui.application", "app.printing.sheets.ability_assessment", "app.cli", "db.upgrade"} <= set(
        modules
    )
    assert not [name for name in modules if name.startswith("db.migrations") or name.endswith("__init__")]


PLUGINS = "PySide6/Qt/plugins"


@pytest.mark.parametrize(
    "path",
    [
        f"{PLUGINS}/platforms/libqxcb.so",
        f"{PLUGINS}/platforms/libqwayland.so",
        f"{PLUGINS}/platforms/libqoffscreen.so",
        f"{PLUGINS}/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{PLUGINS}/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        f"{PLUGINS}/imageformats/libqsvg.so",
        f"{PLUGINS}/iconengines/libqsvgicon.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "libpython3.11.so.1.0",
        "reportlab/lib/utils.pyc",
    ],
)
def test_travels(path: str) -> None:
    """Input methods above all: without them nobody writes a name."""
    entry = (path, f"/usr/lib/x86_64-linux-gnu/{PurePosixPath(path).name}", "BINARY")
    from_wheel = (path, f"/opt/venv/{path}", "BINARY")
    assert bundle.kept([entry if path.startswith("libpython") else from_wheel])


@pytest.mark.parametrize(
    ("path", "comes"),
    [
        (f"{PLUGINS}/platforminputcontexts/libqtvirtualkeyboardplugin.so", "wheel"),
        (f"{PLUGINS}/platformthemes/libqgtk3.so", "wheel"),
        (f"{PLUGINS}/sqldrivers/libqsqlite.so", "wheel"),
        ("PySide6/Qt/translations/qtbase_de.qm", "wheel"),
        ("reportlab/fonts/DarkGarden.sfd", "wheel"),
        ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3"),
        ("libxcb.so.1", "/lib/x86_64-linux-gnu/libxcb.so.1"),
        ("libz.so.1", "/lib64/libz.so.1"),
    ],
)
def test_stays_out(path: str, comes: str) -> None:
    """What is under the GPL, what nobody uses, and what the distribution keeps up to date."""
    assert not bundle.kept([(path, comes, "BINARY")])
