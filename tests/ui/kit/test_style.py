"""The look: every pair of colours far enough apart, every drawing there, themes and text sizes switch at run time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.resources import resource
from ui import kit
from ui.style import Role, look
from ui.style.contrast import failures, ratio
from ui.style.icons import draw_pixmap
from ui.style.sheet import write_sheet
from ui.style.tokens import DARK, LIGHT, Theme

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_pair_of_colours_is_far_enough_apart(theme: Theme) -> None:
    assert failures(theme) == []


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert failures(Theme(**{**vars(LIGHT), "text3": "#B0B0B0"})) != []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_sheet_is_filled_in_completely(theme: Theme, tmp_path: Path, qapp: QApplication) -> None:
    sheet = write_sheet(theme, 1.15, tmp_path)
    assert "@" not in re.sub(r"url\([^)]*\)", "", sheet)
    assert not re.search(r"\d+sp\b", sheet)
    assert "font-size: 16px" in sheet  # 14 at 115 %
    for image in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(image).exists()


def test_every_drawing_named_in_the_code_exists_and_draws(qapp: QApplication) -> None:
    named: set[str] = set()
    for path in (ROOT / "ui").rglob("*.py"):
        named |= set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', path.read_text(encoding="utf-8")))
    drawn = {path.stem for path in resource("icons").glob("*.svg")}
    assert {"triangle-alert", "circle-check", "loader-circle", "chevron-right"} <= named & drawn
    for name in drawn:
        image = draw_pixmap(name, 20, "#000000", 1.5).toImage()
        assert image.width() == 30
        assert any(image.pixelColor(x, y).alpha() for x in range(30) for y in range(30)), name


def test_the_fonts_are_ours(qapp: QApplication) -> None:
    assert "Noto Sans SC" in QFontDatabase.families()
    font = look.font(Role.CARD_TITLE)
    assert QFontInfo(font).family() == "Noto Sans SC"
    assert font.weight() == QFont.Weight.DemiBold
    assert min(role.pixels for role in Role) >= 12


def test_theme_and_text_size_switch_at_run_time(qtbot: QtBot, qapp: QApplication) -> None:
    button = kit.Button("新建档案", "primary", icon="plus")
    badge = kit.Badge("中度失能")
    for widget in (button, badge):
        qtbot.addWidget(widget)
        widget.show()
    small, light_icon = badge.sizeHint().width(), button.icon().pixmap(18, 18).toImage()
    look.apply(qapp, dark=True, scale=1.3)
    assert look.colour("text").name().upper() == DARK.text
    assert badge.sizeHint().width() > small
    assert button.icon().pixmap(18, 18).toImage() != light_icon
    assert button.fontInfo().pixelSize() == 18
    look.apply(qapp)
    assert badge.sizeHint().width() == small
    assert button.icon().pixmap(18, 18).toImage() == light_icon
