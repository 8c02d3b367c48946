"""A resident's medicines as rows: an order of every way of dosing, doses, and all that goes with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.compose import Station
from app.core.unit import Unit
from app.medication.drugs.catalogue import drugs
from app.medication.facts import facts_of
from db.models import (
    Dispense,
    Dose,
    MedMatter,
    MedOrder,
    MedStatement,
    OwnDrug,
    Prescription,
    SkinTest,
)
from tests.app.fhir.daily import DAY, EIGHT, later
from tests.support.acts import Act

CODE = "amlodipine-tab-5"
OWN = {
    "group": "own-walk",
    "name": "活血外用酊",
    "inn": "own tincture",
    "form": "酊剂",
    "unit": "mL",
    "routes": ["top"],
}
SAME = {"way": "same", "amount": "5"}
ORDERS: dict[str, dict[str, Any]] = {
    "same": {"dosing": SAME, "frequency": "qd", "times": ["08:00"]},
    "times": {
        "dosing": {"way": "times", "amounts": {"07:30": "12", "17:30": "8", "24:00": "0"}}, "dose_unit": "U",
        "frequency": "tid", "times": ["07:30", "17:30", "24:00"], "route": "sc", "meal": "ac",
    },
    "turn": {"dosing": {"way": "turn", "amounts": ["1", "0.5"]}, "dose_unit": "片", "times": ["20:00"]},
    "taper": {
        "dosing": {"way": "taper", "steps": [{"days": 7, "amount": "30"}, {"days": 7, "amount": "25"}]},
        "times": ["08:00"], "ends": later(14 * 24 * 60),
    },
    "scale": {
        "dosing": {"way": "scale", "bands": [{"below": "8", "amount": "0"}, {"below": "14", "amount": "4"},
                                             {"amount": "call"}]},
        "dose_unit": "U", "times": ["07:00"], "limits": {"glucose": 4.0},
    },
    "weekly": {"dosing": SAME, "frequency": "qw", "times": ["06:30"], "weekdays": ["2"], "meal": "empty"},
    "other-day": {"dosing": SAME, "frequency": "qod", "times": ["08:00"], "every_days": 2, "first_count": 0},
    "prn": {
        "dosing": SAME, "kind": "prn", "prn": {"why": "疼痛", "gap_minutes": 240, "most": 4}, "indication": "疼痛",
    },
    "stat": {
        "dosing": SAME, "kind": "stat", "times": ["08:00"], "doctor_name": "徐医生", "doctor_by": later(360),
        "verbal": {"said_by": "徐医生", "at": "2026-11-24T00:25:00+00:00"}, "origin": "hospital",
        "hospital": "区中心医院", "paper": "ab" * 32,
    },
    "paused": {
        "dosing": SAME, "status": "paused", "times": ["08:00"], "note": "餐中服\r\n  勿嚼碎",
        "pauses": {"spans": [["2026-11-24T00:25:00+00:00", None]]},
    },
    "stopped": {
        "dosing": SAME, "status": "stopped", "times": ["08:00"], "ends": later(60), "ended_at": later(30),
        "ended_why": "改用静脉", "found": {"items": [{"rule": "D01", "answer": "已知"}]}, "own_supply": True,
    },
    "cancelled": {
        "dosing": SAME, "status": "cancelled", "times": ["08:00"], "ended_why": "开错人", "ended_at": later(3),
    },
    "issued": {"dosing": SAME, "status": "issued", "times": ["08:00"], "drug": "gone-from-the-list"},
}  # fmt: skip


def medicate(station: Station, resident: UUID) -> dict[str, UUID]:
    """Everything above and below; the rids by kind, by `order/<name>` and by `dose/<name>`."""

    def work(unit: Unit) -> dict[str, UUID]:
        made: dict[str, Any] = {"own_drug": _own(unit), "prescription": _prescription(unit, resident)}
        unit.session.add_all(made.values())
        for name, said in ORDERS.items():
            made[f"order/{name}"] = _order(unit, resident, name, said)
        made["order/own"] = _order(unit, resident, "own", {"dosing": SAME, "drug": made["own_drug"].code})
        first = made["order/same"]
        first.prescription, made["order/weekly"].replaces = made["prescription"].rid, first.rid
        unit.session.add_all(made.values())
        unit.session.flush()
        made |= _doses(unit, first) | _more(unit, resident, first)
        unit.session.add_all(made.values())
        return {key: row.rid for key, row in made.items()}

    found: dict[str, UUID] = station.desk.do_now(Act(work))
    return found


def _own(unit: Unit) -> OwnDrug:
    return OwnDrug(**unit.stamp(), revision=1, code="own-walk", words="活血外用酊", content=OWN)


def _order(unit: Unit, resident: UUID, name: str, said: dict[str, Any]) -> MedOrder:
    drug = drugs()[CODE]
    content: dict[str, Any] = {
        "kind": "long", "status": "checked", "drug": CODE, "words": drug.title, "facts": facts_of(drug),
        "dose_unit": "mg", "route": "po", "begins": EIGHT, "doctor": unit.actor.rid, "doctor_name": unit.actor.name,
        "doctor_at": EIGHT, "checked_by": unit.actor.rid, "checked_at": EIGHT,
    }  # fmt: skip
    if name == "stat":
        content |= {"doctor": None, "doctor_at": None}
    number = unit.next_number("med_order")
    return MedOrder(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, number=number, **{**content, **said}
    )


def dose_of(act: Unit, order: MedOrder, **said: Any) -> Dose:
    content: dict[str, Any] = {
        "service_date": DAY, "slot": "08:00", "kind": "slot", "outcome": "given", "amount": "5", "unit": "mg",
        "pieces": 1.0, "supply": "ward",
    }  # fmt: skip
    about: dict[str, Any] = {"resident": order.resident, "med_order": order.rid, "drug": order.drug}
    return Dose(**act.stamp(at=EIGHT), revision=1, **about, **{**content, **said})


def _doses(unit: Unit, order: MedOrder) -> dict[str, Dose]:
    second = {"second": unit.actor.rid, "check_how": "second", "lot": "H2026-1", "site": "腹部左上"}
    nothing = {"amount": "", "unit": "", "pieces": None}
    said: dict[str, dict[str, Any]] = {
        "given": {**second, "late": "外出检查", "measured": {"sbp": 128}, "swallowed": "看服到口"},
        "partial": {"outcome": "partial", "amount": "2.5", "pieces": 0.5, "slot": "24:00"},
        "refused": {**nothing, "outcome": "refused", "reason_code": 1, "slot": "09:00"},
        "missed": {**nothing, "outcome": "missed", "note": "没有发现", "slot": "10:00"},
        "self": {**nothing, "outcome": "self", "reason_code": 13, "slot": "11:00"},
        "held": {**nothing, "outcome": "held", "reason_code": 8, "note": "收缩压 86", "slot": "12:00"},
        "infusion": {"ended": later(90), "slot": "13:00"},
        "alone": {
            "check_how": "alone", "check_why": "夜班一人", "counter_by": unit.actor.rid, "counter_at": later(90),
            "slot": "14:00",
        },
        "prn": {
            "kind": "prn", "slot": "15:00",
            "prn": {"why": "头痛", "effect": "better", "effect_at": "2026-11-24T01:25:00+00:00"},
        },
    }  # fmt: skip
    return {f"dose/{name}": dose_of(unit, order, **one) for name, one in said.items()}


def _prescription(unit: Unit, resident: UUID) -> Prescription:
    items = {"items": [{"words": "氨氯地平片", "usage": "每日一次 5 mg"}, {"words": "阿托伐他汀钙片"}]}
    return Prescription(
        **unit.stamp(at=EIGHT), revision=1, resident=resident, number="01-000009", what="long", begins=DAY,
        ends=DAY + timedelta(weeks=8), items=items, weeks=8, diagnosis="高血压", doctor_name="徐医生",
        doctor_title="主治医师", review_on=DAY + timedelta(weeks=8), content={"signed_over_4_weeks": True},
    )  # fmt: skip


def _more(unit: Unit, resident: UUID, order: MedOrder) -> dict[str, Any]:
    said: dict[str, Any] = {"resident": resident}
    return {
        **_tests(unit, resident, order),
        **_put_out(unit, resident, order),
        "med_matter": MedMatter(
            **unit.stamp(), revision=1, **said, what="refusals", about=order.rid, since=EIGHT, words="已报告医生",
        ),
        "med_matter/double": MedMatter(
            **unit.stamp(), revision=1, **said, what="double", about=unit.new_id(), since=EIGHT, words="只服一次",
        ),
        "med_statement": MedStatement(
            **unit.stamp(at=EIGHT), revision=1, **said, what="own_supply", name="欧阳建国", relation="儿子",
            words="自带药品由护士保管。", drawn={"strokes": [[[0, 0], [12, 30]]]}, until=DAY, content={"items": 2},
        ),
    }  # fmt: skip


def _tests(unit: Unit, resident: UUID, order: MedOrder) -> dict[str, Any]:
    said: dict[str, Any] = {"resident": resident, "drug": "penicillin", "words": "青霉素", "lot": "Q1"}
    read: dict[str, Any] = {
        "result": "negative",
        "size": "无红肿",
        "read_at": later(20),
        "reader": unit.actor.rid,
    }
    return {
        "skin_test": SkinTest(
            **unit.stamp(at=EIGHT), revision=1, **said, site="左前臂", med_order=order.rid, **read
        ),
        "skin_test/waiting": SkinTest(**unit.stamp(at=EIGHT), revision=1, **said),
    }


def _put_out(unit: Unit, resident: UUID, order: MedOrder) -> dict[str, Any]:
    item = {
        "order": str(order.rid),
        "slot": "08:00",
        "amount": "5",
        "unit": "mg",
        "pieces": 1,
        "lot": "H2026-1",
    }
    items = {"items": [{**item, "words": name} for name in ("氨氯地平片", "阿托伐他汀钙片")]}
    said: dict[str, Any] = {"resident": resident, "service_date": DAY}
    return {
        "dispense": Dispense(
            **unit.stamp(at=EIGHT), revision=1, **said, what="issue", round="morning", items=items, days=7,
            second=unit.actor.rid, second_at=later(5), receiver="欧阳建国",
        ),
        "dispense/box": Dispense(
            **unit.stamp(at=EIGHT), revision=1, **said, what="box", round="noon", items={}
        ),
    }  # fmt: skip
