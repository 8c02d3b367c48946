"""The month grid stands as it should: in small windows and large texts, with long names and many medicines."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.app.medication.house import Ward, at
from tests.app.medication.month_house import by_mouth, lived, ordered, stopped
from tests.support.layout import lint
from tests.ui.medication.room import press, standing_at
from ui.style import look

NOW = date(2026, 12, 18)


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1000, 620)])
async def test_the_month_fits(ward: Ward, size: tuple[int, int], scale: float, qapp: QApplication) -> None:
    ordered(ward, 24)
    ward.away("leave", at(6, 0, date(2026, 12, 14)), at(20, 0, date(2026, 12, 15)))
    lived(ward, NOW)
    stopped(ward, by_mouth(7)[3].title, NOW)
    look.apply(qapp, scale=scale)
    async with standing_at(ward, "month-grid", {"resident": ward.li}, size=size) as (stage, view):
        assert lint(stage.frame) == []
        press(view.grid, *[Qt.Key.Key_Right] * 40, *[Qt.Key.Key_Down] * 40)
        assert view.grid.rect().contains(view.grid.cursor_rect())
        assert not view.grid.visibleRegion().intersected(view.grid.cursor_rect()).isEmpty()
        press(view.grid, Qt.Key.Key_Home)
        assert view.grid.offset == 0
        view.choose_other()
        await stage.settle()
        assert lint(stage.frame) == []
