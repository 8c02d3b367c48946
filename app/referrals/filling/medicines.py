"""Current medicines with their last dose to the minute, and what became of doses in the last day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.care.derived import hours_of
from app.care.spans import absences_of
from app.core.clock import local
from app.core.unit import Reader
from app.medication.derived import TAKEN
from app.medication.drugs.classes import classes, widened
from app.medication.giving.after import EFFECTS
from app.medication.lists import frequency_words, reason_words
from app.medication.queries.order_rows import Known, OrderRow, order_row
from app.medication.returns import returns_of
from app.medication.rules.regime import LONG, WHEN_NEEDED
from app.medication.rules.slots import DoseState
from app.medication.rules.states import Standing
from app.medication.unrecorded import blank_slots
from app.referrals.criteria import book
from app.referrals.filling.filled import DoseLine, Flag, Medicine
from app.referrals.rules.trend import moment_words
from db.models import Dose, MedOrder

BACK, DAY = timedelta(days=7), timedelta(hours=24)
"""How far back doses are read in one go; what was given longer ago is asked for by order."""
RUNS = frozenset({Standing.CHECKED, Standing.RUNNING, Standing.PAUSED})
UNSAID = "未记录"
HIGH_ALERT, CRITICAL = Flag("high_alert", "高警示"), Flag("time_critical", "须按时")
_COLUMNS: tuple[Any, ...] = (
    Dose.rid, Dose.med_order, Dose.at, Dose.outcome, Dose.kind, Dose.amount, Dose.unit, Dose.reason_code, Dose.note,
    Dose.prn, Dose.service_date, Dose.slot,
)  # fmt: skip
_TOLD = {"refused", "missed", "held", "not_given", "partial"}


@dataclass(frozen=True)
class Taken:
    """What a resident takes, and what happened with it in the last day."""

    medicines: tuple[Medicine, ...]
    doses: tuple[DoseLine, ...]
    flags: Mapping[str, str]  # flag → the first medicine that has it
    stopped: frozenset[str]  # flags only of medicines that are over and still work


def taken(reader: Reader, resident: UUID) -> Taken:
    rows = {row.rid: row for row in reader.session.scalars(_orders(reader, resident))}
    doses = defaultdict(list)
    for dose in reader.session.execute(_doses(reader, resident)):
        doses[dose.med_order].append(dose)
    known = Known({}, Counter({order: len(found) for order, found in doses.items()}), {})
    orders = {rid: order_row(reader, row, known) for rid, row in rows.items()}
    running = [rid for rid, order in orders.items() if order.standing in RUNS]
    over = [rid for rid, order in orders.items() if _still_works(reader.now, rows[rid], order, doses[rid])]
    older = _older(reader, [rid for rid in running if not any(one.outcome in TAKEN for one in doses[rid])])
    shown = Shown(reader.settings.zone, reader.now)
    held = _held(reader, [rows[rid] for rid in running])
    blank = _blank(reader, resident, {rid for rid in running if rid not in held})
    medicines = [
        replace(
            _medicine(
                rows[rid], orders[rid], shown.since(shown.last(doses[rid], older.get(rid)), blank.get(rid))
            ),
            unsettled=rid in held,
        )
        for rid in running
    ]
    medicines += [
        _medicine(rows[rid], orders[rid], shown.last(doses[rid], None), shown.over(orders[rid]))
        for rid in over
    ]
    medicines.sort(key=lambda one: (one.over, one.prn, not one.flags, one.number))
    flags: dict[str, str] = {}
    stopped = set[str]()
    for medicine in medicines:
        for flag in medicine.flags:
            if flag.code not in flags and medicine.over:
                stopped.add(flag.code)
            flags.setdefault(flag.code, medicine.words)
    lines = [*_lines(shown, doses, rows), *_unsaid(shown, blank, rows)]
    lines.sort(key=lambda one: one.at, reverse=True)
    return Taken(tuple(medicines), tuple(lines), flags, frozenset(stopped))


@dataclass(frozen=True)
class Last:
    """The last dose: when, how it is told, how much, and what happened since."""

    at: datetime | None
    words: str
    amount: str = ""
    after: str = ""


@dataclass(frozen=True)
class Shown:
    """How moments are written: by the institution's clock, as of now."""

    zone: str
    now: datetime

    def moment(self, at: datetime) -> str:
        return moment_words(local(self.zone, at), local(self.zone, self.now))

    def last(self, doses: Iterable[Any], older: datetime | None) -> Last:
        """Of the doses of an order, the newest that is in the resident, and the newest since that is not."""
        ordered = sorted(doses, key=lambda one: one.at)
        given = next((one for one in reversed(ordered) if one.outcome in TAKEN), None)
        if given is None and older is not None:
            return Last(older, f"{self.moment(older)} 已给药", "", self._after(ordered, older))
        if given is None:
            return Last(None, "没有给药记录", "", self._after(ordered, None))
        words = f"{self.moment(given.at)} {DoseState(given.outcome).words}"
        amount = f"{given.amount} {given.unit}".strip()
        return Last(given.at, words, amount, self._after(ordered, given.at))

    def over(self, order: OrderRow) -> str:
        """`已停（08:30）` of one that is over; of one for once that it is done."""
        if order.kind not in (LONG, *WHEN_NEEDED):
            return "一次，已用"
        return f"已停（{self.moment(order.ends)}）" if order.ends is not None else "已停"

    def since(self, last: Last, blank: datetime | None) -> Last:
        """With a time of which nobody has said anything, where that is later: it may have been given."""
        if blank is None or (last.at is not None and blank <= last.at):
            return last
        after = "，".join(part for part in (last.after, f"{self.moment(blank)} {UNSAID}") if part)
        return replace(last, after=after)

    def _after(self, ordered: Iterable[Any], at: datetime | None) -> str:
        since = [one for one in ordered if one.outcome not in TAKEN and (at is None or one.at > at)]
        return f"{self.moment(since[-1].at)} {not_taken(since[-1])}" if since else ""


def not_taken(dose: Any) -> str:
    """`拒服`, `未给（呕吐）`."""
    state = DoseState(dose.outcome).words
    why = reason_words(dose.reason_code, dose.note)
    return f"{state}（{why}）" if why and why != state else state


def _still_works(now: datetime, row: MedOrder, order: OrderRow, doses: Iterable[Any]) -> bool:
    """Whether an order is over and was taken so lately that whoever takes the resident over has to know. One for once
    only where its flag says so: it stands among the doses."""
    taken = [one.at for one in doses if one.outcome in TAKEN]
    if not order.standing.over or not taken:
        return False
    codes = {flag.code for flag in flags_of(row.facts)}
    hours = [one.stopped_hours for one in book().flags if one.code in codes]
    if row.kind in (LONG, *WHEN_NEEDED):
        hours.append(book().stopped_hours)
    longest = timedelta(hours=max(hours, default=0))
    return bool(now - max(taken) <= longest)


def flags_of(facts: Mapping[str, Any]) -> tuple[Flag, ...]:
    """Why a medicine matters on the way, by the classes its order keeps."""
    known = [key for key in facts.get("classes", ()) if key in classes()]
    wide = set(widened(known))
    found = [Flag(one.code, one.words) for one in book().flags if not wide.isdisjoint(one.classes)]
    found += [HIGH_ALERT] if facts.get("high_alert") else []
    return tuple(found + ([CRITICAL] if facts.get("time_critical") else []))


def _orders(reader: Reader, resident: UUID) -> Any:
    """Those that may run, and those for once of the last days."""
    return (
        select(MedOrder)
        .where(
            MedOrder.resident == resident,
            MedOrder.current,
            MedOrder.state != "retracted",
            MedOrder.status.in_(("checked", "paused", "stopped")),
            (MedOrder.ends.is_(None)) | (MedOrder.ends > reader.now - BACK),
            (MedOrder.kind.in_((LONG, *WHEN_NEEDED))) | (MedOrder.begins > reader.now - BACK),
        )
        .order_by(MedOrder.number)
    )


def _doses(reader: Reader, resident: UUID) -> Any:
    return select(*_COLUMNS).where(
        Dose.resident == resident,
        Dose.at > reader.now - BACK,
        Dose.at <= reader.now,
        Dose.current,
        Dose.state != "retracted",
    )


def _older(reader: Reader, orders: list[UUID]) -> dict[UUID, datetime]:
    """When each of these was given last, longer ago."""
    if not orders:
        return {}
    statement = select(Dose.med_order, func.max(Dose.at, type_=Dose.at.type)).where(
        Dose.med_order.in_(orders), Dose.current, Dose.state != "retracted", Dose.outcome.in_(TAKEN)
    )
    return {row[0]: row[1] for row in reader.session.execute(statement.group_by(Dose.med_order))}


@dataclass(frozen=True)
class _Written:
    """An order as returns from hospital are asked about."""

    resident: UUID
    written: datetime


def _held(reader: Reader, rows: list[MedOrder]) -> frozenset[UUID]:
    """Those that stand 待重整 since a return from hospital."""
    people = {row.resident for row in rows}
    asked = [_Written(row.resident, row.at) for row in rows]
    backs = returns_of(reader, asked, absences_of(reader, people)) if people else {}
    return frozenset(
        row.rid for row in rows if row.resident in backs and backs[row.resident].holds(row.rid, row.at)
    )


def _blank(reader: Reader, resident: UUID, orders: set[UUID]) -> dict[UUID, datetime]:
    """Of these orders the newest time of today or yesterday that is past and of which nobody said anything."""
    days = (reader.today - timedelta(days=1), reader.today)
    found: dict[UUID, datetime] = {}
    for slot in blank_slots(reader, hours_of(reader), (resident,), days):
        order = slot.key[0]
        if order in orders and slot.at <= reader.now:
            found[order] = max(slot.at, found.get(order, slot.at))
    return found


def _unsaid(
    shown: Shown, blank: Mapping[UUID, datetime], rows: Mapping[UUID, MedOrder]
) -> Iterator[DoseLine]:
    """Times of the last day of which nobody said anything, as lines."""
    for order, at in blank.items():
        if at > shown.now - DAY:
            words = rows[order].words
            yield DoseLine(order, order, words, at, "unrecorded", f"{shown.moment(at)} {words} {UNSAID}")


def _medicine(row: MedOrder, order: OrderRow, last: Last, over: str = "") -> Medicine:
    prn = row.kind in WHEN_NEEDED
    often = "必要时" if prn else frequency_words(row.frequency) if row.kind == LONG else "一次"
    return Medicine(
        order=row.rid,
        number=row.number,
        words=row.words,
        dose=f"{order.dose}（{order.pieces}）" if order.pieces else order.dose,
        route=order.route,
        frequency=over or often,
        kind=row.kind,
        last=last.words,
        last_given=last.at,
        last_amount=last.amount,
        after=last.after,
        times=() if over else tuple(row.times),
        flags=flags_of(row.facts),
        prn=prn,
        paused=order.standing is Standing.PAUSED,
        unsigned=order.unsigned_by is not None,
        own_supply=row.own_supply,
        indication=order.indication,
        over=bool(over),
    )


def _lines(shown: Shown, doses: Mapping[UUID, list[Any]], rows: Mapping[UUID, MedOrder]) -> list[DoseLine]:
    """What a hospital should know of the last day: given when needed or once, and what was not taken."""
    found = []
    for rid, given in doses.items():
        row = rows.get(rid)
        for dose in given:
            if row is None or dose.at <= shown.now - DAY:
                continue
            once = row.kind != LONG
            if dose.outcome in TAKEN and (once or dose.kind == "prn"):
                what = "prn" if dose.kind == "prn" else "once"
                found.append(DoseLine(dose.rid, rid, row.words, dose.at, what, _given(shown, dose, row)))
            elif dose.outcome in _TOLD:
                said = f"{shown.moment(dose.at)} {row.words} {not_taken(dose)}"
                found.append(DoseLine(dose.rid, rid, row.words, dose.at, dose.outcome, said))
    return found


def _given(shown: Shown, dose: Any, row: MedOrder) -> str:
    """`13:20 布洛芬片 0.2 g（发热；效果：缓解）`."""
    amount = f" {dose.amount} {dose.unit}".rstrip()
    why = str(dose.prn.get("why") or row.indication or "")
    effect = EFFECTS.get(dose.prn.get("effect", ""), "")
    more = "；".join(part for part in (why, f"效果：{effect}" if effect else "") if part)
    return f"{shown.moment(dose.at)} {row.words}{amount}" + (f"（{more}）" if more else "")
