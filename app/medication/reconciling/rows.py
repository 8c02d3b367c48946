"""One medicine of a reconciliation as screens and sheets show it: before, the hospital, now, and who decided what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.unit import Reader
from app.medication.checking.questions import CheckForm, check_form
from app.medication.drugs.catalogue import DrugList
from app.medication.facts import strength_of
from app.medication.lists import frequency_words
from app.medication.orders.entry_form import Typed, typed_again
from app.medication.orders.forms import OrderForm
from app.medication.queries.order_rows import when_words
from app.medication.reconciling.case import Case, over, regular
from app.medication.reconciling.lists import reconcile_lists
from app.medication.reconciling.matching import Beside
from app.medication.rules.dosing import SAME, dosing_words
from app.medication.rules.listed import SAME_AS, Listed
from app.medication.rules.reconcile import CHANGE, DROP, KEEP, STOP, TAKE, WORDS, urgent_words
from app.medication.rules.regime import LONG
from app.residents.stating import Seen
from db.models import MedDecision, MedOrder


@dataclass(frozen=True)
class Asked:
    """What one side asks for: `2.5 mg`, `每日一次 18:00`, and what else is said."""

    dose: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class DecisionRow:
    """A decision that stands. `sign_by`: until when a doctor signs it, None once one did, and who did: `signed`;
    `undo`: until when it may be taken back without words."""

    seen: Seen
    decision: str
    words: str
    who: str
    author: str
    why: str
    at: datetime
    sign_by: datetime | None
    signed: str
    undo: datetime | None
    moved: bool


@dataclass(frozen=True)
class ReconcileRow:
    """One medicine. `key`: the order or the line; `says`: what the hospital says of an order (`rules.listed`).

    `held`: a regular order that stands 待重整; `urgent`: why it must not wait; `findings`: what the checks say of
    taking it; `typed`: what the form of a change or a new order begins with.
    """

    key: str
    order: Seen | None
    number: str
    line: Listed | None
    drug: str
    words: str
    strength: str
    high_alert: bool
    urgent: str
    regular: bool
    held: bool
    over: bool
    says: str
    before: Asked | None
    hospital: Asked | None
    after: Asked | None
    decision: DecisionRow | None
    findings: tuple[str, ...]
    typed: Typed

    @property
    def new(self) -> bool:
        """Only the hospital wrote it."""
        return self.order is None

    @property
    def undecided(self) -> bool:
        return self.decision is None and not self.over

    @property
    def same(self) -> bool:
        return self.says == SAME_AS


@dataclass(frozen=True)
class Known:
    """What rows are told with: the drug list, names of people, the orders that decisions wrote."""

    listed: DrugList
    names: Mapping[UUID, str]
    written: Mapping[UUID, MedOrder]


def row_of(reader: Reader, case: Case, one: Beside, known: Known) -> ReconcileRow:
    order, line = one.order, one.line
    decided = case.decisions.get(one.key)
    drug = order.drug if order is not None else line.drug if line is not None else ""
    product = known.listed.get(drug)
    facts = order.facts if order is not None else {}
    classes = (
        facts.get("classes", ()) if order is not None else product.classes if product is not None else ()
    )
    high = bool(facts.get("high_alert")) if order is not None else product is not None and product.high_alert
    strength = strength_of(facts) if order is not None else "" if product is None else product.size
    return ReconcileRow(
        key=str(one.key),
        order=None if order is None else Seen(order.rid, order.revision),
        number="" if order is None else order.number,
        line=line,
        drug=drug,
        words=one.words,
        strength=strength,
        high_alert=high,
        urgent=urgent_words(classes, reconcile_lists().urgent),
        regular=order is None or regular(order),
        held=order is not None
        and regular(order)
        and order.rid not in case.back.kept
        and not over(order, reader),
        over=order is not None and decided is None and over(order, reader),
        says=one.says,
        before=None if order is None else order_asks(order),
        hospital=None if line is None else line_says(line),
        after=_after(order, decided, known),
        decision=None if decided is None else _decision(reader, decided, known),
        findings=()
        if order is not None or decided is not None or line is None
        else _findings(reader, case, line),
        typed=_typed(order, line, case),
    )


def order_asks(row: MedOrder) -> Asked:
    return Asked(dosing_words(row.dosing, row.dose_unit), when_words(row), row.note)


def line_says(line: Listed) -> Asked:
    course = f"共 {line.days} 天" if line.days else ""
    often = " ".join(
        part for part in (frequency_words(line.frequency) if line.frequency else "", line.times) if part
    )
    return Asked(line.dose, often, "，".join(part for part in (course, line.note) if part))


def _after(order: MedOrder | None, decided: MedDecision | None, known: Known) -> Asked | None:
    """What is asked for from the decision on; None before one, and where nothing is."""
    if decided is None or decided.decision in (STOP, DROP):
        return None
    if decided.decision == KEEP:
        return None if order is None else order_asks(order)
    fresh = known.written.get(decided.med_order_after) if decided.med_order_after is not None else None
    return None if fresh is None else order_asks(fresh)


def _decision(reader: Reader, row: MedDecision, known: Known) -> DecisionRow:
    until = row.recorded_at + reconcile_lists().undo
    mine = row.author == reader.actor.rid and reader.now <= until
    return DecisionRow(
        seen=Seen(row.rid, row.revision),
        decision=row.decision,
        words=WORDS[row.decision],
        who=row.doctor_name,
        author=known.names.get(row.author, "别的站点"),
        why=row.why,
        at=row.at,
        sign_by=row.doctor_by if row.doctor_at is None else None,
        signed=known.names.get(row.doctor, "别的站点") if row.doctor is not None and row.doctor_at else "",
        undo=until if mine else None,
        moved=row.decision in (CHANGE, STOP, TAKE),
    )


def _findings(reader: Reader, case: Case, line: Listed) -> tuple[str, ...]:
    """What the checks say of a medicine before it is taken: 头孢 × 青霉素过敏."""
    if not line.drug:
        return ()
    form = OrderForm(
        line.drug, {"way": SAME, "amount": line.dose}, frequency=line.frequency or "qd", days=line.days
    )
    found = check_form(reader, CheckForm(case.resident, form))
    return tuple(one.title for one in found if one.severity.needs_reason)


def _typed(order: MedOrder | None, line: Listed | None, case: Case) -> Typed:
    """The old order with what the hospital changed, or the hospital's line as an order."""
    said = {} if line is None else _line_values(line)
    hospital = "" if case.record is None else case.record.hospital
    source = {"origin": "hospital", "hospital": f"{hospital} 出院医嘱".strip()} if line is not None else {}
    if order is None:
        drug = "" if line is None else line.drug
        return Typed(drug, {"kind": LONG, "way": SAME, **said, **source})
    old = typed_again(order)
    if line is None or order.kind != LONG:
        return old
    if "frequency" in said and said["frequency"] != old.values.get("frequency"):
        old = Typed(old.drug, {**old.values, "times": ""}, old.rows)
    return Typed(line.drug or old.drug, {**old.values, **said, **source, "way": SAME}, ())


def _line_values(line: Listed) -> dict[str, str]:
    said = {
        "amount": line.dose, "frequency": line.frequency, "times": line.times, "days": line.days, "route": line.route,
        "note": line.note,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value}
