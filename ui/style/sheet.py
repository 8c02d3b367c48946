"""Writes the one style sheet: the template of resources/style with its tokens and sizes filled in.

In the template `@token` is a colour (`@danger.text`), `14sp` a size that follows the person's text size,
`14px` one that does not, and `@image(name)` a drawing in the colour that follows it.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QDir, QTemporaryDir

from app.core.resources import resource
from ui.style.icons import draw_pixmap
from ui.style.tokens import Theme

_TOKEN = re.compile(r"@([a-z][a-z0-9_]*(?:\.[a-z]+)?)")
_SIZE = re.compile(r"\b(\d+)sp\b")
_IMAGE = re.compile(r"@image\(([a-z-]+),\s*([a-z0-9_.]+)\)")


def write_sheet(theme: Theme, scale: float, images: Path) -> str:
    """The style sheet of a theme. Images it needs are written below `images` (Qt reads them only from files)."""
    template = resource("style", "carestation.qss").read_text(encoding="utf-8")
    template = _IMAGE.sub(lambda m: f'url("{_image(m[1], theme.hex(m[2]), images)}")', template)
    template = _SIZE.sub(lambda m: f"{round(int(m[1]) * scale)}px", template)
    return _TOKEN.sub(lambda m: theme.hex(m[1]), template)


def image_folder() -> Path:
    """A folder of this process's own for the images of the sheet."""
    folder = QTemporaryDir(f"{QDir.tempPath()}/carestation-style-XXXXXX")
    folder.setAutoRemove(False)
    return Path(folder.path())


def _image(name: str, colour: str, folder: Path) -> str:
    stem = f"{name}-{colour.lstrip('#')}"
    plain = folder / f"{stem}.png"
    if not plain.exists():
        draw_pixmap(name, 16, colour, 1.0).save(str(plain))
        draw_pixmap(name, 16, colour, 2.0).save(str(folder / f"{stem}@2x.png"))
    return plain.as_posix()
