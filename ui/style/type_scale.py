"""The sizes and weights of text by role, and the fonts they are set in."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase

from app.core.resources import resource

FAMILIES = ("Noto Sans SC", "CareStation Rare Han", "Noto Emoji", "DejaVu Sans")
"""Tried in this order for every sign: Chinese and Latin, rare Han of names, emoji, technical signs."""

_FILES = (
    "NotoSansSC-Regular",
    "NotoSansSC-SemiBold",
    "CareStationRareHan-Regular",
    "NotoEmoji-Regular",
    "DejaVuSans",
)


class Role(Enum):
    """What a text is. Value: (pixels at 100 %, weight). Nothing is smaller than 12."""

    PAGE_TITLE = (22, 600)
    CARD_TITLE = (16, 600)
    BIG_NUMBER = (30, 600)
    TILE_NUMBER = (20, 600)
    SCORE = (42, 600)
    NAME = (15, 600)
    NAV = (15, 400)
    BODY = (14, 400)
    STRONG = (14, 600)
    HINT = (13, 400)
    LABEL = (13, 600)
    SMALL = (12, 400)

    @property
    def pixels(self) -> int:
        return self.value[0]

    @property
    def weight(self) -> int:
        return self.value[1]


def load_fonts() -> list[str]:
    """Make the bundled fonts known to Qt; returns the files that could not be read."""
    missing = []
    for name in _FILES:
        path = resource("fonts", f"{name}.ttf")
        if not path.exists() or QFontDatabase.addApplicationFont(str(path)) < 0:
            missing.append(path.name)
    return missing


def make_font(pixels: int, weight: int = 400) -> QFont:
    """A font of the program in device-independent pixels, unhinted so that it looks the same at every ratio."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
