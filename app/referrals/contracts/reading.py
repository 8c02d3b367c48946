"""Contracts as they stand, with what was delivered of them: read once for lists, pages and figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import date_in
from app.core.unit import Reader
from app.referrals.contracts.forms import services_of
from app.referrals.contracts.lists import lists, package_words
from app.referrals.revising import Seen
from app.referrals.rules.contracts import (
    Course,
    Progress,
    Span,
    goes_on_until,
    next_due,
    progress,
    service_year,
)
from app.referrals.rules.validity import Term, Validity, days_words, validity
from db.models import ContractService, FamilyContract

Delivered = Sequence[tuple[str, datetime]]
"""Code and when."""


@dataclass(frozen=True)
class ServiceProgress:
    """One service of a contract in the year that counts. `extra`: delivered, and not owed."""

    code: str
    words: str
    progress: Progress
    last_at: datetime | None = None
    extra: bool = False


@dataclass(frozen=True)
class ContractStand:
    """A contract on a day. `ends`: its last day, renewals by itself included; `due`: it is to be renewed by hand;
    `year`: the year of services that counts. `done` of `owed`, each service at most as often as owed.
    """

    seen: Seen
    resident: UUID
    number: str
    package: str
    doctor: str
    begins: date
    ends: date
    validity: Validity
    days: str
    renews: bool
    renewed: bool
    due: bool
    year: Span
    services: tuple[ServiceProgress, ...]
    satisfaction: int | None
    ended_on: date | None

    @property
    def running(self) -> bool:
        return self.validity.holds

    @property
    def owed(self) -> int:
        return sum(one.progress.owed for one in self.services)

    @property
    def done(self) -> int:
        return sum(min(one.progress.done, one.progress.owed) for one in self.services)

    @property
    def expected(self) -> int:
        return sum(one.progress.expected for one in self.services)

    @property
    def met(self) -> int:
        """How many of those expected by now were delivered."""
        return sum(min(one.progress.done, one.progress.expected) for one in self.services)

    @property
    def behind(self) -> tuple[ServiceProgress, ...]:
        return tuple(one for one in self.services if one.progress.course.behind)

    @property
    def coming(self) -> tuple[tuple[date, ServiceProgress], ...]:
        """What is still owed, each with the day its next one is due, the earliest first."""
        owed = [(next_due(one.progress.owed, one.progress.done, self.year), one) for one in self.services]
        return tuple(sorted(((day, one) for day, one in owed if day is not None), key=lambda pair: pair[0]))

    @property
    def state_words(self) -> str:
        """`签约中`, `将到期`, `已到期`, `已解约`, `已续签` …"""
        if self.ended_on is not None:
            return "已解约"
        if self.renewed and self.validity in (Validity.SOON, Validity.OVER):
            return "已续签"
        return _WORDS[self.validity]


_WORDS = {
    Validity.COMING: "未生效",
    Validity.VALID: "签约中",
    Validity.SOON: "将到期",
    Validity.OVER: "已到期",
    Validity.ENDED: "已解约",
}


def standing_contracts(reader: Reader, resident: UUID | None = None) -> list[FamilyContract]:
    """Those that stand, of one resident or of all, the newest first."""
    statement = select(FamilyContract).where(FamilyContract.current, FamilyContract.state != "retracted")
    if resident is not None:
        statement = statement.where(FamilyContract.resident == resident)
    return list(reader.session.scalars(statement.order_by(FamilyContract.begins.desc())))


def delivered(reader: Reader, resident: UUID | None = None) -> dict[UUID, list[tuple[str, datetime]]]:
    """What was delivered, by contract."""
    statement = select(ContractService.contract, ContractService.code, ContractService.at).where(
        ContractService.current, ContractService.state != "retracted"
    )
    if resident is not None:
        statement = statement.where(ContractService.resident == resident)
    found: dict[UUID, list[tuple[str, datetime]]] = defaultdict(list)
    for contract, code, at in reader.session.execute(statement):
        found[contract].append((code, at))
    return found


def stands(
    reader: Reader, rows: Sequence[FamilyContract], done: Mapping[UUID, Delivered], day: date | None = None
) -> list[ContractStand]:
    """Each of them on a day; None: today."""
    on = day or reader.today
    followed = {one.renewed_from for one in rows if one.renewed_from is not None and one.status == "running"}
    return [_stand(reader, row, done.get(row.rid, ()), on, row.rid in followed) for row in rows]


def newest(rows: Sequence[ContractStand]) -> ContractStand | None:
    """The one of a resident that counts: that runs, else the latest."""
    return next((one for one in rows if one.running), rows[0] if rows else None)


def _stand(reader: Reader, row: Any, done: Delivered, day: date, renewed: bool) -> ContractStand:  # noqa: FBT001  # one of many facts
    ends = goes_on_until(Span(row.begins, row.ends), day, renews=row.renews)
    remind = lists().remind_days
    term = Term(row.begins, ends, row.ended_on, remind)
    held = validity(term, day)
    year = service_year(row.begins, ends, min(day, row.ended_on) if row.ended_on else day)
    due = held in (Validity.SOON, Validity.OVER) and not row.renews and not renewed
    return ContractStand(
        seen=Seen(row.rid, row.revision),
        resident=row.resident,
        number=row.number,
        package=package_words(row.package),
        doctor=row.doctor_name,
        begins=row.begins,
        ends=ends,
        validity=held,
        days=days_words(term, day),
        renews=row.renews,
        renewed=renewed,
        due=due,
        year=year,
        services=_services(reader, row, done, year, day) if held is not Validity.COMING else (),
        satisfaction=row.satisfaction,
        ended_on=row.ended_on,
    )


def _services(
    reader: Reader, row: FamilyContract, done: Delivered, year: Span, day: date
) -> tuple[ServiceProgress, ...]:
    zone = reader.settings.zone
    within = [(code, at) for code, at in done if year.holds(date_in(zone, at))]
    counts = Counter(code for code, _at in within)
    last: dict[str, datetime] = {}
    for code, at in within:
        last[code] = max(at, last.get(code, at))
    owed = services_of(row)
    rows = [
        ServiceProgress(
            one.code,
            one.words,
            progress(one.per_year, counts[one.code], year, day, lists().press_days),
            last.get(one.code),
        )
        for one in owed
    ]
    known = {one.code for one in owed}
    rows += [
        ServiceProgress(
            code,
            lists().services.get(code, code),
            Progress(count, 0, 0, Course.AS_NEEDED),
            last.get(code),
            extra=True,
        )
        for code, count in counts.items()
        if code not in known
    ]
    return tuple(rows)
