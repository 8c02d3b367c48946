"""The walking station, walked: drives the real window along its path and leaves pictures and a PDF.

python -m tests.tour FOLDER      (what `make demo` does where there is no display)
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt

from app.demo.institution import PASSWORD, Plan, build
from tests.support import loop
from tests.support.visitor import Visitor, close_window, open_window
from ui.application import dressed_application


async def walk(home: Path, pictures: Path) -> None:
    """Sign in, look round."""
    window = open_window(home)
    visitor = Visitor(window, pictures)
    await visitor.until(window.sign_in.isVisible, "the sign-in")
    await visitor.picture("sign-in")
    await visitor.sign_in("0317", PASSWORD)
    await visitor.picture("residents")
    visitor.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    await visitor.picture("assessments")
    visitor.press(Qt.Key.Key_Return)
    await visitor.picture("assessment")
    visitor.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    await visitor.picture("lock")
    await close_window(window)


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
