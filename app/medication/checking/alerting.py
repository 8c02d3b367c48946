"""What speaks against giving, that nobody answered when it was ordered: a new allergy, lab value, another's order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from app.core.unit import Reader
from app.medication.checking.persons import SkinTests, patients
from app.medication.checking.reading import book, risky_tokens
from app.medication.checking.running import Ordered, running_of
from app.medication.drugs.catalogue import drug_list
from app.medication.rules.checks import Finding, Medicine, Patient, among


def alerts_of(
    reader: Reader, residents: Collection[UUID], tests: SkinTests | None = None
) -> dict[UUID, tuple[str, ...]]:
    """Order → what the checks say against giving it that nobody has answered when it was ordered.

    As many statements for many residents as for one; `tests` as `patients` has it.
    """
    listed = drug_list(reader.session)
    running = running_of(reader, residents, listed)
    some = [one.medicine for orders in running.values() for one in orders]
    risks = any(one.tokens & risky_tokens() for one in some)
    known = patients(reader, list(running), listed, risks=risks, tests=tests) if running else {}
    found: dict[UUID, list[str]] = {}
    for resident, orders in running.items():
        for one in _among(known[resident], tuple(order.medicine for order in orders)):
            if one.severity.needs_reason and not reason_of(one, orders):
                for order in orders:
                    if order.medicine.key in one.about:
                        found.setdefault(order.rid, []).append(f"{one.line}（{one.severity.words}）")
    return {rid: tuple(lines) for rid, lines in found.items()}


def standing_of(reader: Reader, resident: UUID) -> tuple[Finding, ...]:
    """All that stands between today's orders of a resident, each with the reason it was ordered for all the same."""
    listed = drug_list(reader.session)
    orders = running_of(reader, [resident], listed).get(resident, [])
    if not orders:
        return ()
    known = patients(reader, [resident], listed)[resident]
    findings = _among(known, tuple(one.medicine for one in orders))
    return tuple(replace(one, reason=reason_of(one, orders)) for one in findings)


@lru_cache(maxsize=1024)
def _among(patient: Patient, medicines: tuple[Medicine, ...]) -> tuple[Finding, ...]:
    """What is found is remembered: a round asks the same of the same person dose after dose."""
    return among(book(), patient, medicines)


def reason_of(finding: Finding, orders: Collection[Ordered]) -> str:
    """What was answered when one of its orders was written; an answer covers the medicines it was given for."""
    for order in orders:
        groups, reason = order.answered.get(finding.rule, (frozenset(), ""))
        if order.medicine.key in finding.about and reason and set(finding.groups) <= groups:
            return reason
    return ""
