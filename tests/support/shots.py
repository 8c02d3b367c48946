"""Pictures of screens, into build/screens, for looking at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui.style import look

FOLDER = Path(__file__).resolve().parents[2] / "build" / "screens"


def shot(widget: QWidget, name: str, *, dark: bool = False, scale: float = 1.0) -> Path:
    """Dress the program, grab the shown widget, and put the look back as it was."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a picture needs a running application")
    was_dark, was_scale = look.theme().dark, look.scale()
    changed = (dark, scale) != (was_dark, was_scale)
    if changed:
        look.apply(app, dark=dark, scale=scale)
    app.processEvents()
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.png"
    widget.grab().save(str(path))
    if changed:
        look.apply(app, dark=was_dark, scale=was_scale)
    return path
