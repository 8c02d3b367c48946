"""From 转诊 in the chart to the saved pack by keys: each part says how many keys it took."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.ui.referrals.form_room import ALT, CTRL, hold
from tests.ui.referrals.room import Stage, hit, press, until
from ui.printing.preview_view import PreviewView
from ui.referrals.form_view import FormView
from ui.residents.chart_view import ChartView


async def to_the_paper(stage: Stage, chart: ChartView, *, green: bool = False) -> int:
    """F6 opens the form full, F10 writes it down, sends it and shows the paper. `green`: Alt+G between."""
    hit(stage, chart, Qt.Key.Key_F6)
    await until(lambda: stage.place == "referral")
    view = stage.frame.pages.view
    assert isinstance(view, FormView)
    await until(lambda: view.filled is not None and view.pieces.pack.send.isEnabled())
    if green:
        hold(stage, view, Qt.Key.Key_G, ALT)
        await until(lambda: view.said.green)
    hit(stage, view, Qt.Key.Key_F10)
    await until(lambda: stage.place == "preview")
    paper = stage.frame.pages.view
    assert isinstance(paper, PreviewView)
    await until(lambda: paper.drawn is not None and not paper.state.words)
    return 3 if green else 2


async def saved_as_pdf(stage: Stage, chart: ChartView) -> int:
    """Ctrl+S and Enter: the pack in the folder one stands in; then the course of the referral shows."""
    count = await _asked_for_a_printer(stage)
    hold(stage, chart, Qt.Key.Key_S, CTRL)
    await until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return)
    await until(lambda: stage.place == "referral-follow")
    return count + 2


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
