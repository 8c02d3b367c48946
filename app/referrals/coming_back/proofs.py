"""What in the chart proves parts of the return assessment: recorded since the resident came back, by whom, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.shelf import instruments
from app.core.clock import date_in
from app.core.unit import Reader
from app.journals.journal_file import shelf
from app.journals.queries.rows import entry_row
from app.referrals.coming_back.lists import Item, lists
from app.referrals.coming_back.reconciled import DONE, NONE, Reconciled
from app.vitals.catalogue import sign_of
from app.vitals.rules.measured import value_words
from db.models import Assessment, Entry, MedOrder, Vital


@dataclass(frozen=True)
class Proof:
    """A record that proves an item; `missing`: what it still lacks, in words, and then it proves nothing yet."""

    words: str
    at: datetime | None = None
    by: str = ""
    kind: str = ""
    record: UUID | None = None
    missing: str = ""


@dataclass(frozen=True)
class Span:
    """Whose records, and since when they count; `returned` is the minute of the return, `absence` the time in
    hospital, also one only the referral knows of; `reconciled` where its medicines stand."""

    resident: UUID
    since: datetime
    returned: datetime
    absence: UUID | None = None
    reconciled: Reconciled = (NONE, None)


def proofs(reader: Reader, span: Span) -> dict[str, Proof]:
    """By the code of the item; one with nothing recorded is left out."""
    seen = _Chart(reader, span)
    found = ((code, _proof(seen, item)) for code, item in lists().items.items())
    return {code: proof for code, proof in found if proof is not None}


class _Chart:
    """What was recorded of a resident since they came back, each kind asked for once."""

    def __init__(self, reader: Reader, span: Span) -> None:
        self.reader, self.span = reader, span
        self.names = author_names(reader)
        self.vitals = self._vitals()
        self.entries = self._entries()
        self.assessments = self._assessments()
        self.orders = self._orders()

    def _vitals(self) -> Mapping[str, Vital]:
        """The first of each sign: it is what they came back with."""
        asked = select(Vital).where(
            Vital.resident == self.span.resident,
            Vital.at >= self.span.since,
            Vital.current,
            Vital.state != "retracted",
            Vital.absent == "",
        )
        found: dict[str, Vital] = {}
        for row in self.reader.session.scalars(asked.order_by(Vital.at).limit(400)):
            found.setdefault(row.code, row)
        return found

    def _entries(self) -> Mapping[str, Entry]:
        wanted = {code for item in lists().items.values() for code in item.journals}
        asked = select(Entry).where(
            Entry.resident == self.span.resident,
            Entry.journal.in_(wanted),
            Entry.at >= self.span.since,
            Entry.current,
            Entry.state != "retracted",
        )
        found: dict[str, Entry] = {}
        for row in self.reader.session.scalars(asked.order_by(Entry.at)):
            found.setdefault(row.journal, row)
        return found

    def _assessments(self) -> Mapping[str, Assessment]:
        wanted = {code for item in lists().items.values() for code in item.instruments}
        asked = select(Assessment).where(
            Assessment.resident == self.span.resident,
            Assessment.instrument.in_(wanted),
            Assessment.assessed_on >= date_in(self.reader.settings.zone, self.span.returned),
            Assessment.at >= self.span.since,
            Assessment.current,
            Assessment.state.not_in(("retracted", "draft")),
            Assessment.undone == "",
        )
        found: dict[str, Assessment] = {}
        for row in self.reader.session.scalars(asked.order_by(Assessment.at)):
            found.setdefault(row.instrument, row)
        return found

    def _orders(self) -> list[MedOrder]:
        asked = select(MedOrder).where(
            MedOrder.resident == self.span.resident,
            MedOrder.at >= self.span.since,
            MedOrder.current,
            MedOrder.state != "retracted",
            MedOrder.status != "cancelled",
        )
        return list(self.reader.session.scalars(asked.order_by(MedOrder.at)))


def _proof(seen: _Chart, item: Item) -> Proof | None:
    if item.reconciliation:
        return _reconciled(seen.span)
    if item.orders and seen.orders:
        first = seen.orders[0]
        more = f" 等 {len(seen.orders)} 条" if len(seen.orders) > 1 else ""
        return Proof(
            f"{first.words}{more}", first.at, seen.names.get(first.author, ""), "med_order", first.rid
        )
    for code in item.instruments:
        if (made := seen.assessments.get(code)) is not None:
            return _assessed(seen, made)
    for journal in item.journals:
        if (entry := seen.entries.get(journal)) is not None:
            told = entry_row(entry, seen.names, seen.reader.today).line
            words = f"{shelf()[journal].title}：{told}" if journal in shelf() else told
            return Proof(words, entry.at, seen.names.get(entry.author, ""), "entry", entry.rid)
    return _measured(seen, item) if item.vitals else None


def _assessed(seen: _Chart, row: Assessment) -> Proof:
    known = instruments(seen.reader.session).get(row.instrument)
    parts = [
        known.short if known else row.instrument,
        f"{row.total} 分" if row.total is not None else "",
        row.finding,
    ]
    words = " ".join(part for part in parts if part)
    return Proof(words, row.at, seen.names.get(row.author, ""), "assessment", row.rid)


def _measured(seen: _Chart, item: Item) -> Proof | None:
    here = [seen.vitals[code] for code in item.vitals if code in seen.vitals]
    if not here:
        return None
    last = max(here, key=lambda one: one.at)
    lacks = [sign_of(code).words for code in item.vitals if code not in seen.vitals]
    words = "，".join(_value(one) for one in here)
    by = seen.names.get(last.author, "")
    return Proof(words, last.at, by, "vital", last.rid, "、".join(lacks))


def _value(row: Vital) -> str:
    sign = sign_of(row.code)
    number = value_words(sign, row.value, row.second, row.words)
    return f"{sign.words} {number}" + (f" {sign.unit}" if sign.unit and row.value is not None else "")


def _reconciled(span: Span) -> Proof | None:
    """Where no medicine is known, before and on the hospital's list, somebody has to say that there is none."""
    state, row = span.reconciled
    if state == DONE and row is not None:
        return Proof("医师已签名", row.doctor_at, row.doctor_name, "med_reconciliation", row.rid)
    return Proof("没有住院，不用重整") if span.absence is None else None
