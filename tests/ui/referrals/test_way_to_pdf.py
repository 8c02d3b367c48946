"""From 转诊 to the pack: an emergency whose chart is up to date, real window, real keys, nothing but this computer."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.referrals.queries.list import ReferralList
from app.referrals.rules.states import Status
from tests.app.referrals.house import Desk
from tests.support.acts import rows
from tests.ui.referrals.form_room import CTRL, hold, ill
from tests.ui.referrals.room import Stage, hit, press, until
from tests.ui.residents.stage import on_stage
from ui.printing.preview_view import PreviewView
from ui.referrals.form_view import FormView
from ui.residents.chart_view import ChartView

MOST_KEYS, MOST_SECONDS = 5, 10.0
_log = logging.getLogger(__name__)


async def test_five_keys_and_ten_seconds_to_the_pdf(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ill(desk)
    monkeypatch.chdir(tmp_path)
    async with on_stage(desk.station) as stage:
        chart = stage.view("chart", {"resident": desk.li})
        assert isinstance(chart, ChartView)
        await until(lambda: chart.chart is not None)
        await stage.settle()
        begun = time.perf_counter()
        count = await _to_the_paper(stage, chart)
        drawn_after = time.perf_counter() - begun
        count += await _asked_for_a_printer(stage)
        hold(stage, chart, Qt.Key.Key_S, CTRL)
        count += 1
        await until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
        count += 1
        await until(lambda: stage.place == "referral-follow")
        took = time.perf_counter() - begun

        await stage.settle()
        files = sorted(tmp_path.glob("*.pdf"))  # noqa: ASYNC240  # a folder of one file
        assert len(files) == 1
        assert files[0].read_bytes().startswith(b"%PDF")
        _log.info("转诊 → PDF: %d keys, drawn after %.1f s, saved after %.1f s", count, drawn_after, took)
        assert count <= MOST_KEYS
        assert took <= MOST_SECONDS
        (line,) = desk.ask(ReferralList()).rows
        assert line.status is Status.SUBMITTED
        assert rows(desk.station, "select count(*) from audit where act = 'print'")[0][0] == 1


async def _to_the_paper(stage: Stage, chart: ChartView) -> int:
    """F6 opens the form full, F10 writes it down, sends it and shows the paper."""
    hit(stage, chart, Qt.Key.Key_F6)
    await until(lambda: stage.place == "referral")
    view = stage.frame.pages.view
    assert isinstance(view, FormView)
    await until(lambda: view.filled is not None and view.pieces.pack.send.isEnabled())
    hit(stage, view, Qt.Key.Key_F10)
    await until(lambda: stage.place == "preview")
    paper = stage.frame.pages.view
    assert isinstance(paper, PreviewView)
    await until(lambda: paper.drawn is not None and not paper.state.words)
    return 2


async def _asked_for_a_printer(stage: Stage) -> int:
    """Where there is a printer the system asks for it by itself: Enter would print, Esc leads to the file."""
    if not QPrinterInfo.availablePrinterNames():
        await until(lambda: "没有找到打印机" in stage.frame.notice.text())
        return 0
    await until(lambda: isinstance(QApplication.activeModalWidget(), QPrintDialog))
    asked = QApplication.activeModalWidget()
    assert asked is not None
    press(asked, Qt.Key.Key_Escape)
    await until(lambda: QApplication.activeModalWidget() is None)
    stage.frame.activateWindow()
    await until(stage.frame.isActiveWindow)
    return 1
