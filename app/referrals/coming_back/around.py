"""What stands around returns, asked for all at once: times in hospital, and whether medicines are reconciled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.referrals.coming_back.reconciled import NONE, Reconciled, reconciliations
from db.models import Absence, Referral, ReferralReturn


@dataclass(frozen=True)
class Around:
    """`lay`: return → the time in hospital it ends, also where only its referral knows it. By time in hospital:
    `began`, `ended`, `reconciled`."""

    lay: Mapping[UUID, UUID] = field(default_factory=dict)
    began: Mapping[UUID, datetime] = field(default_factory=dict)
    ended: Mapping[UUID, datetime] = field(default_factory=dict)
    reconciled: Mapping[UUID, Reconciled] = field(default_factory=dict)

    def returned(self, row: ReferralReturn) -> datetime:
        """When they came back: as the time in hospital says, which may have been set right since."""
        return row.at if row.absence is None else self.ended.get(row.absence, row.at)

    def reconciliation(self, row: ReferralReturn) -> Reconciled:
        absence = self.lay.get(row.rid)
        return (NONE, None) if absence is None else self.reconciled[absence]


def around(reader: Reader, rows: Collection[ReferralReturn]) -> Around:
    """Some statements, however many returns there are."""
    lay = {row.rid: row.absence for row in rows if row.absence is not None}
    lay |= _by_referral(
        reader, {row.rid: row.referral for row in rows if row.absence is None and row.referral}
    )
    if not lay:
        return Around()
    asked = select(Absence.rid, Absence.begins, Absence.ends, Absence.state).where(
        Absence.rid.in_(set(lay.values())), Absence.current
    )
    began: dict[UUID, datetime] = {}
    ended: dict[UUID, datetime] = {}
    for rid, begins, ends, state in reader.session.execute(asked):
        began[rid] = begins
        if ends is not None and state != "retracted":
            ended[rid] = ends
    whose = {lay[row.rid]: row.resident for row in rows if row.rid in lay}
    return Around(lay, began, ended, reconciliations(reader, whose))


def _by_referral(reader: Reader, referrals: Mapping[UUID, UUID | None]) -> dict[UUID, UUID]:
    """Return → the time in hospital its referral began, of returns that were recorded without."""
    if not referrals:
        return {}
    asked = select(Referral.rid, Referral.absence).where(
        Referral.rid.in_(set(referrals.values())), Referral.current, Referral.absence.is_not(None)
    )
    known = {row.rid: row.absence for row in reader.session.execute(asked)}
    found = {rid: known.get(row) for rid, row in referrals.items() if row is not None}
    return {rid: absence for rid, absence in found.items() if absence is not None}
