"""Acts on prescriptions: a long one, a hospital's that is continued; handed out, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.revising import next_revision
from app.core.roles import Right
from app.core.unit import Unit
from app.medication.derived import OrderFact
from app.medication.orders.issuing import doctor
from app.medication.prescriptions.policy import extended_days, long_policy, most_items
from app.medication.prescriptions.quantities import line_of, need_of, orders_for
from app.medication.prescriptions.rules import Objection, first_by, may_be_long, weeks_allowed
from app.medication.prescriptions.writing import EXTENDED, FREE, LONG, Signed, prescription_row, statement
from app.residents.stating import Seen
from app.residents.stating.revising import standing_of
from db.models import Prescription


@dataclass(frozen=True)
class PrescribeLong(Order[Seen]):
    """A long prescription of running orders for some weeks, signed by the doctor.

    `basis`: why the illness is stable (the last two measurements); `assessment` and `agreed` beyond four weeks;
    `guidance`: which hospital guides it where the doctor has no middle title; `despite`: why a medicine that only
    warns is on it all the same. `begins`: today where nothing is said; one that goes on from another begins after it.
    """

    resident: UUID
    orders: tuple[UUID, ...]
    weeks: int
    diagnosis: str
    basis: str
    signer: Proof
    seen_in_person: bool = False
    assessment: str = ""
    guidance: str = ""
    despite: str = ""
    agreed: Signed | None = None
    review_on: date | None = None
    begins: date | None = None


@dataclass(frozen=True)
class PrescribeExtended(Order[Seen]):
    """A hospital's prescription is continued: its number, date, doctor, how often it may be continued, how it comes."""

    resident: UUID
    orders: tuple[UUID, ...]
    hospital: str
    hospital_number: str
    hospital_doctor: str
    prescribed_on: date
    days: int
    times: int
    diagnosis: str
    signer: Proof
    delivery: str = ""


@dataclass(frozen=True)
class HandOut(Order[Seen]):
    """One more part of an extended prescription was handed out; `note`: by whom it was fetched or brought."""

    seen: Seen
    note: str = ""


@dataclass(frozen=True)
class EndPrescription(Order[Seen]):
    """It ends before its time; one of free medicines is taken back. `why` in words."""

    seen: Seen
    why: str


@performs(PrescribeLong)
def prescribe_long(unit: Unit, order: PrescribeLong) -> Seen:
    """Refuses what the rules for long prescriptions exclude, each beside its field."""
    unit.require(Right.ORDER_MEDICINES)
    signer = doctor(unit, order.signer)
    policy = long_policy()
    facts = _facts(unit, order.resident, order.orders)
    for text, field, words in (
        (order.diagnosis, "diagnosis", "请写明诊断。"),
        (order.basis, "basis", "请写明病情稳定的依据（近两次指标）。"),
    ):
        if not text.strip():
            raise Refusal(words, field=field)
    first = not _had_long(unit, order.resident, [fact.drug for fact in facts])
    if first and not order.seen_in_person:
        raise Refusal("首次开具长期处方须医师亲自诊查，请确认。", field="seen_in_person")
    _refuse(may_be_long([line_of(unit, fact) for fact in facts], policy), despite=order.despite)
    agreed = order.agreed is not None and bool(order.agreed.name.strip())
    _refuse(weeks_allowed(order.weeks, policy, assessed=bool(order.assessment.strip()), signed=agreed))
    if first:
        _refuse(first_by(signer.title, policy, reason=order.guidance))
    days, begins = order.weeks * 7, _beginning(unit, order)
    content = {
        "basis": order.basis.strip(), "assessment": order.assessment.strip(), "guidance": order.guidance.strip(),
        "despite": order.despite.strip(), "first": first, "seen_in_person": order.seen_in_person,
    }  # fmt: skip
    row = prescription_row(unit, order.resident, LONG, signer, {
        "begins": begins, "ends": begins + timedelta(days=days - 1), "weeks": order.weeks,
        "diagnosis": order.diagnosis.strip(), "review_on": order.review_on, "content": content,
        "items": {"items": [need_of(unit, fact, days).stored() for fact in facts]},
    })  # fmt: skip
    if order.agreed is not None:
        statement(unit, row, "long_term", order.agreed, f"同意 {order.weeks} 周长期处方")
    return Seen(row.rid, 1)


@performs(PrescribeExtended)
def prescribe_extended(unit: Unit, order: PrescribeExtended) -> Seen:
    unit.require(Right.ORDER_MEDICINES)
    signer = doctor(unit, order.signer)
    facts = _facts(unit, order.resident, order.orders)
    for text, field, words in (
        (order.hospital, "hospital", "请填写上级医院。"),
        (order.hospital_number, "hospital_number", "请填写上级医院处方号。"),
        (order.hospital_doctor, "hospital_doctor", "请填写上级医院医师。"),
        (order.diagnosis, "diagnosis", "请写明诊断。"),
    ):
        if not text.strip():
            raise Refusal(words, field=field)
    if order.prescribed_on > unit.today:
        raise Refusal("处方日期不能晚于今天。", field="prescribed_on")
    if not 1 <= order.days <= extended_days():
        raise Refusal(f"每次天数是 1 到 {extended_days()} 天。", field="days")
    if not 1 <= order.times <= 12:
        raise Refusal("可延伸次数是 1 到 12 次。", field="times")
    controlled = [fact.words for fact in facts if fact.facts.get("control")]
    if controlled:
        raise Refusal(f"{'、'.join(controlled)}是特殊管理药品，不能延伸处方。", field="items")
    content = {
        "hospital": order.hospital.strip(), "hospital_number": order.hospital_number.strip(),
        "hospital_doctor": order.hospital_doctor.strip(), "prescribed_on": order.prescribed_on.isoformat(),
        "days": order.days, "times": order.times, "remaining": order.times - 1, "delivery": order.delivery.strip(),
        "handed": [{"on": unit.today.isoformat(), "by": str(unit.actor.rid), "note": ""}],
    }  # fmt: skip
    row = prescription_row(unit, order.resident, EXTENDED, signer, {
        "begins": unit.today, "ends": unit.today + timedelta(days=order.days - 1), "weeks": 0,
        "diagnosis": order.diagnosis.strip(), "review_on": None, "content": content,
        "items": {"items": [need_of(unit, fact, order.days).stored() for fact in facts]},
    })  # fmt: skip
    return Seen(row.rid, 1)


@performs(HandOut)
def hand_out(unit: Unit, order: HandOut) -> Seen:
    """Refuses where nothing remains."""
    unit.require(Right.KEEP_STOCK)
    row = standing_prescription(unit, order.seen)
    if row.what != EXTENDED:
        raise Refusal("只有延伸处方分次领取。")
    if row.status == "ended":
        raise Refusal("这张处方已经结束，不能再领取。")
    remaining = int(row.content.get("remaining", 0))
    if remaining < 1:
        raise Refusal("这张处方的延伸次数已用完，请回上级医院复诊。")
    this = {"on": unit.today.isoformat(), "by": str(unit.actor.rid), "note": order.note.strip()}
    handed = [*row.content["handed"], this]
    after = unit.today if row.ends is None else max(unit.today, row.ends + timedelta(days=1))
    ends = after + timedelta(
        days=int(row.content["days"]) - 1
    )  # fetched early: what is left is used up first
    content = {**row.content, "remaining": remaining - 1, "handed": handed}
    fresh = next_revision(unit, row, "领取", {"content": content, "ends": ends, "state": "corrected"})
    return Seen(fresh.rid, fresh.revision)


@performs(EndPrescription)
def end_prescription(unit: Unit, order: EndPrescription) -> Seen:
    unit.require(Right.ORDER_MEDICINES)
    row = standing_prescription(unit, order.seen)
    why = order.why.strip()
    if not why:
        raise Refusal("请写明为什么结束。", field="why")
    if row.status == "ended":
        raise Refusal("这张处方已经结束。")
    if (
        row.what == FREE
    ):  # nothing runs that could end: it was entered in error, and leaves the list of its month
        fresh = next_revision(unit, row, f"作废：{why}"[:100], {"status": "ended", "state": "retracted"})
        return Seen(fresh.rid, fresh.revision)
    ends = unit.today if row.ends is None else min(row.ends, unit.today)
    fresh = next_revision(
        unit, row, f"结束：{why}"[:100], {"status": "ended", "ends": ends, "state": "corrected"}
    )
    return Seen(fresh.rid, fresh.revision)


def standing_prescription(unit: Unit, seen: Seen) -> Prescription:
    return standing_of(unit, Prescription, seen, "这张处方")


def _facts(unit: Unit, resident: UUID, orders: tuple[UUID, ...]) -> list[OrderFact]:
    known = orders_for(unit, resident)
    if not orders:
        raise Refusal("请至少选一条医嘱。", field="items")
    missing = [rid for rid in orders if rid not in known]
    if missing:
        raise Refusal("选中的医嘱已停止或改过，请重新选。", field="items")
    if len(orders) > most_items():
        raise Refusal(f"一张处方最多 {most_items()} 种药，选了 {len(orders)} 种，请分开开。", field="items")
    return [known[rid] for rid in orders]


def _beginning(unit: Unit, order: PrescribeLong) -> date:
    """Today, or when the one before it is used up; the next assessment lies after it."""
    begins = order.begins or unit.today
    latest = unit.today + long_policy().remind + timedelta(days=1)
    if not unit.today <= begins <= latest:
        raise Refusal(f"开始日期是今天到 {latest:%m-%d} 之间。", field="begins")
    if order.review_on is not None and order.review_on < begins:
        raise Refusal("下次评估日期不能早于处方开始。", field="review_on")
    return begins


def _had_long(unit: Unit, resident: UUID, codes: list[str]) -> bool:
    """Whether every one of these medicines was on a long prescription before."""
    rows = unit.session.scalars(
        select(Prescription.items).where(
            Prescription.resident == resident,
            Prescription.what == LONG,
            Prescription.current,
            Prescription.state != "retracted",
        )
    )
    had = {item["drug"] for items in rows for item in items["items"]}
    return set(codes) <= had


def _refuse(objections: tuple[Objection, ...], despite: str = "") -> None:
    for one in objections:
        if one.refuses:
            raise Refusal(f"{one.words}。", field=one.field)
        if not despite.strip():
            raise Refusal(f"{one.words}；符合例外请写明理由。", field=one.field)
