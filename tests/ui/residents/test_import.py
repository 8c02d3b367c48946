"""Importing a roster from the screen: both samples, bad files, cancelling, the rows that come back."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.compose import Station
from app.residents.queries import ResidentList
from tests.support.acts import count
from tests.ui.residents.stage import Stage, on_stage, until
from ui.residents.import_view import ImportView

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@asynccontextmanager
async def _import(station: Station) -> AsyncIterator[tuple[Stage, ImportView]]:
    async with on_stage(station) as stage:
        view = stage.view("import")
        assert isinstance(view, ImportView)
        yield stage, view


def _drop(view: ImportView, path: Path) -> None:
    """Let a file fall onto the place that asks for one."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(view.choice, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(view.choice, QDropEvent(QPointF(50, 50), copy, data, left, none))


@pytest.mark.parametrize(
    ("name", "good", "bad"), [("roster.xlsx", 61, 4), ("roster.csv", 60, 0)], ids=["xlsx", "csv"]
)
async def test_a_sample_goes_in_and_a_second_time_changes_nothing(
    station: Station, name: str, good: int, bad: int
) -> None:
    async with _import(station) as (stage, view):
        _drop(view, SAMPLES / name)
        await until(lambda: view.outcome is not None)
        await stage.settle()
        assert count(station, "resident") == 0
        assert view.go_on.accessibleName() == f"先导入 {good} 位"
        first = view.table.rows_model.rows[0].line
        assert (view.table.rows_model.index(0, 6).data().startswith("不能导入")) is bool(bad)
        assert first.row > 0
        QTest.mouseClick(view.go_on, Qt.MouseButton.LeftButton)
        await until(lambda: view.over)
        await stage.settle()
        assert f"已导入 {good} 位" in stage.frame.notice.text()
        assert view.go_on.hasFocus()
        assert station.desk.ask_now(ResidentList()).count == good
        QTest.mouseClick(view.go_on, Qt.MouseButton.LeftButton)
        assert stage.place == "residents"
        stage.view("import")
        _drop(view, SAMPLES / name)
        await until(lambda: view.outcome is not None)
        await stage.settle()
        assert view.go_on.accessibleName() == "没有可导入的"
        assert not view.go_on.isEnabled()


async def test_problem_rows_stand_first_and_their_cells_say_what_the_file_says(station: Station) -> None:
    async with _import(station) as (stage, view):
        view.read(SAMPLES / "roster.xlsx")
        await until(lambda: view.outcome is not None)
        await stage.settle()
        model = view.table.rows_model
        assert [model.index(row, 6).data()[:4] for row in range(4)] == ["不能导入"] * 4
        assert all("********" in model.index(row, 3).data() for row in range(3))
        chips = {button.text().split()[0]: button for button in view.chips.group.buttons()}
        QTest.mouseClick(chips["可以导入"], Qt.MouseButton.LeftButton)
        assert len(model.rows) == 61
        QTest.mouseClick(chips["已经有了"], Qt.MouseButton.LeftButton)
        assert view.state.words == "没有这样的行"


async def test_problem_rows_are_kept_as_a_file(station: Station, tmp_path: Path) -> None:
    async with _import(station) as (stage, view):
        view.read(SAMPLES / "roster.xlsx")
        await until(lambda: view.outcome is not None)
        await stage.settle()
        QTest.mouseClick(view.save_rows, Qt.MouseButton.LeftButton)
        dialog = view.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        kept = tmp_path / "back.xlsx"
        dialog.fileSelected.emit(str(kept))
        dialog.reject()
        await until(lambda: "问题行已存到" in stage.frame.notice.text())
        assert kept.read_bytes().startswith(b"PK")


async def test_a_picture_named_xlsx_is_refused_in_words(station: Station, tmp_path: Path) -> None:
    picture = tmp_path / "名册.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    async with _import(station) as (stage, view):
        _drop(view, picture)
        await until(lambda: "这是一张图片" in stage.frame.notice.text())
        await stage.settle()
        assert view.pages.currentIndex() == 0
        assert view.choice.button.isEnabled()
        view.read(tmp_path / "nowhere.csv")
        await until(lambda: "文件不存在" in stage.frame.notice.text())


async def test_a_file_changed_after_the_preview_is_looked_at_again(station: Station, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    shutil.copy(SAMPLES / "roster.csv", path)
    async with _import(station) as (stage, view):
        view.read(path)
        await until(lambda: view.outcome is not None)
        await stage.settle()
        path.write_bytes(path.read_bytes() + b"\r\n")
        QTest.mouseClick(view.go_on, Qt.MouseButton.LeftButton)
        await until(lambda: "又改过" in stage.frame.notice.text())
        await stage.settle()
        assert view.go_on.isEnabled()
    assert count(station, "resident") == 0


async def test_cancelled_half_way_nothing_is_written(station: Station) -> None:
    async with _import(station) as (stage, view):
        view.read(SAMPLES / "roster.csv")
        await until(lambda: view.outcome is not None)
        await stage.settle()
        QTest.mouseClick(view.go_on, Qt.MouseButton.LeftButton)
        await until(view.progress.isVisible)
        view.progress.cancelled.emit()
        await until(lambda: not view.errands.running)
        assert "没有写入任何内容" in stage.frame.notice.text()
        assert not view.over
        assert view.go_on.isEnabled()
    assert count(station, "resident") == 0


async def test_the_file_dialog_leaves_the_window_alive(station: Station) -> None:
    async with _import(station) as (stage, view):
        QTest.keyClick(view, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        dialog = view.choice.findChild(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(SAMPLES / "roster.csv"))
        dialog.reject()
        await until(lambda: view.outcome is not None)
        await stage.settle()
        assert view._name.text() == "roster.csv"
