"""One cell of the month grid whole: what was ordered, every record of it with all its versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.care.derived import hours_of
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.medication.derived import derive, orders_of
from app.medication.giving.after import EFFECTS
from app.medication.lists import reason_words
from app.medication.queries.month_orders import usage_parts
from app.medication.rules.regime import WHEN_NEEDED
from app.medication.rules.slots import DoseState
from app.medication.rules.written import unit_words
from app.vitals.catalogue import is_sign, sign_of
from db.models import Dose, MedOrder

_CHECKED = {"second": "第二人核对", "key": "本人再次核对", "scan": "扫码核对", "alone": "单人核对"}


@dataclass(frozen=True)
class DoseVersion:
    """One version of a record, as it stood: what it said, who wrote it, why it was changed."""

    revision: int
    what: str
    who: str
    at: datetime
    recorded_at: datetime
    reason: str
    retracted: bool
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DoseRecord:
    """One record with its versions, the standing one last. `station` is empty for this one's own."""

    rid: UUID
    station: str
    versions: tuple[DoseVersion, ...]

    @property
    def standing(self) -> DoseVersion:
        return self.versions[-1]


@dataclass(frozen=True)
class CellRow:
    """A cell: the medicine and its usage, what the slot is now, its records. `warning`: why somebody has to look."""

    words: str
    usage: str
    day: date
    name: str
    state: str
    open: bool
    records: tuple[DoseRecord, ...]
    warning: str = ""


@dataclass(frozen=True)
class CellDetail(Question[CellRow]):
    """The cell of an order on a day at a nominal time; empty for an order for when it is needed: all of that day."""

    order: UUID
    day: date
    name: str = ""


@answers(CellDetail)
def cell_detail(reader: Reader, question: CellDetail) -> CellRow:
    reader.require(Right.READ_RESIDENTS)
    resident = reader.session.scalar(
        select(MedOrder.resident).where(MedOrder.rid == question.order, MedOrder.current).limit(1)
    )
    order = orders_of(reader, [resident], hours_of(reader)).get(question.order) if resident else None
    if order is None:
        raise Refusal("没有这条医嘱。")
    records = _records(reader, question)
    row = CellRow(order.words, " ".join(usage_parts(order)), question.day, question.name, "", False, records)
    if order.kind in WHEN_NEEDED:
        return _told(row, f"给药 {len(records)} 次" if records else "这一天没有用药", waits=False)
    slots = derive(reader, [order.resident], [question.day])
    held = next((one for one in slots if one.slot.key == (question.order, question.day, question.name)), None)
    if held is None:
        return _told(row, "这一天没有这次给药", waits=False)
    state = "外出或住院" if held.away else held.state.words
    doubled = held.dose is not None and held.dose.doubled
    contradicts = held.dose is not None and held.dose.contradicts
    warning = (
        "可能重复给药：两处都记了给药"
        if doubled
        else "记录矛盾：一处记给药，另一处记未给"
        if contradicts
        else ""
    )
    return _told(row, state, waits=held.state.open, warning=warning)


def _told(row: CellRow, state: str, *, waits: bool, warning: str = "") -> CellRow:
    return CellRow(row.words, row.usage, row.day, row.name, state, waits, row.records, warning)


def _records(reader: Reader, question: CellDetail) -> tuple[DoseRecord, ...]:
    statement = select(Dose).where(Dose.med_order == question.order, Dose.service_date == question.day)
    if question.name:
        statement = statement.where(Dose.slot == question.name)
    rows = reader.session.scalars(statement.order_by(Dose.at, Dose.rid, Dose.station, Dose.revision)).all()
    names = author_names(reader)
    each = sorted(rows, key=lambda one: (one.rid, one.station, one.revision))
    return tuple(
        DoseRecord(
            rid,
            "" if station == reader.settings.station_number else station,
            tuple(_version(reader.settings.zone, row, names) for row in group),
        )
        for (rid, station), group in groupby(each, key=lambda one: (one.rid, one.station))
    )


def _version(zone: str, row: Dose, names: Mapping[UUID, str]) -> DoseVersion:
    state = DoseState(row.outcome)
    why = reason_words(row.reason_code, row.note if row.reason_code else "")
    what = state.words if not why or state.taken else why
    return DoseVersion(
        revision=row.revision,
        what=what,
        who=names.get(row.author, "别的站点"),
        at=local(zone, row.at),
        recorded_at=local(zone, row.recorded_at),
        reason=row.reason or "",
        retracted=row.state == "retracted",
        facts=tuple((label, words) for label, words in _facts(zone, row, names) if words),
    )


def _facts(zone: str, row: Dose, names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Everything beside what and who, in the order it is looked for."""
    second = names.get(row.second, "别的站点") if row.second else ""
    counter = ""
    if row.counter_by is not None and row.counter_at is not None:
        counter = f"{names.get(row.counter_by, '')} {local(zone, row.counter_at):%m-%d %H:%M}"
    return [
        ("剂量", f"{row.amount} {unit_words(row.unit)}" if row.amount else ""),
        ("核对", " ".join(part for part in (_CHECKED.get(row.check_how, ""), second, row.check_why) if part)),
        ("补签", counter),
        (
            "测量值",
            "、".join(f"{_sign(code)} {value}" for code, value in row.measured.items() if code != "despite"),
        ),
        ("仍给药原因", str(row.measured.get("despite", ""))),
        ("迟给原因", row.late),
        ("部位", row.site),
        ("批号", row.lot),
        ("服药", row.swallowed),
        ("药品来源", {"own": "自备药", "ward": "机构药品"}.get(row.supply, "")),
        ("用药原因", str(row.prn.get("why", ""))),
        ("用药效果", _effect(zone, row.prn, names)),
        ("输液结束", f"{local(zone, row.ended):%m-%d %H:%M}" if row.ended else ""),
        ("备注", "" if row.reason_code else row.note),
    ]


def _effect(zone: str, prn: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    effect = EFFECTS.get(str(prn.get("effect", "")), "")
    if not effect:
        return ""
    when = f"{local(zone, datetime.fromisoformat(prn['effect_at'])):%H:%M}" if prn.get("effect_at") else ""
    who = names.get(UUID(prn["effect_by"]), "") if prn.get("effect_by") else ""
    return " ".join(part for part in (when, effect, str(prn.get("effect_words", "")), who) if part)


def _sign(code: str) -> str:
    return sign_of(code).words if is_sign(code) else code
