"""A resident who has to go to hospital now, and the form of the referral before whoever is at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.core.roles import Role
from app.core.unit import Unit
from app.vitals.service import RecordSet
from db.models import Allergy, Contact, Diagnosis
from tests.app.referrals.house import Desk
from tests.app.vitals.ward import measured
from tests.support.acts import Act
from tests.ui.referrals.room import Stage, until
from ui.referrals.form_view import FormView

__all__ = ["ALT", "CTRL", "hold", "ill", "opened"]
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_BEFORE = {
    "temperature": "37.2", "pulse": "88", "respiration": "18", "blood_pressure": "132/78", "spo2": "95",
    "consciousness": "A",
}  # fmt: skip
_NOW = {
    "temperature": "38.9", "pulse": "112", "respiration": "26", "blood_pressure": "98/56", "spo2": "88",
    "consciousness": "V",
}  # fmt: skip


def ill(desk: Desk) -> UUID:
    """李桂兰 at 13:58: NEWS2 went up to red, allergic, with a guardian; a nurse is at the desk."""
    desk.become(Role.NURSE)
    desk.put(13, 58)
    now = desk.station.clock.now()
    for back, values in ((360, _BEFORE), (12, _NOW)):
        said = tuple(replace(one, confirmed=True) for one in measured(**values))
        desk.do(RecordSet(desk.li, now - timedelta(minutes=back), said))

    def know(unit: Unit) -> None:
        unit.session.add(
            Contact(
                **unit.stamp(),
                resident=desk.li,
                name="王建国",
                relation="21",
                phone="13800135520",
                guardian=True,
            )
        )
        unit.session.add(
            Allergy(**unit.stamp(), revision=1, resident=desk.li, substance="青霉素", reaction="皮疹")
        )
        unit.session.add(
            Diagnosis(**unit.stamp(), revision=1, resident=desk.li, words="高血压 3 级", code="I10")
        )

    desk.do(Act(know))
    return desk.li


async def opened(stage: Stage, desk: Desk, **params: object) -> FormView:
    """The form of 李桂兰, filled."""
    view = stage.view("referral", params or {"resident": desk.li})
    assert isinstance(view, FormView)
    await until(lambda: view.filled is not None and not view.state.words)
    await stage.settle()
    return view


def hold(stage: Stage, view: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """A key with another one held, wherever the focus is."""
    QTest.keyClick(stage.focus(view), key, held)
