"""In the smallest window nothing of referrals is wider than the page: there is no bar to reach what is cut off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.referrals.partners import AddPartner
from tests.app.referrals.bedded import opened as opened_bed
from tests.app.referrals.bedded import visited
from tests.app.referrals.contracted import signed
from tests.app.referrals.house import DAY, Desk
from tests.app.referrals.partnered import LONG, city, licensed
from tests.app.referrals.rounding import rounding
from tests.support.layout import lint
from tests.ui.referrals.room import standing_at, until
from ui.style import look

SMALLEST = {1.0: (900, 500), 1.3: (1170, 650)}
"""By the size of texts."""


def _partners(desk: Desk) -> dict[str, Any]:
    desk.become(Role.DOCTOR)
    licensed(desk)
    rid = city(desk)
    desk.do(AddPartner(LONG))
    return {"partner": rid}


def _contract(desk: Desk) -> dict[str, Any]:
    signed(desk)
    return {"resident": desk.li}


def _bed(desk: Desk) -> dict[str, Any]:
    visited(desk, opened_bed(desk, on=DAY - timedelta(days=10)).rid)
    return {"view": "running"}


def _round(desk: Desk) -> dict[str, Any]:
    rounding(desk)
    return {}


def _list(desk: Desk) -> dict[str, Any]:
    _partners(desk)
    desk.become(Role.NURSE)
    desk.begun()
    return {"view": "all"}


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize(
    ("place", "full"),
    [
        ("referrals", _list),
        ("partners", _partners),
        ("contracts", _contract),
        ("home-beds", _bed),
        ("rounds", _round),
        ("referral-figures", _list),
        ("returns", _list),
    ],
)
async def test_it_is_not_wider_than_the_page(
    desk: Desk, place: str, full: Callable[[Desk], dict[str, Any]], scale: float, qapp: QApplication
) -> None:
    asked = full(desk)
    look.apply(qapp, scale=scale)
    async with standing_at(desk, place, asked, size=SMALLEST[scale]) as (stage, _view):
        await stage.settle()
        pages = stage.frame.pages
        inside = pages.widget()
        assert inside is not None
        await until(lambda: inside.width() <= pages.viewport().width(), patience=2.0)
        assert lint(stage.frame) == []
