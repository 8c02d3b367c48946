"""The medicines a hospital wrote at the platform, taken over into its list by one key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.unit import Unit
from db.models import Referral
from tests.app.medication.house import Ward
from tests.app.medication.reconcile_house import Back
from tests.app.referrals.test_from_platform import MEDICINE, written
from tests.support.acts import Act
from tests.ui.medication.room import press, sheet, standing_at, until
from ui.medication.reconcile_list_sheet import DischargeSheet


async def test_one_key_takes_over_what_the_hospital_wrote(ward: Ward) -> None:
    back = Back(ward).go(("华法林", "2.5", "qd"))
    ward.put(7)

    def sent(unit: Unit) -> None:
        unit.session.add(
            Referral(
                **unit.stamp(), revision=1, resident=ward.li, number="ZZ-1", status="returned", urgency="emergency",
                absence=back.absence,
            )
        )  # fmt: skip

    ward.do(Act(sent))
    ward.do(written(ward.li, MEDICINE))
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 1)
        press(stage.focus(view), Qt.Key.Key_L)
        listed = await sheet(DischargeSheet)
        await until(listed.there.isVisible)
        assert listed.there.text() == "取平台带药 1 种"
        for _twice in range(2):
            QTest.keyClick(listed, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
            assert [(one.words, one.dose) for one in listed.items] == [("莫西沙星片", "0.4g")]
        QTest.keyClick(listed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: len(view.list.rows) == 2)
    assert {one.words for one in back.now.rows if one.new} == {"莫西沙星片"}


async def test_nothing_is_offered_where_nothing_came(ward: Ward) -> None:
    Back(ward).go(("华法林", "2.5", "qd"))
    ward.put(7)
    async with standing_at(ward, "reconcile", {"resident": ward.li}) as (stage, view):
        await until(lambda: len(view.list.rows) == 1)
        press(stage.focus(view), Qt.Key.Key_L)
        listed = await sheet(DischargeSheet)
        await stage.settle()
        assert listed.there.isHidden()
