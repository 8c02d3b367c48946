"""Who gets free basic medicines: (原发性高血压 or 2型糖尿病) and (低保 or 计划生育特殊家庭), by what the chart says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.medication.prescriptions.policy import free_policy
from app.medication.rules.drug import Drug
from db.models import Diagnosis, Entry

ENTITLEMENT = "entitlement"
"""The journal of entitlements."""


@dataclass(frozen=True)
class Eligible:
    """`diseases` and `entitlements` in words, the certificate, until when it is valid; `missing`: what is not there."""

    diseases: tuple[str, ...]
    entitlements: tuple[str, ...]
    certificate: str
    valid_to: date | None
    missing: tuple[str, ...]

    @property
    def yes(self) -> bool:
        return not self.missing


def eligible(reader: Reader, resident: UUID) -> Eligible:
    """By the active diagnoses and the entitlements that are still valid today."""
    policy = free_policy()
    stated = reader.session.execute(
        select(Diagnosis.code, Diagnosis.words).where(
            Diagnosis.resident == resident,
            Diagnosis.current,
            Diagnosis.state != "retracted",
            Diagnosis.status.in_(("active", "inactive")),
        )
    ).all()
    diseases = tuple(
        words
        for words, prefixes in policy.diseases.items()
        if any(code.startswith(prefixes) or (not code and words[-3:] in said) for code, said in stated)
    )
    entries = reader.session.scalars(
        select(Entry.content).where(
            Entry.resident == resident,
            Entry.journal == ENTITLEMENT,
            Entry.current,
            Entry.state != "retracted",
        )
    )
    held = [one for one in entries if one.get("type") in policy.entitlements and _valid(one, reader.today)]
    ends = [date.fromisoformat(one["valid_to"]) for one in held if one.get("valid_to")]
    missing = []
    if not diseases:
        missing.append(f"没有{'或'.join(policy.diseases)}的诊断")
    if not held:
        missing.append(f"没有有效的{'或'.join(policy.entitlements.values())}登记")
    return Eligible(
        diseases,
        tuple(policy.entitlements[one["type"]] for one in held),
        next((str(one.get("certificate", "")) for one in held), ""),
        min(ends) if ends else None,
        tuple(missing),
    )


def on_free_list(drug: Drug) -> bool:
    """Whether a medicine is given free here."""
    return drug.essential or drug.group in free_policy().groups


def _valid(content: dict[str, object], today: date) -> bool:
    until = content.get("valid_to")
    return not until or date.fromisoformat(str(until)) >= today
