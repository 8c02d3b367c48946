"""The visits of a round are signed: by the doctor, with an account here or drawn by hand, then by a nurse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access import proof
from app.access.proof import Proof
from app.access.signing import Signable, sign
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor, Right
from app.core.strokes import check_drawn, strokes_of
from app.core.unit import Reader, Unit
from app.referrals.revising import Seen, follow
from app.referrals.rounds.forms import DOCTOR
from app.referrals.rounds.planning import round_of, visits_of
from db.models import DoctorRound, RoundVisit, VisitingDoctor

KIND, NURSE = "round_visit", "护士"


@dataclass(frozen=True)
class SignVisits(Order[int]):
    """The doctor of a round signs what was written down of it and is not signed: by proof of the account here, or, of
    somebody from outside, `drawn` as `app.core.strokes` keeps it."""

    round: UUID
    signer: Proof | None = None
    drawn: dict[str, Any] | None = None


@dataclass(frozen=True)
class CosignVisits(Order[int]):
    """A nurse signs what the doctor signed."""

    round: UUID
    signer: Proof


@performs(SignVisits)
def sign_visits(unit: Unit, order: SignVisits) -> int:
    """How many were signed. Refuses where nothing waits, and whoever is not the doctor of the round."""
    unit.require(Right.HOLD_ROUNDS)
    row = round_of(unit, order.round)
    waiting = [one for one in visits_of(unit, row.rid) if one.doctor_at is None]
    if not waiting:
        raise Refusal("没有待医师签名的巡诊记录。")
    if order.signer is None:
        drawn = _drawn(row, order.drawn)
        for one in waiting:
            follow(unit, one, f"{row.doctor_name}手签", {"doctor_at": unit.now, "drawn": drawn})
        return len(waiting)
    signer = _doctor(unit, row, order.signer)
    for one in waiting:
        said = {"doctor": signer.rid, "doctor_at": unit.now}
        _seal(unit, one, follow(unit, one, "医师签名", said), signer)
    return len(waiting)


@performs(CosignVisits)
def cosign_visits(unit: Unit, order: CosignVisits) -> int:
    """Refuses before the doctor signed, and whoever is no nurse."""
    unit.require(Right.HOLD_ROUNDS)
    row = round_of(unit, order.round)
    signer = proof.accept(unit, order.signer)
    if signer.profession != NURSE or not signer.may(Right.HOLD_ROUNDS):
        raise Refusal(f"由站点护士签名，{signer.name}不是护士。", field="number")
    visits = visits_of(unit, row.rid)
    waiting = [one for one in visits if one.doctor_at is not None and one.nurse_at is None]
    if not waiting:
        unsigned = any(one.doctor_at is None for one in visits)
        raise Refusal("医师还没有签名。" if unsigned else "没有待护士签名的巡诊记录。")
    for one in waiting:
        said = {"nurse": signer.rid, "nurse_at": unit.now}
        _seal(unit, one, follow(unit, one, "护士签名", said), signer)
    return len(waiting)


def account_of(reader: Reader, row: DoctorRound) -> UUID | None:
    """The account here of the doctor of a round; None of one who has none."""
    if row.visitor is None:
        return row.staff
    return reader.session.scalar(
        select(VisitingDoctor.staff).where(VisitingDoctor.rid == row.visitor, VisitingDoctor.current).limit(1)
    )


def signed_content(row: RoundVisit) -> dict[str, Any]:
    """What a signature covers: what was found and advised; not what became of it later."""
    return {
        "content": row.content,
        "vitals": row.vitals.get("words", ""),
        "orders": [one["words"] for one in row.orders.get("all", ())],
        "problem": row.problem,
        "refer": row.refer,
        "resident": str(row.resident),
    }


def _seal(unit: Unit, row: RoundVisit, seen: Seen, signer: Actor) -> None:
    sign(unit, Signable(KIND, seen.rid, seen.revision, unit.station), signed_content(row), signer)


def _doctor(unit: Unit, row: DoctorRound, given: Proof) -> Actor:
    person = proof.accept(unit, given)
    if person.profession != DOCTOR:
        raise Refusal(f"由巡诊医师签名，{person.name}不是医师。", field="number")
    if person.rid != account_of(unit, row):
        raise Refusal(f"这次巡诊的医师是{row.doctor_name}，请由本人签名。", field="number")
    return person


def _drawn(row: DoctorRound, drawn: dict[str, Any] | None) -> dict[str, Any]:
    """A drawn signature; refuses of whoever has an account here, and an empty one."""
    if row.staff is not None:
        raise Refusal(f"{row.doctor_name}有本站账号，请用账号签名。", field="number")
    return by_hand(drawn)


def by_hand(drawn: dict[str, Any] | None) -> dict[str, Any]:
    """A drawn signature as it is kept; refuses an empty one."""
    if not drawn or not strokes_of(drawn):
        raise Refusal("请医师在屏幕上签名。", field="drawn")
    check_drawn(strokes_of(drawn))
    return drawn
