"""One order as screens show it: what it asks for in words, what it is called now, who ordered, checked and ended it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.access.names import author_names
from app.care.rules import weekdays_words
from app.core.unit import Reader
from app.medication.facts import pieces_of, strength_of
from app.medication.lists import MEALS, frequency_words, route_of, windows
from app.medication.orders.forms import ORIGINS
from app.medication.rules.amounts import pieces_words
from app.medication.rules.dosing import SAME, dosing_words
from app.medication.rules.regime import KINDS, LONG, WHEN_NEEDED
from app.medication.rules.states import Course, Standing, standing_of
from app.residents.stating import Seen
from db.models import Dose, MedOrder

_NO_PIECES = ("mL", "支", "U", "g")


@dataclass(frozen=True)
class FoundRow:
    """What a check said when the order was written, and what was answered."""

    severity: str
    words: str
    reason: str


@dataclass(frozen=True)
class OrderRow:
    """One order. `dose`: `5 mg`, `早12 U、晚8 U`; `pieces`: `1 片`; `when`: frequency, times, days and meal in words.

    `unsigned_by`: until when a doctor has to sign it, None once one did; `late`: that time is over. `mine`: who asks
    wrote or signed it and so does not check it. `runs`: it may still ask for doses.
    """

    seen: Seen
    resident: UUID
    number: str
    kind: str
    status: str
    standing: Standing
    drug: str
    words: str
    strength: str
    dose: str
    pieces: str
    route: str
    when: str
    begins: datetime
    ends: datetime | None
    indication: str
    note: str
    origin: str
    hospital: str
    own_supply: bool
    high_alert: bool
    control: str
    skin_test: bool
    at: datetime
    writer: str
    doctor: str
    doctor_at: datetime | None
    unsigned_by: datetime | None
    late: bool
    verbal: str
    checked_by: str
    checked_at: datetime | None
    paused_since: datetime | None
    ended_by: str
    ended_at: datetime | None
    ended_why: str
    replaces: UUID | None
    findings: tuple[FoundRow, ...]
    mine: bool

    @property
    def kind_words(self) -> str:
        return KINDS[self.kind]

    @property
    def runs(self) -> bool:
        return not self.standing.over

    @property
    def title(self) -> str:
        """`氨氯地平片 5 mg/片`."""
        return " ".join(part for part in (self.words, self.strength) if part)

    @property
    def asks(self) -> str:
        """`5 mg（1 片） 口服 每日一次 08:00 餐后`: dose, route and time, as a confirmation repeats them."""
        dose = f"{self.dose}（{self.pieces}）" if self.pieces else self.dose
        return "　".join(part for part in (dose, self.route, self.when) if part)


def order_rows(reader: Reader, *where: ColumnElement[bool]) -> list[OrderRow]:
    """The orders that stand and meet every condition, in the order they were numbered. Four statements."""
    statement = select(MedOrder).where(MedOrder.current, MedOrder.state != "retracted", *where)
    found = {row.rid: row for row in reader.session.scalars(statement.order_by(MedOrder.recorded_at))}
    rows = sorted(found.values(), key=lambda row: row.number)
    names = author_names(reader)
    counts, writers = _counts(reader, found), writers_of(reader, found)
    return [order_row(reader, row, Known(names, counts, writers)) for row in rows]


@dataclass(frozen=True)
class Known:
    """What the rows need besides the order: names, doses recorded by order, who wrote each first."""

    names: Mapping[UUID, str]
    counts: Mapping[UUID, int]
    writers: Mapping[UUID, UUID]


def order_row(reader: Reader, row: MedOrder, known: Known) -> OrderRow:
    """The revision `row` of an order as it reads now."""
    course = Course(row.kind, row.status, row.begins, row.ends, known.counts.get(row.rid, 0))
    writer = known.writers.get(row.rid, row.author)
    unsigned = row.doctor_by if row.doctor_at is None and row.status != "cancelled" else None
    return OrderRow(
        seen=Seen(row.rid, row.revision),
        resident=row.resident,
        number=row.number,
        kind=row.kind,
        status=row.status,
        standing=standing_of(course, reader.now, windows().sos),
        unsigned_by=unsigned,
        late=unsigned is not None and unsigned < reader.now,
        mine=reader.actor.rid in (writer, row.doctor),
        writer=known.names.get(writer, "别的站点"),
        **_medicine(row),
        **_written(row, known.names),
    )


def _medicine(row: MedOrder) -> dict[str, Any]:
    """What it asks for, in words."""
    facts = row.facts
    return {
        "drug": row.drug,
        "words": row.words,
        "strength": strength_of(facts),
        "dose": dosing_words(row.dosing, row.dose_unit),
        "pieces": pieces_said(row),
        "route": route_of(row.route).words,
        "when": when_words(row),
        "begins": row.begins,
        "ends": row.ends,
        "indication": row.indication or str(row.prn.get("why") or ""),
        "note": row.note,
        "own_supply": row.own_supply,
        "high_alert": bool(facts.get("high_alert")),
        "control": str(facts.get("control") or ""),
        "skin_test": bool(facts.get("skin_test")),
    }


def _written(row: MedOrder, names: Mapping[UUID, str]) -> dict[str, Any]:
    """Where it comes from, who signed, checked and ended it, what the checks said."""
    spans = row.pauses.get("spans", [])
    return {
        "origin": ORIGINS.get(row.origin, row.origin),
        "hospital": row.hospital,
        "at": row.at,
        "doctor": row.doctor_name,
        "doctor_at": row.doctor_at,
        "verbal": _verbal(row, names),
        "checked_by": names.get(row.checked_by, "") if row.checked_by else "",
        "checked_at": row.checked_at,
        "paused_since": datetime.fromisoformat(spans[-1][0]) if row.status == "paused" and spans else None,
        "ended_by": names.get(row.ended_by, "") if row.ended_by else "",
        "ended_at": row.ended_at,
        "ended_why": row.ended_why,
        "replaces": row.replaces,
        "findings": tuple(_found(one) for one in row.found.get("findings", ())),
    }


def _found(one: Mapping[str, Any]) -> FoundRow:
    words = f"{one.get('title', '')}：{one.get('words', '')}"
    return FoundRow(str(one.get("severity", "")), words, str(one.get("reason", "")))


def when_words(row: Any) -> str:
    """`每日两次 08:00 17:30 餐后`; `每周一次 周一 08:00`; a PRN order says its limits. `row`: an order, or columns."""
    if row.kind in WHEN_NEEDED:
        gap, most = row.prn.get("gap_minutes"), row.prn.get("most")
        said = [f"间隔≥{_span(gap)}" if gap else "", f"24小时最多{most}次" if most else ""]
        return " ".join(["必要时", *(part for part in said if part)])
    meal = MEALS.get(row.meal, "")
    if row.kind != LONG:
        return " ".join(part for part in ("一次", meal) if part)
    days = weekdays_words(row.weekdays) if row.weekdays else ""
    first = f"首日{row.first_count}次" if row.first_count is not None else ""
    parts = (frequency_words(row.frequency), days, " ".join(row.times), meal, first)
    return " ".join(part for part in parts if part)


def writers_of(reader: Reader, orders: Iterable[UUID]) -> dict[UUID, UUID]:
    """Who wrote the first revision of each."""
    statement = select(MedOrder.rid, MedOrder.author).where(
        MedOrder.rid.in_(list(orders)), MedOrder.revision == 1
    )
    return {row[0]: row[1] for row in reader.session.execute(statement)}


def _counts(reader: Reader, orders: Iterable[UUID]) -> dict[UUID, int]:
    statement = (
        select(Dose.med_order, func.count())
        .where(Dose.med_order.in_(list(orders)), Dose.current, Dose.state != "retracted")
        .group_by(Dose.med_order)
    )
    return {row[0]: row[1] for row in reader.session.execute(statement)}


def pieces_said(row: Any) -> str:
    """`1 片` beside a dose said in milligrams; empty where that says nothing."""
    unit = str(row.facts.get("unit") or "")
    if row.dosing["way"] != SAME or row.dose_unit == unit or unit in _NO_PIECES:
        return ""
    pieces = pieces_of(row.facts, Decimal(row.dosing["amount"]), row.dose_unit)
    return "" if pieces is None else f"{pieces_words(pieces)} {unit}"


def _verbal(row: MedOrder, names: Mapping[UUID, str]) -> str:
    """`口头医嘱：陈永康下达，林晓燕复述，周敏听到`."""
    said: dict[str, Any] = row.verbal
    if not said:
        return ""
    heard = said.get("heard_by")
    aside = f"{names.get(UUID(heard), '')}听到" if heard else f"仅一人：{said.get('alone', '')}"
    reader = said.get("read_back_by")
    back = f"{names.get(UUID(reader), '')}复述" if reader else ""
    return "口头医嘱：" + "，".join(part for part in (f"{said.get('said_by', '')}下达", back, aside) if part)


def _span(minutes: int) -> str:
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"
