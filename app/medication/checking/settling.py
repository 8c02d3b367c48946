"""What an order needs before it stands: a reason for what is severe, a second person for what is contraindicated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.access import proof
from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.roles import Actor, Right
from app.core.unit import Reader, Unit
from app.medication.checking.persons import patients
from app.medication.checking.reading import book
from app.medication.checking.running import ordered_as, running_of
from app.medication.drugs.catalogue import drug_list
from app.medication.rules.checks import NEW, Finding, Medicine, check

if TYPE_CHECKING:
    from app.medication.orders.forms import Answered, Checked

FIELD = "checks"
"""The field of a refusal that the findings beside the form answer."""
SHORTEST = 2
"""Characters of a reason: one letter is none."""


@dataclass(frozen=True)
class Ordering:
    """An order that may be written: what was answered, who signs, who signs too, which order it takes the place of."""

    resident: UUID
    checked: Checked
    answered: tuple[Answered, ...] = ()
    second: Proof | None = None
    signer: UUID | None = None
    instead_of: UUID | None = None


def settle(unit: Unit, ordering: Ordering) -> dict[str, Any]:
    """What the checks say of it and what was answered, for `MedOrder.found`; refuses what is not answered."""
    medicine = ordered_as(NEW, ordering.checked.drug, ordering.checked.columns, unit.now)
    findings = checked_for(unit, ordering.resident, medicine, without=ordering.instead_of)
    if not findings:
        return {}
    reasons = {one.rule: one.reason.strip() for one in ordering.answered}
    refuse_unanswered(findings, reasons)
    by = second_signer(unit, findings, ordering.second, ordering.signer)
    return {
        "findings": [kept(one, reasons.get(one.rule, "")) for one in findings],
        **({"by": str(by.rid), "by_name": by.name} if by is not None else {}),
    }


def checked_for(
    reader: Reader, resident: UUID, new: Medicine, *, without: UUID | None = None, beside: tuple[Medicine, ...] = ()
) -> tuple[Finding, ...]:  # fmt: skip
    """What speaks against one more order of a resident, beside those that run and others not yet written."""
    listed = drug_list(reader.session)
    patient = patients(reader, [resident], listed)[resident]
    running = [
        one.medicine for one in running_of(reader, [resident], listed).get(resident, ()) if one.rid != without
    ]
    return check(book(), patient, new, [*running, *beside])


def second_signer(
    unit: Unit, findings: tuple[Finding, ...], second: Proof | None, signer: UUID | None
) -> Actor | None:
    """Who signs too; refuses nobody, the same person, and who neither orders nor checks. None where none is needed."""
    grave = next((one for one in findings if one.severity.needs_second), None)
    if grave is None:
        return None
    if second is None:
        raise Refusal(f"{grave.line}（禁忌）。仍要用，须由另一位医师、药师或护士双签。", field="second")
    person = proof.accept(unit, second)
    if person.rid in (unit.actor.rid, signer):
        raise Refusal("双签须由另一个人。", field="second")
    if not (person.may(Right.ORDER_MEDICINES) or person.may(Right.CHECK_ORDERS)):
        raise Refusal(f"{person.name}不能核对医嘱，请另一位医师、药师或护士双签。", field="second")
    return person


def refuse_unanswered(findings: Sequence[Finding], reasons: Mapping[str, str]) -> None:
    """Refuses a grave finding without a reason in words, naming the first."""
    bare = [
        one for one in findings if one.severity.needs_reason and len(reasons.get(one.rule, "")) < SHORTEST
    ]
    if bare:
        first, more = bare[0], len(bare) - 1
        also = f"另有 {more} 条也要写。" if more else ""
        raise Refusal(f"{first.line}（{first.severity.words}）。仍要用，请写明理由。{also}", field=FIELD)


def kept(one: Finding, reason: str) -> dict[str, Any]:
    """A finding as the order keeps it: in the words of that day."""
    return {
        "rule": one.rule,
        "kind": one.kind,
        "severity": one.severity.name.lower(),
        "title": one.title,
        "words": one.words,
        "groups": list(one.groups),
        "reason": reason,
    }
