"""The walking station, walked: drives the real window along its path and leaves pictures and a PDF.

    python -m tests.tour FOLDER      (what `make demo` does where there is no display)

A nurse signs in, finds a resident by initials, opens the chart, fills in the ability assessment by digits, two people
sign, the report is previewed and saved; what was written reaches a district platform, with a receipt. All through keys
and clicks.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit

from app.compose import Station, compose
from app.demo.institution import MARK, PASSWORD, Plan, build
from app.sync.access import OVERRIDE
from tests.support import loop
from tests.support.platform import Platform
from tests.support.visitor import Visitor, close_window, open_window
from ui.application import dressed_application
from ui.assessments.assessment_view import AssessmentView
from ui.assessments.record_work import RecordWork
from ui.assessments.sign_sheet import SignSheet
from ui.printing.preview_view import PreviewView
from ui.residents.chart_view import ChartView
from ui.residents.residents_view import ResidentsView
from ui.shell.unlock_card import UnlockCard
from ui.sync.sync_view import SyncView
from ui.today.today_view import TodayView

ANSWERS = {f"A.2.14.{kind}": "无" for kind in range(1, 6)} | {"A.5.11": "无"}
DIGITS = "34323423" + "3322" + "332332112" + "11222"
"""The items' answers in order: a resident who needs help, 61 points."""
REPORT = "report.pdf"
CONTROL = Qt.KeyboardModifier.ControlModifier


async def walk(home: Path, pictures: Path, make: Callable[[], Station] | None = None) -> None:
    """From the door to the printed report."""

    def syncing() -> Station:
        station = make() if make else compose(home)
        station.syncs = True
        return station

    window = open_window(home, make=syncing)
    visitor = Visitor(window, pictures)
    await visitor.until(window.sign_in.isVisible, "the sign-in")
    await visitor.picture("01-sign-in")
    await visitor.sign_in("0317", PASSWORD)
    await find_a_resident(visitor)
    await visitor.press_and_see(Qt.Key.Key_Return, ChartView)
    await visitor.picture("03-chart")
    await fill_in(visitor)
    await sign_and_print(visitor, pictures / REPORT)
    await visitor.awake()
    preview = await visitor.seen(PreviewView)
    await visitor.until(preview.stack.hasFocus, "the focus back on the pages")
    await see_the_receipt(visitor)
    visitor.press(Qt.Key.Key_L, CONTROL)
    await visitor.seen(UnlockCard)
    await visitor.picture("10-lock")
    await close_window(window)


async def find_a_resident(visitor: Visitor) -> None:
    """From the workbench to the list, Ctrl+F, initials, Enter."""
    today = await visitor.seen(TodayView)
    await visitor.until(lambda: bool(today.tiles), "the numbers of the shift")
    await visitor.picture("02-today")
    visitor.turn_to("residents")
    view = await visitor.seen(ResidentsView)
    await visitor.until(lambda: len(view.table.rows_model.rows) > 1, "the list")
    await visitor.picture("02-residents")
    visitor.press(Qt.Key.Key_F, CONTROL)
    visitor.write("oysh")
    await visitor.until(lambda: len(view.table.rows_model.rows) == 1, "the one resident")
    await visitor.picture("02-search")
    visitor.press(Qt.Key.Key_Down)


async def fill_in(visitor: Visitor) -> None:
    """The information by clicks, the 26 items by 26 digits."""
    visitor.click("开始评估")
    view = await visitor.seen(AssessmentView)
    work = view.filling
    await visitor.until(lambda: work.isVisible() and not view.errands.running, "the form")
    await visitor.picture("04-assessment-information")
    forms = work.page.information.forms
    for code, words in ANSWERS.items():
        form = next(one for one in forms if any(field.key == code for field in one.form.fields))
        button = next(one for one in form.input(code).findChildren(QAbstractButton) if one.text() == words)
        if not button.isChecked():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    visitor.click_starting("自理能力")
    visitor.write(DIGITS[:10])
    await visitor.picture("05-assessment-items")
    visitor.write(DIGITS[10:])
    await visitor.until(lambda: work.page.step == "conclusion", "the conclusion")
    await visitor.picture("06-assessment-result")


async def sign_and_print(visitor: Visitor, pdf: Path) -> None:
    """Two people sign; the report is looked at and saved."""
    for who in ("0317", "0610"):
        visitor.click("签名")
        sheet = await visitor.seen(SignSheet)
        await visitor.picture(f"07-sign-{who}")
        sheet.number.setFocus()
        sheet.number.selectAll()
        visitor.write(who)
        sheet.secret.setFocus()
        visitor.write(PASSWORD)
        visitor.press(Qt.Key.Key_Return)
        await visitor.until(lambda: visitor.visible(SignSheet) is None, "the signature")
        await asyncio.sleep(0.3)
    await visitor.until(lambda: visitor.visible(RecordWork) is not None, "the record")
    await visitor.picture("08-record")
    visitor.click("打印报告")
    preview = await visitor.seen(PreviewView)
    await visitor.until(lambda: any(page.image for page in preview.stack.pages), "the pages")
    await visitor.picture("08-report-preview")
    await visitor.awake()
    visitor.press(Qt.Key.Key_S, CONTROL)
    dialog = await visitor.seen(QFileDialog, "the file dialog")
    name = dialog.findChild(QLineEdit)
    assert name is not None
    name.setText(str(pdf))
    QTest.keyClick(name, Qt.Key.Key_Return)
    await visitor.until(pdf.exists, "the saved report")


async def see_the_receipt(visitor: Visitor) -> None:
    """Ctrl and the digit of 同步: all of it is confirmed; the assessment just signed stands on top, with its story."""
    visitor.turn_to("sync")
    view = await visitor.seen(SyncView)
    await visitor.until(lambda: view.said is not None and view.said.success is not None, "a complete success")
    await visitor.until(lambda: view.said is not None and view.said.waiting == 0, "the last receipt")
    visitor.press(Qt.Key.Key_Down)
    await visitor.until(lambda: "评估" in view.pane.title.text(), "the story of the assessment")
    await visitor.picture("09-sync")


def main(folder: Path) -> int:
    """Build a fresh demo, and walk; a district platform stands by on this computer."""
    home = folder / "home"
    for left in (home / "station", home / "log"):
        shutil.rmtree(left, ignore_errors=True)
    for left in (home / MARK, home / "anchors.jsonl", home / "attempts.jsonl"):
        left.unlink(missing_ok=True)
    (folder / REPORT).unlink(missing_ok=True)  # or the file dialog asks whether to replace it
    build(home, Plan())
    app = dressed_application(home)
    loop.PATIENCE = 300.0
    with Platform() as platform:
        os.environ[OVERRIDE] = platform.address
        loop.run(app, walk(home, folder))
    sys.stdout.write(f"没有显示器：已在后台走了一遍，图片和 PDF 在 {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo").absolute()))
