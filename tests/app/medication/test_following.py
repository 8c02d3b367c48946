"""What follows doses: effects asked after, refusals raised, a double dose stays until a person closes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.medication.checking.questions import CheckForm
from app.medication.following import DecideMatter, Following, FollowRow
from app.medication.giving import Countersign, GivePrn, RecordEffect
from app.medication.orders import Answered, OrderForm, Prn
from app.medication.rules.regime import PRN
from db.models import Dose
from tests.app.medication.house import DAY, Ward, drug
from tests.support.acts import Act


def _rows(ward: Ward) -> tuple[FollowRow, ...]:
    rows: tuple[FollowRow, ...] = ward.ask(Following()).rows
    return rows


def _elsewhere(ward: Ward, outcome: str) -> None:
    """What station 02 recorded of the same slot arrives."""

    def write(unit: Unit) -> None:
        here = unit.session.scalars(select(Dose).where(Dose.current, Dose.station == "01")).one()
        stamp: Any = unit.stamp(rid=here.rid)
        stamp["station"] = "02"
        unit.session.add(
            Dose(
                **stamp,
                revision=1,
                resident=here.resident,
                med_order=here.med_order,
                drug=here.drug,
                service_date=here.service_date,
                slot=here.slot,
                kind="slot",
                outcome=outcome,
                amount=here.amount if outcome == "given" else "",
                unit=here.unit,
            )
        )

    ward.do(Act(write))


def test_a_double_dose_is_raised_and_stays_until_a_person_closes_it(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    _elsewhere(ward, "given")
    (row,) = _rows(ward)
    assert (row.title, row.name) == ("可能重复给药", "李桂兰")
    assert [told[:4] for told in row.told] == ["01 站", "02 站"]
    recorded = ward.slot("08:00").recorded
    assert recorded is not None
    assert recorded.doubled
    ward.put(9, 0, DAY + timedelta(days=20))
    (row,) = _rows(ward)
    with pytest.raises(Refusal, match="核实"):
        ward.do(DecideMatter(row.resident, row.what, row.about, row.since, " "))
    ward.do(DecideMatter(row.resident, row.what, row.about, row.since, "核对药盒，只给了一次，02 站误记"))
    assert _rows(ward) == ()


def test_given_here_and_refused_there_is_a_contradiction(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    _elsewhere(ward, "refused")
    assert [row.title for row in _rows(ward)] == ["记录矛盾"]


def test_refused_twice_is_nothing_and_thrice_in_72_hours_is_a_task(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    for step in range(3):
        day = DAY + timedelta(days=step)
        assert _rows(ward) == ()
        ward.put(8, 10, day)
        ward.not_given(ward.slot("08:00", day=day), 1)
    (row,) = _rows(ward)
    assert row.title == "多次拒服"
    ward.become(Role.DOCTOR)
    ward.do(DecideMatter(row.resident, row.what, row.about, row.since, "改晚上服用"))
    assert _rows(ward) == ()
    ward.become(Role.NURSE)
    ward.put(8, 10, DAY + timedelta(days=3))
    ward.not_given(ward.slot("08:00", day=DAY + timedelta(days=3)), 1)
    assert [row.title for row in _rows(ward)] == ["多次拒服"]


def test_the_effect_of_a_prn_dose_is_asked_after_thirty_minutes_and_late_after_sixty(ward: Ward) -> None:
    form = OrderForm(
        drug("对乙酰氨基酚").code,
        {"way": "same", "amount": "1"},
        kind=PRN,
        unit="片",
        prn=Prn("疼痛", 360, 4),
    )
    issued = ward.issue(form)[0]
    ward.put(10)
    seen = ward.do(GivePrn(issued.rid, "左膝疼痛 NRS 4"))
    (row,) = _rows(ward)
    assert (row.title, row.late) == ("评价效果", False)
    ward.put(11, 1)
    (row,) = _rows(ward)
    assert row.late
    with pytest.raises(Refusal, match="没有好转"):
        ward.do(RecordEffect(seen, "same"))
    ward.do(RecordEffect(seen, "better", "NRS 1"))
    assert _rows(ward) == ()


def test_the_interval_and_the_most_in_a_day_are_kept_at_the_click(ward: Ward) -> None:
    form = OrderForm(
        drug("对乙酰氨基酚").code,
        {"way": "same", "amount": "1"},
        kind=PRN,
        unit="片",
        prn=Prn("疼痛", 240, 2),
    )
    issued = ward.issue(form)[0]
    ward.put(8)
    ward.do(GivePrn(issued.rid, "头痛"))
    ward.put(11, 59)
    with pytest.raises(Refusal, match="距上次不足4小时，11-24 12:00 后才能再给"):
        ward.do(GivePrn(issued.rid, "头痛"))
    ward.put(12)
    ward.do(GivePrn(issued.rid, "头痛"))
    ward.put(17)
    with pytest.raises(Refusal, match="24小时内已给2次，最多2次，11-25 08:00 后才能再给"):
        ward.do(GivePrn(issued.rid, "头痛"))


def test_alone_on_a_night_is_countersigned_by_another_afterwards(ward: Ward) -> None:
    ward.order("门冬胰岛素", "6")
    ward.put(7, 50)
    ward.measure("glucose", "8.9")
    seen = ward.give(ward.slot("08:00"), alone="夜班一人值班")
    assert [row.title for row in _rows(ward)] == ["待补签"]
    with pytest.raises(Refusal, match="给药的人不能"):
        ward.do(Countersign(seen, ward.proof(Role.NURSE)))
    ward.do(Countersign(seen, ward.proof(Role.HEAD_NURSE)))
    assert _rows(ward) == ()


def test_a_dose_given_by_the_clock_counts_for_the_interval_of_one_when_needed(ward: Ward) -> None:
    ward.order("对乙酰氨基酚", "0.5", "tid", unit="g")
    form = OrderForm(
        drug("对乙酰氨基酚").code,
        {"way": "same", "amount": "1"},
        kind=PRN,
        unit="片",
        prn=Prn("疼痛", 240, 4),
    )
    found = ward.ask(CheckForm(ward.li, form))
    asked = tuple(Answered(one.rule, "两者合计不超过每日上限") for one in found if one.severity.needs_reason)
    issued = ward.issue(replace(form, answered=asked))[0]
    ward.put(8, 5)
    ward.give(ward.slot("08:00"))
    ward.put(10)
    with pytest.raises(Refusal, match="距上次不足4小时"):
        ward.do(GivePrn(issued.rid, "头痛"))
