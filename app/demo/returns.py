"""How residents of the demo came back from hospital: what they brought, which medicines, what was assessed."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.demo.days import DOCTOR, NURSE, Days, Person
from app.demo.training import proof_of
from app.medication.reconciling import (
    Decide,
    ListDischarge,
    Listed,
    Reconciliation,
    ReconciliationOf,
    SignReconciliation,
)
from app.medication.reconciling.rows import ReconcileRow
from app.referrals.coming_back import (
    FinishAssessment,
    NoteAssessed,
    NotePaper,
    RecordReturn,
    ReturnForm,
    ReturnOf,
)
from app.referrals.coming_back.lists import lists
from app.referrals.revising import Seen

_SAID = {
    "vitals": "体温 36.5 ℃，脉搏 76 次/分，呼吸 18 次/分，血压 138/82 mmHg，血氧 97 %",
    "pressure": "Braden 18 分，同住院前",
    "swallow": "洼田饮水试验 2 级，同住院前",
    "falls": "Morse 45 分，同住院前",
}
"""What is said of a part of the assessment where none of its own sentences fits."""
_TEXTS = (
    "came_with", "department", "diagnoses", "record_number", "findings", "course", "plan", "visit_department",
    "dangers", "doctor_name",
)  # fmt: skip


def come_back(days: Days, person: Person, begins: datetime, said: Mapping[str, Any], hospital: str) -> None:
    """The return of one story; what is finished an hour later, and what is still open."""
    after = said.get("after")
    at = begins + timedelta(minutes=after) if after else days.now - timedelta(minutes=said["before_end"])
    days.at(at, functools.partial(_returned, days, person, said, hospital))
    days.at(at + timedelta(minutes=30), functools.partial(_listed, days, person, said, hospital))
    if said.get("done"):
        days.at(at + timedelta(minutes=70), functools.partial(_finished, days, person))


def _returned(days: Days, person: Person, said: Mapping[str, Any], hospital: str) -> None:
    days.become(NURSE)
    form = ReturnForm(
        **{name: said[name] for name in _TEXTS},
        hospital=hospital,
        visit_on=days.date() + timedelta(days=said["visit_after"]),
    )
    back = days.station.desk.do_now(RecordReturn(person.rid, form, condition="精神可，轮椅送回"))
    days.station.desk.do_now(NotePaper(back.seen.rid, tuple(said["papers"]), "here"))


def _listed(days: Days, person: Person, said: Mapping[str, Any], hospital: str) -> None:
    """The hospital's list: what it wrote, and some of the orders of before unchanged."""
    days.become(NURSE)
    desk = days.station.desk
    whole = _whole(days, person)
    if whole is None:
        return
    items = [
        Listed(words, dose=dose, frequency=often, days=length)
        for words, dose, often, length in said["medicines"]
    ]
    items += [_same(row) for row in whole.rows[: said.get("same", 0)]]
    desk.do_now(ListDischarge(person.rid, whole.absence, "list", tuple(items), hospital))
    days.become(DOCTOR)
    held = [row for row in whole.rows if row.order is not None]
    for row in held[: said.get("keeps", 0)]:
        _decide(days, person, whole, row, "keep")


def _finished(days: Days, person: Person) -> None:
    """Every medicine decided and signed, every part of the assessment said."""
    whole = _whole(days, person)
    if whole is not None:
        days.become(DOCTOR)
        for row in whole.rows:
            if row.undecided:
                _decide(days, person, whole, row, "drop" if row.new else "keep")
        days.station.desk.do_now(SignReconciliation(person.rid, whole.absence, proof_of(days, DOCTOR)))
    days.become(NURSE)
    desk = days.station.desk
    back = desk.ask_now(ReturnOf(person.rid)).row
    if back is None:
        return
    for code, item in lists().items.items():
        if not item.reconciliation:
            desk.do_now(NoteAssessed(back.rid, code, _SAID.get(code) or item.says[0]))
    fresh = desk.ask_now(ReturnOf(person.rid)).row
    if fresh is not None:
        desk.do_now(FinishAssessment(Seen(fresh.rid, fresh.revision)))


def _decide(days: Days, person: Person, whole: Reconciliation, row: ReconcileRow, what: str) -> None:
    order = row.order.rid if row.order is not None else None
    item = row.line.key if order is None and row.line is not None else ""
    why = "医师查看后暂不用，门诊复查再定" if what == "drop" else ""
    signer = proof_of(days, DOCTOR)
    days.station.desk.do_now(Decide(person.rid, whole.absence, what, order, item, why, signer=signer))


def _whole(days: Days, person: Person) -> Reconciliation | None:
    return days.station.desk.ask_now(ReconciliationOf(person.rid))


def _same(row: ReconcileRow) -> Listed:
    before = row.before
    often = row.typed.values.get("frequency", "")
    return Listed(
        row.words, drug=row.drug, dose=before.dose if before else "", frequency=str(often), note="同院前"
    )
