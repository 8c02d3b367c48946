"""The look now in force: theme and text size, and how widgets ask for colours, fonts, sizes and icons.

`apply()` is called by the application at start and whenever the person changes theme or text size: palette, one
style sheet, recoloured icons. Painted widgets ask for tokens while painting and so follow by themselves.
"""

from __future__ import annotations

import atexit
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, QSize
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.style import icons
from ui.style.sheet import image_folder, write_sheet
from ui.style.tokens import DARK, LIGHT, Theme
from ui.style.type_scale import Role, load_fonts, make_font

SCALES = (1.0, 1.15, 1.3)
"""Text sizes a person can choose: 标准, 大, 特大."""

_ICON = "lookIcon"


class _Current:
    """What is in force. One per process, like the QApplication it dresses."""

    theme: Theme = LIGHT
    scale: float = 1.0
    fonts_loaded: bool = False
    images: Path | None = None


def apply(app: QApplication, *, dark: bool = False, scale: float = 1.0) -> None:
    """Dress the whole program. About 0.3 s for 350 widgets; safe to call again at run time."""
    _Current.theme = DARK if dark else LIGHT
    _Current.scale = scale
    if not _Current.fonts_loaded:
        load_fonts()
        _Current.fonts_loaded = True
    if _Current.images is None:
        _Current.images = image_folder()
        atexit.register(QDir(str(_Current.images)).removeRecursively)
        app.aboutToQuit.connect(icons.forget_drawings)
    if (style := app.style()) is None or style.name() != "fusion":
        app.setStyle("Fusion")
    _fresh_caches()
    app.setFont(font(Role.BODY))
    app.setPalette(_palette(_Current.theme))
    for widget in app.allWidgets():
        _redress(widget)
    app.setStyleSheet(write_sheet(_Current.theme, scale, _Current.images))


def theme() -> Theme:
    return _Current.theme


def scale() -> float:
    return _Current.scale


def sp(pixels: float) -> int:
    """A size that follows the person's text size, in device-independent pixels."""
    return round(pixels * _Current.scale)


@lru_cache(maxsize=256)
def colour(token: str) -> QColor:
    """Colour of a token now: `text2`, `danger.tint`."""
    return QColor(_Current.theme.hex(token))


@lru_cache(maxsize=64)
def font(role: Role) -> QFont:
    """Font of a role at the person's text size. A shared value: copy before changing it."""
    return make_font(sp(role.pixels), role.weight)


def pixmap(name: str, size: int, ink: str = "text2", ratio: float = 1.0) -> QPixmap:
    """A drawing for a painter, `size` px at 100 % text size, sharp at the painter's device ratio."""
    return icons.draw_pixmap(name, sp(size), _Current.theme.hex(ink), ratio)


def icon(name: str, size: int = 18, ink: str = "text2") -> QIcon:
    """A drawing as an icon in today's colours. For a button use `set_icon`, which also survives a theme change."""
    return icons.draw_icon(name, sp(size), _Current.theme.hex(ink), _Current.theme.field)


def set_icon(button: QAbstractButton, name: str, size: int = 18, ink: str = "text2") -> None:
    """Put a drawing on a button and keep it in the right colour from now on. An empty name takes it off."""
    button.setProperty(_ICON, [name, size, ink])
    _redress(button)


def restyle(widget: QWidget, name: str, value: Any) -> None:
    """Set a dynamic property the style sheet selects by, and have it take effect."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _redress(widget: QWidget) -> None:
    spec = widget.property(_ICON)
    if not spec or not isinstance(widget, QAbstractButton):
        return
    name, size, ink = spec
    if not name:
        widget.setIcon(QIcon())
        return
    drawn = icon(name, int(size), ink)
    widget.setIcon(drawn)
    widget.setIconSize(QSize(sp(size), sp(size)))


def _fresh_caches() -> None:
    colour.cache_clear()
    font.cache_clear()
    icons.draw_icon.cache_clear()


def _palette(current: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, token in (
        (role.Window, "bg"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Button, "surface"),
        (role.WindowText, "text"),
        (role.Text, "text"),
        (role.ButtonText, "text"),
        (role.PlaceholderText, "text3"),
        (role.Highlight, "primary"),
        (role.HighlightedText, "onprimary"),
        (role.Link, "primary"),
        (role.ToolTipBase, "tip"),
        (role.ToolTipText, "tip_text"),
        (role.Mid, "border"),
        (role.Light, "surface"),
        (role.Dark, "border2"),
    ):
        palette.setColor(target, QColor(current.hex(token)))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(current.hex("field")))
    return palette
