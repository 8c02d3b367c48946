"""Years of referrals as rows, for figures: counted fast and looked at; what is in them is plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from app.core.unit import Unit
from app.referrals.rules.states import Status
from db.models import Absence, DoctorRound, MedReconciliation, Referral, ReferralReturn, RoundVisit
from tests.app.referrals.house import DAY, Desk, at
from tests.support.acts import Act

CAUSES = ("news2", "stroke", "fall", "chest_pain", "glucose")
_S = Status
WAYS: tuple[tuple[Status, ...], ...] = (
    (_S.SUBMITTED, _S.ACCEPTED, _S.DEPARTED, _S.ARRIVED, _S.TREATING, _S.RETURNED, _S.ASSESSED, _S.ARCHIVED),
    (_S.SUBMITTED, _S.DEPARTED, _S.ARRIVED, _S.TREATING, _S.RETURNED, _S.ASSESSED),
    (_S.SUBMITTED, _S.ACCEPTED, _S.DEPARTED, _S.ARRIVED, _S.MOVED, _S.ARRIVED, _S.TREATING),
    (_S.SUBMITTED, _S.DECLINED),
    (_S.SUBMITTED, _S.WITHDRAWN),
    (_S.SUBMITTED, _S.ACCEPTED, _S.DEPARTED, _S.NO_SHOW, _S.ARCHIVED),
    (_S.SUBMITTED, _S.ACCEPTED, _S.DEPARTED, _S.DIED),
)
_STEP = timedelta(minutes=13)


def years(desk: Desk, count: int, days: int, residents: Sequence[UUID] = ()) -> None:
    """So many referrals, spread evenly over so many days up to today, with returns and rounds."""
    desk.station.desk.do_now(Act(partial(_write, desk, count, days, residents or (desk.li, desk.wang))))


def _write(desk: Desk, count: int, days: int, residents: Sequence[UUID], unit: Unit) -> None:
    begins = at(5) - timedelta(days=days)
    for number in range(count):
        begun = begins + timedelta(days=days) * number / count
        resident = residents[number % len(residents)]
        row = _referral(desk, unit, number, begun, resident)
        unit.session.add(row)
        if any(one["to"] == "returned" for one in row.moves["all"]):
            unit.session.add(_back(unit, number, row))
        if number % 5 == 0:
            _round(unit, number, row)


def _referral(desk: Desk, unit: Unit, number: int, begun: Any, resident: UUID) -> Referral:
    way = WAYS[0 if number % 3 else number // 3 % len(WAYS)]
    lines = [
        {"from": "", "to": to.value, "at": (begun + _STEP * (place + 1)).isoformat(), "reason": ""}
        for place, to in enumerate(way)
    ]
    said = {one["to"]: one["at"] for one in lines}
    names = {"left": "departed", "arrived": "arrived", "taken_over": "treating"}
    key = ("hospital", "other", "centre")[number % 3]
    words = {"hospital": "安和市第一人民医院", "other": "安和区中医院", "centre": "梧桐社区卫生服务中心"}[key]
    times = {one: said[to] for one, to in names.items() if to in said and number % 11}
    return Referral(
        **{**unit.stamp(), "at": begun, "recorded_at": begun},
        revision=1,
        resident=resident,
        number=f"ZZ-{number:05}",
        status=way[-1].value,
        urgency=("emergency", "h48", "elective")[number % 3],
        cause=CAUSES[number % len(CAUSES)],
        partner=desk.partners[key],
        partner_words=words,
        department="急诊科",
        green=number % 6 == 0,
        impression="肺炎？呼吸衰竭？",
        history="咳嗽发热 2 天，起嗜睡，血氧 88 %。" * 4,
        sbar=dict.fromkeys("ISBAR", "说明" * 20),
        moves={"all": lines},
        times={**times, **({"started": begun.isoformat()} if number % 6 == 0 else {})},
    )


def _back(unit: Unit, number: int, row: Referral) -> ReferralReturn:
    came = row.at + timedelta(days=6)
    away = Absence(
        **{**unit.stamp(), "at": row.at, "recorded_at": came},
        revision=1,
        resident=row.resident,
        stay=row.resident,
        code="hospital",
        begins=row.at + timedelta(hours=1),
        ends=came,
        whither=row.partner_words,
    )
    unit.session.add(away)
    if number % 40:
        unit.session.add(
            MedReconciliation(
                **{**unit.stamp(), "at": came, "recorded_at": came},
                revision=1,
                resident=row.resident,
                absence=away.rid,
                came_with="none",
                listed={"all": []},
                doctor_name="陈医生",
                doctor_at=came + timedelta(hours=number % 29),
            )
        )
    return ReferralReturn(
        **{**unit.stamp(), "at": came, "recorded_at": came},
        revision=1,
        resident=row.resident,
        came_with=("paper", "platform", "told", "none")[number % 4],
        assess_by=came + timedelta(hours=24),
        assessed_at=None if number % 7 == 0 else came + timedelta(hours=30 if number % 5 == 0 else 5),
        referral=row.rid,
        absence=away.rid,
        partner=row.partner,
        hospital=row.partner_words,
        diagnoses="肺炎 J18.9",
        course="" if number % 4 == 3 else "抗感染 7 天",
        papers={
            "record": {
                "state": "here",
                "at": (came + timedelta(hours=number % 50)).isoformat(),
                "by_name": "王",
            },
            "labs": {"state": "missing", "at": came.isoformat(), "by_name": "王"},
            "operation": {"state": "not_needed", "at": came.isoformat(), "by_name": "王"},
        },
    )


def _round(unit: Unit, number: int, row: Referral) -> None:
    made = DoctorRound(
        **{**unit.stamp(), "at": row.at, "recorded_at": row.at},
        revision=1,
        number=f"XZ-{number:05}",
        planned_on=min(row.at.date(), DAY - timedelta(days=1)),
        status="cancelled" if number % 35 == 0 else "held",
        way="on_site",
        doctor_name="刘志远",
        partner=row.partner,
        partner_words=row.partner_words,
    )
    unit.session.add(made)
    unit.session.add(
        RoundVisit(
            **{**unit.stamp(), "at": row.at, "recorded_at": row.at},
            revision=1,
            resident=row.resident,
            doctor_name="刘志远",
            content={"assessment": "血压控制不佳"},
            doctor_round=made.rid,
            problem=number % 2 == 0,
            refer=number % 10 == 0,
            orders={"all": [{"words": "氨氯地平 改 10 mg", "order": str(row.rid) if number % 10 else None}]},
        )
    )
