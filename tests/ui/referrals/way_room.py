"""The house for the whole way there and back: 李桂兰 with medicines, training and care, and who is at the desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.core.roles import Role
from app.medication.reconciling import Reconciliation, ReconciliationOf
from app.medication.rules.slots import DoseState
from app.referrals.queries.list import ALL, Filters, ReferralList
from app.referrals.queries.one import ReferralById, ReferralRow
from app.rehab.rules.sessions import SessionState
from tests.app.medication.house import Ward
from tests.app.referrals.house import DAY, Desk
from tests.app.rehab.house import Gym, staffed
from tests.support.acts import count
from tests.ui.care.floor import sheet
from tests.ui.referrals.form_room import CTRL, ill
from tests.ui.referrals.room import Stage, back, hit, until
from tests.ui.residents.stage import on_stage
from ui.kit import Sheet
from ui.kit.view import View

BACK = DAY + timedelta(days=7)
NEXT = BACK + timedelta(days=1)
V = TypeVar("V", bound=View)
S = TypeVar("S", bound=Sheet)


@dataclass
class Way:
    """`keys`: how many keys beside typing each leg took."""

    desk: Desk
    ward: Ward
    gym: Gym
    keys: dict[str, int] = field(default_factory=dict)

    @property
    def referral(self) -> ReferralRow:
        (line,) = self.desk.ask(ReferralList(Filters(ALL))).rows
        row: ReferralRow = self.desk.ask(ReferralById(line.rid))
        return row

    @property
    def medicines(self) -> Reconciliation:
        found = self.desk.ask(ReconciliationOf(self.desk.li))
        assert isinstance(found, Reconciliation)
        return found

    @property
    def doses(self) -> int:
        """How many doses are recorded at all."""
        return count(self.desk.station, "dose")

    def dose(self, name: str, words: str) -> DoseState:
        state: DoseState = self.ward.slot(name, words).state
        return state

    def training(self) -> list[SessionState]:
        return [one.state for one in self.gym.held(resident=self.desk.li)]

    @asynccontextmanager
    async def at(self, who: Role, place: str, kind: type[V], **params: Any) -> AsyncIterator[tuple[Stage, V]]:
        """Somebody signs in and stands at a place."""
        self.desk.become(who)
        async with on_stage(self.desk.station) as stage:
            view = stage.view(place, params)
            assert isinstance(view, kind)
            await stage.settle()
            yield stage, view


def way_of(desk: Desk) -> Way:
    """Warfarin and a statin were given this morning, metformin and insulin stand for the evening; at 13:58 she is ill."""
    way = Way(desk, Ward(desk.home), staffed(desk.home))
    way.gym.become("林海涛")
    way.gym.plan()
    desk.become(Role.NURSE)
    for name, amount, often in (
        ("华法林", "2.5", "qd"), ("阿托伐他汀", "20", "qd"), ("二甲双胍", "0.5", "bid"), ("甘精胰岛素", "10", "qn"),
    ):  # fmt: skip
        way.ward.order(name, amount, often)
    desk.become(Role.HEAD_NURSE)
    desk.home.plan("喂水", "14:30 20:00")
    desk.become(Role.NURSE)
    desk.put(8)
    way.ward.give(way.ward.slot("08:00", "华法林"), check="key", second=way.ward.proof(Role.HEAD_NURSE))
    way.ward.give_all(way.ward.slot("08:00", "阿托伐他汀"))
    ill(desk)
    return way


async def done(stage: Stage, kind: type[S], **values: Any) -> None:
    """A sheet that opened is filled and saved by Ctrl+Enter."""
    opened = await sheet(kind)
    if values:
        opened.form.set_values(values)  # type: ignore[attr-defined]  # sheets of an act have a form
    QTest.keyClick(opened.focusWidget() or opened, Qt.Key.Key_Return, CTRL)
    await back(stage)


async def led(stage: Stage, view: QWidget, key: Qt.Key | str, kind: type[V]) -> V:
    """A key, and the view it led to, once it shows what it asked for."""
    hit(stage, view, key)
    await until(lambda: isinstance(stage.frame.pages.view, kind))
    await stage.settle()
    found = stage.frame.pages.view
    assert isinstance(found, kind)
    return found
