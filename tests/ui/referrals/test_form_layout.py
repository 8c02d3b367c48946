"""The form of a referral stands as it should: small windows, large texts, long names, many reasons and hospitals."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.core.unit import Unit
from db.models import Contact, Partner
from tests.app.referrals.house import Desk
from tests.support.acts import Act
from tests.support.layout import lint
from tests.ui.referrals.form_room import ill, opened
from tests.ui.residents.stage import on_stage
from ui.style import look

LONG = "安和市第一医院集团滨海新区分院暨安和大学附属康复与老年医学医院"


def _long(desk: Desk) -> None:
    """A hospital and a relative with the longest names there may be."""
    ill(desk)

    def write(unit: Unit) -> None:
        unit.session.add(
            Partner(
                **unit.stamp(),
                revision=1,
                name=LONG,
                kind="hospital",
                level="三级甲等",
                minutes=35,
                distance_km=18.4,
            )
        )
        unit.session.add(
            Contact(
                **unit.stamp(), resident=desk.li, name="欧阳司徒阿依古丽·买买提", relation="99", ordinal=2,
                phone="13800135521",
            )
        )  # fmt: skip

    desk.do(Act(write))


@pytest.mark.parametrize(
    ("size", "scale"),
    [((1440, 900), 1.0), ((1366, 768), 1.0), ((1000, 620), 1.0), ((1440, 900), 1.3), ((1366, 768), 1.3)],
)
async def test_the_form_fits(desk: Desk, size: tuple[int, int], scale: float, qapp: QApplication) -> None:
    _long(desk)
    look.apply(qapp, scale=scale)
    async with on_stage(desk.station, size) as stage:
        view = await opened(stage, desk)
        assert view.filled is not None
        every = {one.code: ("", "") for one in view.filled.criteria[:9]}
        told = tuple({"name": "王建国", "answer": "coming", "at": view.now.isoformat()} for _ in range(2))
        view.put(replace(view.said, ticked=every, told=told, green=True))
        view.note("told", who="刘志远主任医师")
        await stage.settle()
        for place in (0.0, 0.35, 0.7, 1.0):
            bar = view.pieces.steps.verticalScrollBar()
            bar.setValue(round(bar.maximum() * place))
            for _turn in range(20):
                if not lint(stage.frame):
                    break
                await asyncio.sleep(0.01)
            assert lint(stage.frame) == []
