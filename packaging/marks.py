"""Draws the program's mark for the desktop: PNG in the usual sizes by the program's own painter, and one SVG."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (48, 128, 256)


def draw(to: Path) -> None:
    """hicolor/…/apps/carestation.png and .svg below a folder, drawn without a display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QImage, QPainter

    from ui.application import dressed_application
    from ui.shell.brand import draw_mark
    from ui.style import look

    with tempfile.TemporaryDirectory() as nowhere:
        dressed_application(Path(nowhere))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, QRectF(0, 0, size, size))
        painter.end()
        image.save(str(_place(to, f"{size}x{size}", "png")))
    theme = look.theme()
    drawing = (ROOT / "resources" / "icons" / "hand-heart.svg").read_text(encoding="utf-8")
    svg = scalable(drawing, theme.hex("primary"), theme.hex("onprimary"))
    _place(to, "scalable", "svg").write_text(svg, encoding="utf-8")


def scalable(drawing: str, ground: str, line: str) -> str:
    """The same mark as SVG: the 24-unit drawing at 56 % on a rounded square, as `draw_mark` paints it."""
    paths = "\n    ".join(re.findall(r"<path [^>]*/>", drawing))
    scale = 256 * 0.56 / 24
    inset = 256 * 0.22
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<!-- The mark of CareStation; the drawing is hand-heart of Lucide (ISC). -->\n"
        '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">\n'
        f'  <rect width="256" height="256" rx="64" fill="{ground}"/>\n'
        f'  <g transform="translate({inset:g} {inset:g}) scale({scale:.4f})" fill="none" stroke="{line}"\n'
        '     stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">\n'
        f"    {paths}\n  </g>\n</svg>\n"
    )


def _place(to: Path, size: str, ending: str) -> Path:
    file = to / "hicolor" / size / "apps" / f"carestation.{ending}"
    file.parent.mkdir(parents=True, exist_ok=True)
    return file
