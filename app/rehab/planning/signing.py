"""A plan is signed: a doctor issues it, a therapist confirms it, the resident or who decides for them consents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.access import proof
from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Actor, Right, Role
from app.core.unit import Unit
from app.rehab.planning.drawing_up import refuse_over
from app.rehab.planning.runs import run_of
from app.rehab.revising import follow, standing
from app.residents.stating import Seen
from db.models import RehabPlan


@dataclass(frozen=True)
class Consent:
    """What the resident said, or who decides for them. `drawn`: a drawn signature as `app.core.strokes` keeps it."""

    name: str
    relation: str
    agreed: bool = True
    words: str = ""
    drawn: dict[str, Any] | None = None


@dataclass(frozen=True)
class IssuePlan(Order[Seen]):
    """A doctor issues the plan; without `proof` the person at the desk signs."""

    seen: Seen
    proof: Proof | None = None


@dataclass(frozen=True)
class ConfirmPlan(Order[Seen]):
    """A therapist confirms the plan; without `proof` the person at the desk signs. Not by the doctor who issued it."""

    seen: Seen
    proof: Proof | None = None


@dataclass(frozen=True)
class StateConsent(Order[Seen]):
    """Consent to the plan, or refusal of it."""

    seen: Seen
    consent: Consent


@performs(IssuePlan)
def issue_plan(unit: Unit, order: IssuePlan) -> Seen:
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    who = _signer(unit, order.proof)
    if Role.DOCTOR not in who.roles:
        raise Refusal("康复计划由医师开立，请医师签名。", field="number")
    if row.doctor_at is not None:
        raise Refusal("医师已经签过。")
    if row.therapist == who.rid:
        raise Refusal("您已作为治疗师确认，开立要由另一位签名。", field="number")
    return _follow(unit, row, "医师开立", {"doctor": who.rid, "doctor_at": unit.now})


@performs(ConfirmPlan)
def confirm_plan(unit: Unit, order: ConfirmPlan) -> Seen:
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    who = _signer(unit, order.proof)
    if not who.may(Right.PLAN_REHAB):
        raise Refusal("康复计划由康复师确认，请康复师签名。", field="number")
    if row.therapist_at is not None:
        raise Refusal("康复师已经确认过。")
    if row.doctor == who.rid:
        raise Refusal("您已作为医师开立，确认要由另一位签名。", field="number")
    return _follow(unit, row, "康复师确认", {"therapist": who.rid, "therapist_at": unit.now})


@performs(StateConsent)
def state_consent(unit: Unit, order: StateConsent) -> Seen:
    """A refusal is kept too; the plan does not run then, and may be consented to later."""
    unit.require(Right.PLAN_REHAB)
    row = standing(unit, RehabPlan, order.seen)
    refuse_over(row)
    said = order.consent
    if not said.name.strip():
        raise Refusal("请写明由谁表态。", field="name")
    if not said.relation.strip():
        raise Refusal("请选择与老人的关系。", field="relation")
    if not said.agreed and not said.words.strip():
        raise Refusal("请写明为什么不同意。", field="words")
    kept = {
        "name": said.name.strip(),
        "relation": said.relation.strip(),
        "agreed": said.agreed,
        "words": said.words.strip(),
        "drawn": said.drawn or {},
    }
    at = unit.now if said.agreed else None
    return _follow(unit, row, "知情同意" if said.agreed else "不同意", {"consent": kept, "consent_at": at})


def missing_of(doctor: object, therapist: object, consent: object) -> tuple[str, ...]:
    """What a plan still needs before it runs, in words; arguments are the instants of each, or None."""
    wanted = (("医师开立", doctor), ("康复师确认", therapist), ("知情同意", consent))
    return tuple(words for words, at in wanted if at is None)


def _follow(unit: Unit, row: RehabPlan, reason: str, changes: dict[str, Any]) -> Seen:
    after = {
        name: changes.get(name, getattr(row, name)) for name in ("doctor_at", "therapist_at", "consent_at")
    }
    status = "drawn_up" if missing_of(*after.values()) else "running"
    run = {"status": status, "pauses": run_of(row, status, unit.now)}
    return follow(unit, row, reason, changes | run)


def _signer(unit: Unit, given: Proof | None) -> Actor:
    return proof.accept(unit, given) if given is not None else unit.actor
