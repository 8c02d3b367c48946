"""The round and its sheets stand as they should: small windows, large texts, long names, seven rounds a day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.medication.orders import OrderForm, Prn
from app.residents.forms import ResidentForm
from app.residents.rules import read_place
from app.residents.service import CreateResident
from tests.app.medication.house import drug
from tests.support.layout import lint
from tests.ui.medication.room import DAY, Ward, back, move_in, press, standing_at, until
from ui.kit import Sheet
from ui.medication.round_view import RoundView
from ui.style import look

ESCAPE = Qt.Key.Key_Escape


def _full(ward: Ward) -> None:
    """Seven rounds a day, a very long name, and all kinds of outcomes."""
    ward.put(6, day=DAY - timedelta(days=1))
    ward.become(Role.HEAD_NURSE)
    form = ResidentForm(
        "阿卜杜热依木·买买提吐尔逊",
        "1",
        DAY.replace(year=1938),
        place=read_place(bed="2号楼301-3"),
        admitted_on=DAY.replace(day=1),
    )
    rids = [ward.do(CreateResident(form)), *move_in(ward, 3)]
    ward.become(Role.NURSE)
    times = ("00:00", "06:00", "08:00", "12:00", "16:00", "17:30", "21:00")
    for rid in (ward.li, ward.wang, *rids):
        ward.order("甲钴胺", "0.5", times=times, resident=rid)
        ward.order("氨氯地平", "5", resident=rid)
        ward.order("门冬胰岛素", "6", resident=rid)
    ward.issue(
        OrderForm(
            drug("对乙酰氨基酚").code, {"way": "same", "amount": "0.5"}, kind="prn", prn=Prn("疼痛", 360, 4)
        )
    )
    ward.issue(
        OrderForm(
            drug("门冬胰岛素").code, {"way": "same", "amount": "4"}, kind="prn", prn=Prn("血糖高", 240, 3)
        )
    )
    ward.put(8, 10)
    ward.not_given(ward.slot("08:00", "甲钴胺"), 1)


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1000, 620)])
async def test_the_round_fits(ward: Ward, size: tuple[int, int], scale: float, qapp: QApplication) -> None:
    _full(ward)
    look.apply(qapp, scale=scale)
    async with standing_at(ward, "medication", size=size) as (stage, view):
        assert lint(stage.frame) == []
        press(view.grid, *[Qt.Key.Key_Right] * 8)
        assert view.grid.rect().contains(view.grid.cursor_rect())
        view.grid.go_to(ward.li, "morning")
        for act in (view.acts.not_given, view.acts.prn, view.acts.details, view.acts.close_shift):
            act()
            await until(lambda: isinstance(QApplication.activeModalWidget(), Sheet))
            asked = QApplication.activeModalWidget()
            assert isinstance(asked, Sheet)
            await until(partial(_rests, asked, view))
            assert lint(asked) == [], type(asked).__name__
            assert asked.height() <= size[1], type(asked).__name__
            press(asked, ESCAPE)
            await back(stage)


def _rests(asked: Sheet, view: RoundView) -> bool:
    """Whether a sheet, or the view under it, has no errand under way."""
    return not getattr(asked, "errands", view.errands).running
