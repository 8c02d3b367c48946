"""The row of one dose, and the refusals every act of giving shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from app.access import proof
from app.access.names import author_names
from app.access.proof import Proof
from app.core.clock import local
from app.core.errors import Refusal
from app.core.ids import named
from app.core.roles import Actor, Right
from app.core.unit import Unit
from app.medication.derived import TAKEN, Held, OrderFact, derive
from app.medication.facts import pieces_of
from app.medication.lists import reason_words, windows
from app.medication.rules.amounts import WrongAmount, amount_words, read_amount
from app.medication.rules.reconcile import Return
from app.medication.rules.slots import DoseState
from app.residents.stating import Seen
from db.models import Absence, Dose, MedOrder

SlotKey = tuple[UUID, date, str]
"""Order, service date, nominal time."""
SECOND, KEY, SCAN, ALONE = "second", "key", "scan", "alone"
LONGEST = 200
_WHOSE = select(MedOrder.resident).where(
    MedOrder.rid.in_(bindparam("orders", expanding=True)), MedOrder.current, MedOrder.state != "retracted"
)


@dataclass(frozen=True)
class Said:
    """What a person said beside giving a dose; each field answers a prompt, or says where and how.

    `amount`: another than ordered; `check`: key or scan of a high-alert medicine; `second`: the proof of a second
    person; `alone`: why there is none on this shift; `despite`: why it is given though a value is missing or too low,
    or a check speaks against it.
    """

    amount: str = ""
    late: str = ""
    second: Proof | None = None
    check: str = ""
    alone: str = ""
    despite: str = ""
    site: str = ""
    lot: str = ""
    swallowed: str = ""
    note: str = ""
    at: datetime | None = None


NOTHING_SAID = Said()


def slots_for(unit: Unit, keys: Sequence[SlotKey]) -> list[Held]:
    """The slots of these keys as they are now; refuses one the orders do not ask for."""
    people = set(unit.session.scalars(_WHOSE, {"orders": [key[0] for key in keys]}))
    whole = derive(unit, people, sorted({key[1] for key in keys})) if people else []
    known = {held.slot.key: held for held in whole}
    missing = [key for key in keys if key not in known]
    if missing:
        raise Refusal(f"医嘱已变，{missing[0][1]:%m-%d} {missing[0][2]} 没有这一次。请看新的医嘱。")
    return [known[key] for key in keys]


def refuse_recorded(unit: Unit, held: Held) -> None:
    """A second record of one slot is refused, saying who made the first one and what it says."""
    dose = held.dose
    if dose is None:
        return
    who = author_names(unit).get(dose.author) or "别的站点"
    when = local(unit.settings.zone, dose.recorded_at)
    what = DoseState(dose.outcome).words
    why = reason_words(dose.reason_code, dose.note)
    said = f"{what}：{why}" if why and why != what else what
    raise Refusal(f"{name_of(held)} 已由{who}在 {when:%m-%d %H:%M} 记为“{said}”。要改请更正那一条。")


def refuse_time(unit: Unit, held: Held, at: datetime | None) -> None:
    """Too early, too old to be recorded, paused, or a time of giving that cannot be."""
    zone = unit.settings.zone
    if held.state is DoseState.PLANNED or (
        held.state is DoseState.UNRECONCILED and unit.now < held.slot.opens
    ):
        opens = local(zone, held.slot.opens)
        raise Refusal(f"{name_of(held)} 还没到时间，{opens:%m-%d %H:%M} 起可以给药。")
    if held.state is DoseState.PAUSED:
        raise Refusal(f"{held.order.words} 的医嘱暂停中，恢复后才能给药。")
    if unit.now > held.slot.closes + windows().record_within:
        hours = int(windows().record_within.total_seconds() // 3600)
        raise Refusal(f"已过去 {hours} 小时以上，请用“结束本班”逐项说明。")
    if at is not None and not held.slot.opens <= at <= unit.now:
        raise Refusal("给药时间要在这一次的时段里，并且不晚于现在。", field="at")


def refuse_unreconciled(order: OrderFact, back: Return | None, given: datetime, slot_at: datetime) -> None:
    """待重整: what was ordered before a hospital is not given after it without a named decision.

    A dose given before they left may still be recorded, with the time it was given at.
    """
    opens = slot_at - windows().early
    if back is not None and not back.allows(order.rid, order.written, given, opens):
        raise Refusal(f"{order.words} 待重整：老人住院返回后，先由医师决定保留、更改或停用，再给药。")


def refuse_held(unit: Unit, held: Held, given: datetime, despite: str) -> None:
    """As `refuse_unreconciled`; but what was given before anybody could know of the return is a fact, and is recorded
    with words that say how it came about."""
    try:
        refuse_unreconciled(held.order, held.back, given, held.slot.at)
    except Refusal:
        if held.back is None or not before_known(unit, held.back, given):
            raise
        if not despite:
            raise Refusal(
                f"{held.order.words} 待重整。返院登记以前确实给了的，请写明经过，如 返院后登记前已给。",
                field="despite",
            ) from None


def before_known(unit: Unit, back: Return, given: datetime) -> bool:
    """Whether a dose was given after they came back, and before that was written down anywhere."""
    asked = select(Absence.recorded_at).where(Absence.rid == back.absence, Absence.ends.is_not(None))
    known = unit.session.scalar(asked.order_by(Absence.recorded_at).limit(1))
    return known is not None and back.ends <= given < known


def second_person(unit: Unit, given: Proof) -> Actor:
    """The second person; refuses the same one, and who may not give medicines."""
    person = proof.accept(unit, given)
    if person.rid == unit.actor.rid:
        raise Refusal("第二人要是另一位护士，请另一位输入工号和密码。", field="number")
    if not person.may(Right.GIVE_MEDICINES):
        raise Refusal(
            f"{person.name}没有“{Right.GIVE_MEDICINES.value}”的权限，不能做第二核对人。", field="number"
        )
    return person


def amount_said(order: OrderFact, said: str, wanted: Decimal | None) -> tuple[Decimal, str]:
    """What was given and the outcome: less than ordered is partial; more than ordered is refused."""
    if not said.strip():
        if wanted is None:
            raise Refusal("请填写给药剂量。", field="amount")
        return wanted, "given"
    try:
        amount = read_amount(said)
    except WrongAmount as wrong:
        raise Refusal(f"{wrong.text}。", field="amount") from wrong
    if wanted is not None and amount > wanted:
        raise Refusal(
            f"医嘱是 {amount_words(wanted)} {order.dose_unit}，不能多给。要加量请医生开新医嘱。",
            field="amount",
        )
    return amount, "partial" if wanted is not None and amount < wanted else "given"


def write(unit: Unit, held: Held, outcome: str, at: datetime, content: dict[str, Any]) -> Seen:
    """Keep what became of a slot: named by it, so that two stations name it alike.

    The last gate before the record: whatever act comes here, nothing is given that nobody decided about.
    """
    slot = held.slot
    if outcome in TAKEN:
        refuse_held(unit, held, at, content.get("measured", {}).get("despite", ""))
    rid = named(
        unit.settings.institution_id, "dose", str(slot.order), slot.day.isoformat(), slot.name, "slot"
    )
    before = unit.session.scalar(
        select(Dose)
        .where(Dose.rid == rid, Dose.station == unit.station)
        .order_by(Dose.revision.desc())
        .limit(1)
    )
    row = Dose(
        **unit.stamp(rid=rid, at=at),
        revision=1 if before is None else before.revision + 1,
        resident=held.order.resident,
        med_order=slot.order,
        drug=held.order.drug,
        service_date=slot.day,
        slot=slot.name,
        kind="slot",
        outcome=outcome,
        **content,
    )
    if before is not None:  # it was retracted, here or by another station: the slot was blank again
        before.current = False
        unit.session.flush()
        row.state = "corrected"
    unit.session.add(row)
    return Seen(rid, row.revision)


def given_content(order: OrderFact, amount: Decimal) -> dict[str, Any]:
    """Amount, unit and base units of a dose that was given."""
    pieces = pieces_of(order.facts, amount, order.dose_unit)
    return {
        "amount": amount_words(amount),
        "unit": order.dose_unit,
        "pieces": None if pieces is None else float(pieces),
        "supply": "own" if order.own_supply else "ward",
    }


def name_of(held: Held) -> str:
    """`08:00 氨氯地平片`."""
    return f"{held.slot.name} {held.order.words}"


def check_length(said: Said) -> Said:
    """The same without white space around; refuses what is longer than a line of the sheet."""
    trimmed = replace(
        said,
        late=said.late.strip(),
        alone=said.alone.strip(),
        despite=said.despite.strip(),
        note=said.note.strip(),
    )
    for name in ("late", "alone", "despite", "note"):
        if len(getattr(trimmed, name)) > LONGEST:
            raise Refusal(f"最多 {LONGEST} 个字。", field=name)
    return trimmed
