"""量表: the list of instruments; a file is loaded, refused with its line, kept, and withdrawn."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.compose import Station
from app.core.resources import resource
from app.core.roles import Role
from tests.support.station import become
from tests.ui.assessments.room import Room, click, fits, press, room, type_into, until
from ui.assessments.instruments_view import InstrumentsView
from ui.kit.why_sheet import WhySheet

MORSE = resource("instruments", "morse.toml").read_text("utf-8")


def house_version(folder: Path, *, broken: bool = False) -> Path:
    version = next(line for line in MORSE.splitlines() if line.startswith("version"))
    text = MORSE.replace(version, 'version = "本院-1"', 1)
    file = folder / "morse.toml"
    file.write_text(text.replace("maximum = 125", "maximum = 120") if broken else text, "utf-8")
    return file


async def shown(r: Room) -> InstrumentsView:
    r.frame.go("instruments")
    view = r.frame.pages.view
    assert isinstance(view, InstrumentsView)
    await until(lambda: bool(view.table.rows_model.rows) and not view.errands.running)
    return view


async def choose(view: InstrumentsView, path: Path) -> None:
    """Ctrl+O, and a file in the dialog."""
    view.window().activateWindow()  # where there is no window manager, a closed dialog leaves no window active
    await until(view.window().isActiveWindow)
    press(view.table, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    def dialogs() -> list[QFileDialog]:
        return [one for one in view.findChildren(QFileDialog) if one.isVisible()]

    await until(lambda: bool(dialogs()))
    dialog = dialogs()[0]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    await until(lambda: not view.errands.running)


async def test_a_file_is_loaded_and_withdrawn(station: Station, tmp_path: Path) -> None:
    become(station, Role.ADMINISTRATOR)
    async with room(station) as r:
        view = await shown(r)
        await choose(view, house_version(tmp_path))
        assert r.notice.startswith("已载入“")
        assert "替换" in r.notice
        await until(lambda: any(one.own for one in view.table.rows_model.rows) and not view.errands.running)
        place = [one.code for one in view.table.rows_model.rows].index("morse")
        press(view.table, Qt.Key.Key_Home)
        for _ in range(place):
            press(view.table, Qt.Key.Key_Down)
        current = view.table.current()
        assert current is not None
        assert current.own
        await fits(r.frame.pages)
        click(view.withdraw_button)
        await until(lambda: view.findChild(WhySheet) is not None)
        sheet = view.findChild(WhySheet)
        assert isinstance(sheet, WhySheet)
        type_into(sheet.words, "gai hui biao zhun")
        press(sheet.words, Qt.Key.Key_Return)
        await until(lambda: not any(one.own for one in view.table.rows_model.rows))


async def test_a_bad_file_says_line_and_reason_and_changes_nothing(station: Station, tmp_path: Path) -> None:
    become(station, Role.ADMINISTRATOR)
    async with room(station) as r:
        view = await shown(r)
        await choose(view, house_version(tmp_path, broken=True))
        await until(lambda: bool(view.wrong.text()))
        assert "与 maximum 120 不符（第" in view.wrong.text()
        assert not any(one.own for one in view.table.rows_model.rows)
        (tmp_path / "morse.toml").write_bytes(b"\xff\xfe")
        await choose(view, tmp_path / "morse.toml")
        await until(lambda: "不是UTF-8文字" in view.wrong.text())


async def test_who_may_not_change_settings_only_reads(station: Station) -> None:
    become(station, Role.NURSE)
    async with room(station) as r:
        view = await shown(r)
        assert not view.load_button.isVisible()
        assert not view.keep_button.isVisible()
        await fits(r.frame.pages)
