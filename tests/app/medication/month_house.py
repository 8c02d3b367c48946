"""A month of invented doses for tests of the month grid and its sheets: reasons, stops, a course, leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.core.ids import named
from app.core.roles import Role
from app.core.unit import Unit
from app.medication.checking import CheckForm
from app.medication.drugs.catalogue import drugs
from app.medication.orders import Answered, CheckOrders, IssueOrders, OrderForm, Prn, StopOrder
from app.medication.queries.month import MonthGrid, MonthSheet
from app.medication.rules.drug import Drug
from app.medication.rules.slots import DoseState
from app.residents.stating import Seen
from db.models import Dose
from tests.app.medication.house import DAY, Ward, at, drug
from tests.support.acts import Act

DECEMBER = date(2026, 12, 1)
OTHERWISE = {
    3: ("refused", 1),
    7: ("away", 2),
    11: ("held", 4),
    17: ("held", 8),
    23: ("missed", None),
    29: ("self", 13),
}
"""Which of the doses, counted through the month, were not given, and why."""


NAMES = (
    "氨氯地平",
    "二甲双胍",
    "阿司匹林",
    "呋塞米",
    "阿托伐他汀",
    "多奈哌齐",
    "利伐沙班",
    "坦索罗辛",
    "华法林",
)
"""What residents of the tests take: named, so that sheets read the same whatever the drug list holds besides."""


def by_mouth(count: int) -> list[Drug]:
    """So many medicines in pieces to be swallowed: those above, then whatever else is plain to give."""
    named = [drug(name) for name in NAMES]
    plain = [
        one
        for one in drugs().values()
        if one.routes[0] == "po" and not (one.weekly or one.skin_test or one.control or one.second)
    ]
    return [*named, *(one for one in plain if one not in named)][:count]


def ordered(ward: Ward, count: int = 7) -> None:
    """Medicines of a resident from 24 November on: up to three times a day, a course, insulin, one when needed."""
    begins = at(6, 30)
    forms = [
        OrderForm(one.code, {"way": "same", "amount": "1"}, unit=one.unit, frequency=often, begins=begins)
        for one, often in zip(by_mouth(count), ["qd", "tid", "bid", *["qd"] * count], strict=False)
    ]
    forms.append(
        OrderForm(
            drug("左氧氟沙星").code, {"way": "same", "amount": "0.5"}, begins=at(7, 0, DECEMBER), days="5"
        )
    )
    insulin = {"way": "times", "amounts": {"08:00": "12", "17:30": "8"}}
    forms.append(OrderForm(drug("门冬胰岛素").code, insulin, frequency="bid", route="sc", begins=begins))
    forms.append(
        OrderForm(
            drug("对乙酰氨基酚").code,
            {"way": "same", "amount": "0.5"},
            kind="prn",
            prn=Prn("疼痛", 360, 4),
            begins=begins,
        )
    )
    issued(ward, *forms)


def issued(ward: Ward, *forms: OrderForm) -> None:
    """Issue and check these, one after the other; what the checks ask is answered, and signed by a second person."""
    before = ward.station.desk.actor
    for form in forms:
        ward.become(Role.DOCTOR)
        found = ward.ask(CheckForm(ward.li, form))
        answered = tuple(
            Answered(one.rule, "已评估，获益大于风险") for one in found if one.severity.needs_reason
        )
        proofs = (ward.proof(Role.DOCTOR), ward.proof(Role.HEAD_NURSE))
        (order,) = ward.do(IssueOrders(ward.li, (replace(form, answered=answered),), *proofs))
        ward.become(Role.HEAD_NURSE)
        ward.do(CheckOrders((Seen(order.rid, 1),)))
    ward.station.desk.actor = before


def lived(ward: Ward, until: date) -> None:
    """Every dose up to a day has its record: mostly given, in turn by two nurses; the clock stands at 09:00 of it."""
    ward.put(9, 0, until)
    nurse, head = (ward.proof(role).staff for role in (Role.NURSE, Role.HEAD_NURSE))

    def write(unit: Unit) -> None:
        number = 0
        for first in (DAY, DECEMBER):
            for order, line in sheet_of(ward, first).lines:
                for cell in line.cells:
                    if (
                        cell.state is None
                        or cell.day > until
                        or cell.state in (DoseState.AWAY, DoseState.PLANNED)
                    ):
                        continue
                    number += 1
                    who = (nurse, head) if number % 3 else (head, nurse)
                    _dose(unit, ward.li, (order.rid, cell.day, line.name), _said(number, order.second, who))

    ward.do(Act(write))


def stopped(ward: Ward, words: str, day: date, why: str = "踝部水肿消退") -> None:
    """A doctor stops the order of a medicine on a day."""
    before = ward.station.desk.actor
    ward.become(Role.DOCTOR)
    order = next(one for one in sheet_of(ward, day).orders if words in one.words)
    ward.do(StopOrder(Seen(order.rid, order.revision), why, at(12, 0, day)))
    ward.station.desk.actor = before


def sheet_of(ward: Ward, day: date) -> MonthSheet:
    sheet: MonthSheet = ward.ask(MonthGrid(ward.li, day))
    return sheet


def prn_given(ward: Ward, days: tuple[date, ...]) -> None:
    """The PRN medicine was given on these days at 22:10, with its effect."""
    order = next(one for one in sheet_of(ward, days[0]).orders if one.when_needed)
    nurse = ward.proof(Role.NURSE).staff

    def write(unit: Unit) -> None:
        for day in days:
            effect = {
                "why": "左膝疼痛，NRS 4分",
                "effect": "better",
                "effect_words": "NRS 1分",
                "effect_at": at(23, 0, day).isoformat(),
                "effect_by": str(nurse),
            }
            said = {"author": nurse, "outcome": "given", "amount": "0.5", "unit": "g", "prn": effect}
            _dose(unit, ward.li, (order.rid, day, "22:10"), said, kind="prn")

    ward.do(Act(write))


def _said(number: int, second: bool, who: tuple[UUID, UUID]) -> dict[str, Any]:  # noqa: FBT001  # as the order says
    outcome, reason = OTHERWISE.get(number % 37, ("given", None))
    given = outcome in ("given", "self")
    return {
        "author": who[0],
        "outcome": outcome,
        "reason_code": reason,
        "second": who[1] if second and outcome == "given" else None,
        "check_how": "second" if second and outcome == "given" else "",
        "amount": "1" if given else "",
        "unit": "片" if given else "",
    }


def _dose(
    unit: Unit, resident: UUID, key: tuple[UUID, date, str], said: dict[str, Any], kind: str = "slot"
) -> None:
    order, day, name = key
    hour, minute = (int(part) for part in name.split(":"))
    rid = named(unit.settings.institution_id, "dose", str(order), day.isoformat(), name, kind)
    content = dict(said)
    stamp = unit.stamp(rid=rid, at=at(0, 0, day) + timedelta(hours=hour, minutes=minute))
    stamp["author"] = content.pop("author")
    unit.session.add(
        Dose(
            **stamp,
            revision=1,
            resident=resident,
            med_order=order,
            drug="x",
            service_date=day,
            slot=name,
            kind=kind,
            **content,
        )
    )
