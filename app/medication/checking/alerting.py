"""What speaks against giving, that nobody answered when it was ordered: a new allergy, lab value, another's order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from app.core.unit import Reader
from app.medication.checking.persons import patients
from app.medication.checking.reading import book
from app.medication.checking.running import Ordered, running_of
from app.medication.drugs.catalogue import drug_list
from app.medication.rules.checks import Finding, among


def alerts_of(reader: Reader, resident: UUID) -> Mapping[UUID, tuple[str, ...]]:
    """Order → what the checks say against giving it that nobody has answered when it was ordered."""
    return alerts_of_many(reader, [resident])


def alerts_of_many(reader: Reader, residents: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The same for the orders of many residents, with as many statements as for one."""
    found: dict[UUID, list[str]] = {}
    for orders, findings in _standing(reader, residents):
        for one in findings:
            if one.severity.needs_reason and not one.reason:
                for order in orders:
                    if str(order.rid) in one.about:
                        found.setdefault(order.rid, []).append(f"{one.line}（{one.severity.words}）")
    return {rid: tuple(lines) for rid, lines in found.items()}


def standing_of(reader: Reader, resident: UUID) -> tuple[Finding, ...]:
    """All that stands between today's orders of a resident, each with the reason it was ordered for all the same."""
    return next((findings for _, findings in _standing(reader, [resident])), ())


def _standing(
    reader: Reader, residents: Collection[UUID]
) -> Iterable[tuple[list[Ordered], tuple[Finding, ...]]]:
    listed = drug_list(reader.session)
    running = running_of(reader, residents, listed)
    if not running:
        return
    known = patients(reader, list(running), listed)
    for resident, orders in running.items():
        findings = among(book(), known[resident], [one.medicine for one in orders])
        yield orders, tuple(_with_reason(one, orders) for one in findings)


def _with_reason(finding: Finding, orders: list[Ordered]) -> Finding:
    """With what was answered when one of its orders was written; the answer covers the medicines it was given for."""
    for order in orders:
        groups, reason = order.answered.get(finding.rule, (frozenset(), ""))
        if str(order.rid) in finding.about and reason and set(finding.groups) <= groups:
            return replace(finding, reason=reason)
    return finding
