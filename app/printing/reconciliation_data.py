"""From one return from hospital to its 返院用药重整单: the medicines before, at discharge and now, as decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.drugs.catalogue import drug_list
from app.medication.reconciling.case import Case, case_of, orders_of_before, over_at, record_rid
from app.medication.reconciling.matching import beside
from app.medication.reconciling.rows import Asked, DecisionRow, Known, ReconcileRow, row_of
from app.medication.reconciling.signed import covers
from app.medication.rules.listed import NO_LIST, STOPPED, UNWRITTEN
from app.medication.rules.reconcile import CHANGE, DROP, KEEP, STOP, TAKE, Return
from app.printing.journal_sheet_data import whose
from app.printing.mar_data import allergies_said
from app.printing.referral_letter_data import GRAVE
from app.printing.sheets.reconciliation import MedicineLine, ReconciliationPaper, Side
from app.printing.sheets.referral_parts import Told
from app.referrals.filling.medicines import flags_of
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from app.residents.rules.stated import NONE_KNOWN
from db.models import Absence, MedDecision, MedOrder, MedReconciliation

LISTS = {"list": "有清单", "none": "医院写明没有带药", "missing": "没有带回清单"}


@dataclass(frozen=True)
class ReconciliationSheetOf(Question[ReconciliationPaper]):
    """`record`: the time in hospital, or the reconciliation of it; without it the last return."""

    resident: UUID
    record: UUID | None = None


@answers(ReconciliationSheetOf)
def reconciliation_sheet_of(reader: Reader, question: ReconciliationSheetOf) -> ReconciliationPaper:
    """Refuses where nobody came back from hospital, and a return with no medicine to decide about."""
    reader.require(Right.PRINT_RECORDS)
    case, until = _case(reader, question)
    rows = _rows(reader, case, until)
    if not rows and case.record is None:
        raise Refusal("这次返院没有要重整的药，没有重整单可以打印。")
    person, record, zone = chart(reader, Chart(case.resident)), case.record, reader.settings.zone
    undecided = tuple(one.words for one in rows if one.undecided)
    signed = covers(record, case.back.ends, case.decisions.values()) and not undecided
    allergies = allergies_said(person)
    clear = bool(person.allergies) and allergies == NONE_KNOWN
    return ReconciliationPaper(
        whose=whose(reader, person),
        number=f"YYCZ-{person.number}-{local(zone, case.back.ends):%Y%m%d}",
        stay=tuple(_stay(reader, case)),
        allergies=Told("药物过敏史", allergies, red=not clear),
        counted=_counted(rows),
        lines=tuple(_line(reader, case, one) for one in rows),
        undecided=undecided,
        held=sum(one.undecided and one.held for one in rows),
        note="" if record is None else record.note,
        signed=""
        if not signed or record is None or record.doctor_at is None
        else f"{record.doctor_name} 医师　{local(zone, record.doctor_at):%Y-%m-%d %H:%M} 签名完成本次重整",
        printed_at=local(zone, reader.now),
        printed_by=reader.actor.name,
    )


def _case(reader: Reader, question: ReconciliationSheetOf) -> tuple[Case, datetime | None]:
    """The last return, or an earlier one with what was decided of it then, and when the next stay in hospital began."""
    last = case_of(reader, question.resident, bare=True)
    if last is None:
        raise Refusal("这位老人没有住院返回，没有重整单可以打印。")
    back: Return | None = last.back
    until: datetime | None = None
    while back is not None and question.record not in (None, back.absence, record_rid(reader, back.absence)):
        until, back = back.since, back.before
    if back is None:
        raise Refusal("没有找到这次返院。")
    return (last if until is None else _earlier(reader, last, back)), until


def _earlier(reader: Reader, last: Case, back: Return) -> Case:
    decided = reader.session.scalars(
        select(MedDecision)
        .where(MedDecision.absence == back.absence, MedDecision.current, MedDecision.state != "retracted")
        .order_by(MedDecision.recorded_at)
    )
    decisions: dict[UUID | str, MedDecision] = {row.med_order or row.item: row for row in decided}
    orders = {one.rid: one for one in orders_of_before(reader, {last.resident: back}).get(last.resident, ())}
    others = [key for key in decisions if isinstance(key, UUID) and key not in orders]
    found = reader.session.scalars(select(MedOrder).where(MedOrder.rid.in_(others), MedOrder.current))
    orders |= {one.rid: one for one in found}
    record = reader.session.scalar(
        select(MedReconciliation).where(
            MedReconciliation.absence == back.absence,
            MedReconciliation.current,
            MedReconciliation.state != "retracted",
        )
    )
    rows = tuple(sorted(orders.values(), key=lambda one: one.number))
    return replace(last, back=back, orders=rows, decisions=decisions, record=record)


def _rows(reader: Reader, case: Case, until: datetime | None) -> tuple[ReconcileRow, ...]:
    """As they were ordered, then what only the hospital wrote; those for when they are needed last. What nobody decided
    about `until` the next stay in hospital stays undecided, whatever became of it since."""
    after = [one.med_order_after for one in case.decisions.values() if one.med_order_after is not None]
    written = reader.session.scalars(select(MedOrder).where(MedOrder.rid.in_(after), MedOrder.current))
    known = Known(drug_list(reader.session), author_names(reader), {one.rid: one for one in written})
    rows = [row_of(reader, case, one, known) for one in beside(case)]
    if until is not None:
        gone = {one.rid for one in case.orders if over_at(one, until)} - set(case.decisions)
        rows = [replace(one, over=one.order is not None and one.order.rid in gone) for one in rows]
    return tuple(sorted((one for one in rows if not one.over), key=lambda one: (not one.regular, one.new)))


def _stay(reader: Reader, case: Case) -> Iterator[Told]:
    zone, record = reader.settings.zone, case.record
    away = reader.session.scalar(select(Absence).where(Absence.rid == case.back.absence, Absence.current))
    hospital = (away.whither if away is not None else "") or (record.hospital if record is not None else "")
    yield Told("住院", f"{local(zone, case.back.since):%Y-%m-%d %H:%M}")
    yield Told("医院", hospital)
    yield Told("返院", f"{local(zone, case.back.ends):%Y-%m-%d %H:%M}")
    yield Told("住院原因", away.why if away is not None else "")
    yield Told("出院带药", "还没有登记" if record is None else LISTS[record.came_with], red=_no_list(record))
    yield Told("清单来自", "" if record is None else record.hospital)


def _no_list(record: MedReconciliation | None) -> bool:
    return record is None or record.came_with == "missing"


def _counted(rows: tuple[ReconcileRow, ...]) -> str:
    """`共 8 种：保留 4，更改 2，停用 1，新增 1`."""

    def many(*decisions: str, new: bool | None = None) -> int:
        return sum(
            one.decision is not None and one.decision.decision in decisions and new in (None, one.new)
            for one in rows
        )

    counts = (
        ("保留", many(KEEP)),
        ("更改", many(CHANGE, new=False)),
        ("停用", many(STOP)),
        ("新增", many(TAKE, CHANGE, new=True)),
        ("不用", many(DROP)),
    )
    said = "，".join(f"{words} {count}" for words, count in counts if count)
    return f"共 {len(rows)} 种药：{said}。" if rows else "没有要重整的药。"


def _line(reader: Reader, case: Case, one: ReconcileRow) -> MedicineLine:
    zone, decided = reader.settings.zone, one.decision
    order = next((each for each in case.orders if one.order is not None and each.rid == one.order.rid), None)
    needed = "" if one.regular else f"必要时用{_what_for(order)}"
    under = "　".join(filter(None, (one.strength, needed, one.number)))
    return MedicineLine(
        words=one.words,
        under=under,
        marks=tuple(flag.words for flag in flags_of(_facts(case, one, order)) if flag.code in GRAVE),
        before=_side(one.before),
        hospital=_hospital(one),
        after=_after(one, zone),
        decision="" if decided is None else decided.words,
        why="" if decided is None else decided.why,
        who="" if decided is None else "；".join(_who(decided, zone)),
    )


def _what_for(order: MedOrder | None) -> str:
    said = order.prn.get("why") or order.indication if order is not None else ""
    return f"（{said}）" if said else ""


def _facts(case: Case, one: ReconcileRow, order: MedOrder | None) -> Mapping[str, object]:
    """What is known of the medicine: as its order keeps it, else as the drug list says."""
    if order is not None:
        return order.facts
    product = case.drugs.get(one.drug)
    return {} if product is None else {"classes": product.classes}


def _side(asked: Asked | None) -> Side:
    if asked is None:
        return Side("")
    return Side(asked.dose, "；".join(filter(None, (asked.when, asked.note))))


def _hospital(one: ReconcileRow) -> Side:
    """没写不等于停: not written is said loudly, and never looks like stopped."""
    if one.says == UNWRITTEN:
        return Side("清单未写", "没写不等于停", alarm=one.undecided)
    if one.says == NO_LIST or one.hospital is None:
        return Side("没有清单")
    if one.says == STOPPED:
        return Side("出院时停用", one.hospital.note)
    found = _side(one.hospital)
    return replace(found, dose=found.dose or "没写剂量")


def _after(one: ReconcileRow, zone: str) -> Side:
    decided = one.decision
    if decided is None:
        waits = "决定之前不给" if one.held else "" if one.regular else "用之前要写原因"
        return Side("未决定", waits, alarm=True)
    since = f"{local(zone, decided.at):%m-%d %H:%M} 起"
    if decided.decision in (STOP, DROP):
        return Side(decided.words, since if decided.decision == STOP else "")
    if one.after is None:
        return Side("见医嘱单", since)
    found = _side(one.after)
    if decided.decision == KEEP:
        return found
    return replace(found, more="\n".join(filter(None, (found.more, since))))


def _who(decided: DecisionRow, zone: str) -> Iterator[str]:
    """Who decided and when; who wrote it down; who signed it, or until when somebody has to."""
    yield (
        f"{decided.who} 医师　{_when(zone, decided.at)}"
        if decided.who
        else f"{decided.author}　{_when(zone, decided.at)}"
    )
    if decided.author not in (decided.who, decided.signed):
        yield f"{decided.author} 记录"
    if decided.sign_by is not None:
        yield f"待医师签名（{_when(zone, decided.sign_by)} 前）"
    elif decided.signed and decided.signed != decided.who:
        yield f"{decided.signed} 医师签名"


def _when(zone: str, at: datetime) -> str:
    return f"{local(zone, at):%m-%d %H:%M}"
