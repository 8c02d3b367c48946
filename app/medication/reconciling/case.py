"""What is to be reconciled of a resident: the return, the orders of before, the hospital's list, what was decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.ids import named
from app.core.roles import Right
from app.core.unit import Reader, Unit
from app.medication.drugs.catalogue import DrugList, drug_list
from app.medication.lists import windows
from app.medication.returns import last_returns
from app.medication.rules.listed import Listed
from app.medication.rules.reconcile import Return
from app.medication.rules.regime import LONG, PRN, SOS, WHEN_NEEDED
from app.medication.rules.states import CANCELLED, STOPPED
from db.models import Dose, MedDecision, MedOrder, MedReconciliation


@dataclass(frozen=True)
class Case:
    """One return of one resident. `decisions`: by order or by the key of a line; retracted ones are left out.
    `drugs`: the drug list."""

    resident: UUID
    back: Return
    orders: tuple[MedOrder, ...]
    decisions: Mapping[UUID | str, MedDecision]
    record: MedReconciliation | None
    drugs: DrugList

    @property
    def lines(self) -> tuple[Listed, ...]:
        kept = [] if self.record is None else self.record.listed.get("all", [])
        return tuple(Listed.from_kept(one) for one in kept)

    def order(self, rid: UUID) -> MedOrder:
        found = next((one for one in self.orders if one.rid == rid), None)
        if found is None:
            raise Refusal("这条医嘱不在要重整的药里，请刷新。")
        return found

    def line(self, key: str) -> Listed:
        found = next((one for one in self.lines if one.key == key), None)
        if found is None:
            raise Refusal("出院清单里没有这一种药，请刷新。")
        return found


def cases_of(reader: Reader, residents: Collection[UUID] | None = None, *, bare: bool = False) -> list[Case]:
    """The last return of each, with everything known of it. Six statements, however many they are.

    `bare`: also one without a medicine: no order of before, and no list yet.
    """
    backs = last_returns(reader, residents)
    if not backs:
        return []
    orders = orders_of_before(reader, backs)
    absences = [one.absence for one in backs.values()]
    decisions: dict[UUID, dict[UUID | str, MedDecision]] = {}
    found = select(MedDecision).where(
        MedDecision.resident.in_(list(backs)),
        MedDecision.absence.in_(absences),
        MedDecision.current,
        MedDecision.state != "retracted",
    )
    for row in reader.session.scalars(found.order_by(MedDecision.recorded_at)):
        if row.at >= backs[row.resident].ends:
            decisions.setdefault(row.resident, {})[row.med_order or row.item] = row
    lists = select(MedReconciliation).where(
        MedReconciliation.resident.in_(list(backs)),
        MedReconciliation.absence.in_(absences),
        MedReconciliation.current,
        MedReconciliation.state != "retracted",
    )
    records = {
        row.resident: row for row in reader.session.scalars(lists.order_by(MedReconciliation.recorded_at))
    }
    drugs = drug_list(reader.session)
    cases = [
        Case(rid, back, tuple(orders.get(rid, ())), decisions.get(rid, {}), records.get(rid), drugs)
        for rid, back in backs.items()
    ]
    return [one for one in cases if bare or one.orders or one.lines or one.decisions]


def case_of(reader: Reader, resident: UUID, *, bare: bool = False) -> Case | None:
    return next(iter(cases_of(reader, [resident], bare=bare)), None)


def case_for(unit: Unit, resident: UUID, absence: UUID) -> Case:
    """The case an act is about; refuses who may not, and a return that is no more the last one."""
    unit.require(Right.RECONCILE)
    case = case_of(unit, resident, bare=True)
    if case is None:
        raise Refusal("这位老人没有要重整的返院，请刷新。")
    if case.back.absence != absence:
        raise Refusal("老人的住院记录变了，请看新的返院。")
    return case


def record_rid(unit: Reader, absence: UUID) -> UUID:
    return named(unit.settings.institution_id, "med_reconciliation", str(absence))


def decision_rid(unit: Reader, absence: UUID, about: UUID | str) -> UUID:
    return named(unit.settings.institution_id, "med_decision", str(absence), str(about))


def orders_of_before(reader: Reader, backs: Mapping[UUID, Return]) -> dict[UUID, list[MedOrder]]:
    """Orders of before that went on at the return, by number; of those given once, what was not given yet."""
    statement = (
        select(MedOrder)
        .where(
            MedOrder.resident.in_(list(backs)),
            MedOrder.current,
            MedOrder.state != "retracted",
            MedOrder.at < max(one.ends for one in backs.values()),
        )
        .order_by(MedOrder.recorded_at)
    )
    rows = {row.rid: row for row in reader.session.scalars(statement)}
    once = [row.rid for row in rows.values() if row.kind not in (LONG, PRN)]
    given: set[UUID] = set()
    if once:
        doses = select(Dose.med_order).where(
            Dose.med_order.in_(once), Dose.current, Dose.state != "retracted"
        )
        given = set(reader.session.scalars(doses))
    found: dict[UUID, list[MedOrder]] = {}
    for row in sorted(rows.values(), key=lambda one: one.number):
        if row.rid not in given and went_on(row, backs[row.resident]):
            found.setdefault(row.resident, []).append(row)
    return found


def went_on(row: MedOrder, back: Return) -> bool:
    """Whether an order of before could still ask for a dose when the resident came back."""
    if row.at >= back.ends:
        return False
    if row.ends is not None and row.ends <= back.ends:
        return False
    if row.status == CANCELLED and (row.ended_at is None or row.ended_at <= back.ends):
        return False
    if row.kind == SOS:
        return row.begins + windows().sos > back.ends
    if row.kind not in (LONG, PRN):
        return row.begins > back.ends - windows().record_within - timedelta(hours=1)
    return True


def over_at(row: MedOrder, at: datetime) -> bool:
    """As `over`, at a moment that has passed."""
    if row.status == CANCELLED:
        return row.ended_at is None or row.ended_at <= at
    return (row.ends is not None and row.ends <= at) or (row.status == STOPPED and row.ends is None)


def over(row: MedOrder, reader: Reader) -> bool:
    """Nothing of it can be given any more, whatever is decided."""
    if row.status == CANCELLED or (row.ends is not None and row.ends <= reader.now):
        return True
    return row.status == STOPPED and row.ends is None


def regular(row: MedOrder) -> bool:
    """Whether it is held until decided; one for when it is needed is only asked about."""
    return row.kind not in WHEN_NEEDED
