"""What runs out: agreements and papers somebody has to see to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.partners.asking import standing_agreements, standing_licences, standing_partners
from app.referrals.partners.rows import Stands, agreement_rows, licence_rows
from app.referrals.rules.validity import Validity


@dataclass(frozen=True)
class ExpiringRow:
    """An agreement (`partner` set) or a paper of the station; `title` says which, `whose` with whom or its number."""

    rid: UUID
    partner: UUID | None
    title: str
    whose: str
    ends: date
    stands: Stands

    @property
    def over(self) -> bool:
        return self.stands.validity is Validity.OVER


@dataclass(frozen=True)
class Expiring(Question[tuple[ExpiringRow, ...]]):
    """What is over or soon will be and nothing goes on after it, the longest over first."""


@dataclass(frozen=True)
class CountExpiring(Question[int]):
    """How many they are."""


@answers(Expiring)
def expiring(reader: Reader, _question: Expiring) -> tuple[ExpiringRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    names = {one.rid: one.name for one in standing_partners(reader) if one.ended_on is None}
    rows = [
        ExpiringRow(
            one.seen.rid, one.partner, one.words, names[one.partner], one.form.ends or date.max, one.stands
        )
        for one in agreement_rows(standing_agreements(reader), reader.today)
        if one.stands.due and one.partner in names
    ]
    rows += [
        ExpiringRow(one.seen.rid, None, one.words, one.form.number, one.form.expires or date.max, one.stands)
        for one in licence_rows(standing_licences(reader), reader.today)
        if one.stands.due
    ]
    return tuple(sorted(rows, key=lambda one: (one.ends, one.title)))


@answers(CountExpiring)
def count_expiring(reader: Reader, _question: CountExpiring) -> int:
    return len(expiring(reader, Expiring()))
