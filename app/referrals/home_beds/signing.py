"""A doctor's round of a home bed that another wrote down is signed afterwards: by the account here, or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.access import proof
from app.access.proof import Proof
from app.access.signing import Signable, sign
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor, Right
from app.core.unit import Reader, Unit
from app.referrals.home_beds.visiting import DOCTOR, PHYSICIAN
from app.referrals.revising import Seen, follow, standing
from app.referrals.rounds.signing import KIND, by_hand, signed_content
from db.models import RoundVisit, Staff


@dataclass(frozen=True)
class SignBedVisit(Order[Seen]):
    """The doctor who held the round signs it: by proof of the account here (`BedVisitRow.account`), or, of somebody
    from outside, `drawn` as `app.core.strokes` keeps it."""

    seen: Seen
    signer: Proof | None = None
    drawn: dict[str, Any] | None = None


@performs(SignBedVisit)
def sign_bed_visit(unit: Unit, order: SignBedVisit) -> Seen:
    """Refuses a nurse's visit, one that is signed, and whoever is not the doctor it names."""
    unit.require(Right.HOLD_ROUNDS)
    row = standing(unit, RoundVisit, order.seen)
    if row.home_bed is None:
        raise Refusal("这不是家庭病床的查床记录。")
    if row.content.get("who", DOCTOR) != DOCTOR:
        raise Refusal("护士巡视不用医师签名。")
    if not is_unsigned(row):
        raise Refusal(f"{row.doctor_name}已签名。")
    if order.signer is None:
        if row.doctor_name in accounts(unit):
            raise Refusal(f"{row.doctor_name}有本站账号，请用账号签名。", field="number")
        drawn = by_hand(order.drawn)
        return follow(unit, row, f"{row.doctor_name}手签", {"doctor_at": unit.now, "drawn": drawn})
    signer = _doctor(unit, row, order.signer)
    seen = follow(unit, row, "医师签名", {"doctor": signer.rid, "doctor_at": unit.now})
    sign(unit, Signable(KIND, seen.rid, seen.revision, unit.station), signed_content(row), signer)
    return seen


def is_unsigned(row: RoundVisit) -> bool:
    """Whether it is a doctor's round that waits for the doctor."""
    return row.content.get("who", DOCTOR) == DOCTOR and row.doctor_at is None and not row.drawn


def accounts(reader: Reader) -> frozenset[str]:
    """The names of the doctors who have an account here, and sign by it."""
    return frozenset(
        reader.session.scalars(select(Staff.name).where(Staff.active, Staff.profession == PHYSICIAN))
    )


def _doctor(unit: Unit, row: RoundVisit, given: Proof) -> Actor:
    person = proof.accept(unit, given)
    if person.profession != PHYSICIAN:
        raise Refusal(f"由查床医师签名，{person.name}不是医师。", field="number")
    if person.name != row.doctor_name:
        raise Refusal(f"这次查床的医师是{row.doctor_name}，请由本人签名。", field="number")
    return person
