"""Who stands 待重整, and one resident's medicines before, at discharge and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.derived import hours_of
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import Held, derive
from app.medication.drugs.catalogue import drug_list
from app.medication.lists import Round, round_of
from app.medication.queries.round_marks import allergies_of
from app.medication.reconciling.case import Case, case_of, cases_of, over, regular
from app.medication.reconciling.lists import reconcile_lists
from app.medication.reconciling.matching import beside
from app.medication.reconciling.rows import Known, ReconcileRow, row_of
from app.medication.reconciling.signed import finished, undecided
from app.medication.rules.reconcile import Pressure, pressure, urgent_words
from app.residents.queries.who import Named, named_residents
from app.residents.stating import Seen
from app.residents.which_stay import in_house
from db.models import Absence, MedOrder, Resident, Stay

OPEN, TO_SIGN, DONE = "open", "sign", "done"
STATES = {OPEN: "待重整", TO_SIGN: "待医师签名", DONE: "已完成"}
AHEAD = 8
"""Days after a return in which its first held dose is looked for: also one given once a week."""


@dataclass(frozen=True)
class OpenRow:
    """A resident whose medicines are not settled. `since`: the return; `due`: the first dose that is held.

    `urgent`: what must not wait, in words; `held`: regular orders that are not given meanwhile.
    """

    resident: UUID
    name: str
    bed: str
    absence: UUID
    since: datetime
    hospital: str
    state: str
    came_with: str
    undecided: int
    held: int
    total: int
    urgent: tuple[str, ...]
    due: datetime | None
    pressure: Pressure
    escalated: bool

    @property
    def state_words(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True)
class OpenReconciliations(Question[tuple[OpenRow, ...]]):
    """Of everybody in the house, what presses most first. `resident`: only that one."""

    resident: UUID | None = None


@dataclass(frozen=True)
class CountReconciliations(Question[int]):
    """How many residents stand 待重整: medicines nobody decided about."""


@dataclass(frozen=True)
class Reconciliation:
    """Everything of one return. `whither`: where the resident was; `seen`: the list, None before there is one.

    `due`: the first held dose after the return, `round` the round it lies in; `signed_by` a doctor, as finished.
    """

    resident: UUID
    number: str
    name: str
    sex: str
    born: int | None
    bed: str
    allergies: tuple[str, ...] | None
    absence: UUID
    left: datetime
    back: datetime
    whither: str
    reason: str
    came_with: str
    hospital: str
    paper: str
    note: str
    seen: Seen | None
    rows: tuple[ReconcileRow, ...]
    due: datetime | None
    round: Round | None
    pressure: Pressure
    signed_by: str
    signed_at: datetime | None

    @property
    def undecided(self) -> tuple[ReconcileRow, ...]:
        return tuple(one for one in self.rows if one.undecided)

    @property
    def alike(self) -> tuple[ReconcileRow, ...]:
        """Undecided ones that both sides write alike: one key keeps them."""
        return tuple(one for one in self.undecided if one.same)

    @property
    def state(self) -> str:
        if self.undecided:
            return OPEN
        return DONE if self.signed_at is not None else TO_SIGN

    def count(self, *decisions: str, new: bool | None = None) -> int:
        """How many were decided so; `new`: of those only the hospital wrote, or only of the others."""
        return sum(
            one.decision is not None and one.decision.decision in decisions and new in (None, one.new)
            for one in self.rows
        )


@dataclass(frozen=True)
class ReconciliationOf(Question[Reconciliation | None]):
    """The last return of a resident, also one without a medicine; None where nobody came back."""

    resident: UUID


@answers(OpenReconciliations)
def open_reconciliations(reader: Reader, question: OpenReconciliations) -> tuple[OpenRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    here = _here(reader, question.resident)
    cases = [one for one in cases_of(reader, here) if _waits(reader, one)] if here else []
    if not cases:
        return ()
    who = named_residents(reader, [one.resident for one in cases])
    where = _whither(reader, cases)
    first = first_held(reader, cases)
    rows = [
        _open_row(reader, one, who[one.resident], where[one.back.absence].whither, first) for one in cases
    ]
    rank = [Pressure.LATE, Pressure.SOON, Pressure.OPEN, Pressure.NONE]
    far = reader.now + timedelta(days=365)
    return tuple(
        sorted(rows, key=lambda one: (rank.index(one.pressure), not one.urgent, one.due or far, one.bed))
    )


@answers(CountReconciliations)
def count_reconciliations(reader: Reader, _question: CountReconciliations) -> int:
    reader.require(Right.READ_RESIDENTS)
    here = _here(reader, None)
    return sum(bool(undecided(reader, one)) for one in cases_of(reader, here)) if here else 0


@answers(ReconciliationOf)
def reconciliation_of(reader: Reader, question: ReconciliationOf) -> Reconciliation | None:
    reader.require(Right.READ_RESIDENTS)
    case = case_of(reader, question.resident, bare=True)
    person = reader.session.get(Resident, question.resident)
    if case is None or person is None:
        return None
    away = _whither(reader, [case])[case.back.absence]
    bed = named_residents(reader, [case.resident])[case.resident].bed
    held = first_held(reader, [case]).get(case.resident)
    record = case.record
    signed = record if finished(reader, case) else None
    rows = _rows(reader, case)
    urgent = any(one.held and one.urgent for one in rows)
    due = held.slot.at if held is not None else None
    open_ = sum(one.undecided for one in rows)
    return Reconciliation(
        resident=case.resident,
        number=person.number,
        name=person.name,
        sex=person.sex,
        born=person.birth_date.year if person.birth_date else None,
        bed=bed,
        allergies=allergies_of(reader, [case.resident]).get(case.resident),
        absence=case.back.absence,
        left=case.back.since,
        back=case.back.ends,
        whither=away.whither,
        reason=away.why,
        came_with="" if record is None else record.came_with,
        hospital="" if record is None else record.hospital,
        paper="" if record is None else record.paper,
        note="" if record is None else record.note,
        seen=None if record is None else Seen(record.rid, record.revision),
        rows=rows,
        due=due,
        round=None if held is None else round_of(held.slot.name),
        pressure=pressure(due, reader.now, reconcile_lists().soon, urgent=urgent, open_=open_),
        signed_by="" if signed is None else signed.doctor_name,
        signed_at=None if signed is None else signed.doctor_at,
    )


def first_held(reader: Reader, cases: Iterable[Case]) -> dict[UUID, Held]:
    """By resident: the first dose after the return of a regular order nobody decided about."""
    hours = hours_of(reader)
    mine = {case.resident: case for case in cases}
    begins = {hours.wall(case.back.ends).date() for case in mine.values()}
    days = sorted({day + timedelta(days=step) for day in begins for step in range(AHEAD)})
    found: dict[UUID, Held] = {}
    for one in derive(reader, list(mine), days):
        case = mine[one.order.resident]
        waits = one.dose is None and one.unreconciled and one.slot.closes >= case.back.ends
        if waits and one.order.rid not in case.decisions:
            found.setdefault(case.resident, one)
    return found


def _rows(reader: Reader, case: Case) -> tuple[ReconcileRow, ...]:
    """Undecided ones first, of them the urgent ones, then those that differ; what is settled keeps its order."""
    after = [one.med_order_after for one in case.decisions.values() if one.med_order_after is not None]
    written = reader.session.scalars(select(MedOrder).where(MedOrder.rid.in_(after), MedOrder.current))
    known = Known(drug_list(reader.session), author_names(reader), {one.rid: one for one in written})
    rows = [row_of(reader, case, one, known) for one in beside(case)]
    return tuple(
        sorted(
            (one for one in rows if not one.over),
            key=lambda one: (not one.undecided, not one.urgent, not one.regular, one.same, one.number or "~"),
        )
    )


def _waits(reader: Reader, case: Case) -> bool:
    """Whether somebody has to do something: a decision, or a doctor's signature."""
    if undecided(reader, case):
        return True
    return bool(case.decisions) and not finished(reader, case)


def _open_row(reader: Reader, case: Case, who: Named, whither: str, first: dict[UUID, Held]) -> OpenRow:
    left = undecided(reader, case)
    lists = reconcile_lists()
    held = [
        one for one in case.orders if regular(one) and one.rid not in case.decisions and not over(one, reader)
    ]
    words = dict.fromkeys(urgent_words(one.facts.get("classes", ()), lists.urgent) for one in held)
    urgent = tuple(word for word in words if word)
    slot = first.get(case.resident)
    due = slot.slot.at if slot is not None else None
    return OpenRow(
        resident=case.resident,
        name=who.name,
        bed=who.bed,
        absence=case.back.absence,
        since=case.back.ends,
        hospital=whither,
        state=OPEN if left else TO_SIGN,
        came_with="" if case.record is None else case.record.came_with,
        undecided=len(left),
        held=len(held),
        total=len(beside(case)),
        urgent=urgent,
        due=due,
        pressure=pressure(due, reader.now, lists.soon, urgent=bool(urgent), open_=len(left)),
        escalated=due is not None and reader.now - due >= lists.escalate,
    )


def _here(reader: Reader, resident: UUID | None) -> list[UUID]:
    """Who lives here and ever came back from hospital, and is not there again: where one station says that somebody is
    back and another does not, they are held, and shown."""
    lay = (Absence.current, Absence.state != "retracted", Absence.code == "hospital")
    back = select(Absence.rid).where(*lay, Absence.ends.is_not(None))
    ended = select(Absence.resident).where(*lay, Absence.ends.is_not(None))
    again = select(Absence.resident).where(*lay, Absence.ends.is_(None), Absence.rid.not_in(back))
    statement = select(Stay.resident).where(in_house(), Stay.resident.in_(ended), Stay.resident.not_in(again))
    if resident is not None:
        statement = statement.where(Stay.resident == resident)
    return list(dict.fromkeys(reader.session.scalars(statement)))


def _whither(reader: Reader, cases: list[Case]) -> dict[UUID, Absence]:
    rids = [one.back.absence for one in cases]
    rows = reader.session.scalars(select(Absence).where(Absence.rid.in_(rids), Absence.current))
    return {row.rid: row for row in rows}
