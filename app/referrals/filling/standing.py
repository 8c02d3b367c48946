"""What holds of a resident and what happened: tubes, wounds, isolation, diet, wishes, risks, falls, notes of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.journals.queries.rows import EntryRow, entry_row
from app.journals.queries.standing import Standing, standing
from app.referrals.filling.filled import Fact
from app.referrals.rules.chart_facts import Event, Wound
from app.residents.queries.risks import risks_of
from app.residents.risk_codes import risk_words
from db.models import Entry, Incident

DAY, THREE_DAYS, WEEK = timedelta(hours=24), timedelta(days=3), timedelta(days=7)
SKIN, FALLS = timedelta(days=180), timedelta(days=90)
FALL_KINDS = frozenset({"fall", "bed_fall"})
_KINDS = {
    "tube": "tube", "isolation": "isolation", "diet": "diet", "restraint": "restraint", "resuscitation": "wish",
}  # fmt: skip
_RED = frozenset({"isolation", "wish", "restraint"})
_OF_A_DAY = ("nursing-note", "intake-output")
_MEALS = frozenset({"food", "tube", "drink"})


@dataclass
class Holds:
    """By kind what holds; the wounds and events of it for the criteria; the entries of the last day."""

    facts: dict[str, list[Fact]] = field(default_factory=dict)
    wounds: list[Wound] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notes: list[EntryRow] = field(default_factory=list)
    labs: list[EntryRow] = field(default_factory=list)
    meal: EntryRow | None = None

    def of(self, *kinds: str) -> tuple[Fact, ...]:
        return tuple(one for kind in kinds for one in self.facts.get(kind, ()))

    def add(self, fact: Fact) -> None:
        self.facts.setdefault(fact.kind, []).append(fact)


def holds(reader: Reader, resident: UUID) -> Holds:
    found = Holds()
    for row in standing(reader, Standing(resident)):
        if row.journal in _KINDS:
            found.add(_fact(row))
    _entries(found, [entry_row(row, {}, reader.today) for row in _newest(_events(reader, resident))])
    for risk in risks_of(reader, (resident,)).get(resident, ()):
        words = risk_words((risk.key,), high=risk.high)
        found.add(Fact("risk", words, None, risk.behind.record, red=risk.high, short=risk.key))
    _incidents(reader, resident, found)
    return found


def _fact(row: EntryRow) -> Fact:
    kind = _KINDS[row.journal]
    oxygen = row.journal == "tube" and row.content.get("kind") == "oxygen"
    short = row.signs[0].words if row.signs else ""
    return Fact("oxygen" if oxygen else kind, row.line, row.at, row.rid, kind in _RED, short)


def _events(reader: Reader, resident: UUID) -> Iterable[Entry]:
    """Skin and laboratory entries that may still say something, notes and intake of the last day; newest first."""
    now = reader.now
    return reader.session.scalars(
        select(Entry)
        .where(
            Entry.resident == resident,
            Entry.current,
            Entry.state != "retracted",
            Entry.at <= now,
            or_(
                and_(Entry.journal == "skin", Entry.at >= now - SKIN),
                and_(Entry.journal == "labs", Entry.at >= now - WEEK),
                and_(Entry.journal.in_(_OF_A_DAY), Entry.at >= now - DAY),
            ),
        )
        .order_by(Entry.at.desc(), Entry.recorded_at.desc())
    )


def _newest(rows: Iterable[Entry]) -> Iterator[Entry]:
    """Of skin entries the latest of each site; all others."""
    sites: set[str] = set()
    for row in rows:
        site = str(row.content.get("site"))
        if row.journal != "skin" or site not in sites:
            yield row
        if row.journal == "skin":
            sites.add(site)


def _entries(found: Holds, rows: Iterable[EntryRow]) -> None:
    for row in rows:
        if row.journal == "skin":
            _skin(found, row)
        elif row.journal == "labs":
            found.labs.append(row)
        elif row.journal == "nursing-note":
            found.notes.append(row)
            found.add(Fact("note", row.line, row.at, row.rid, short=str(row.content.get("kind", ""))))
        elif found.meal is None and row.content.get("kind_in") in _MEALS:
            found.meal = row


def _skin(found: Holds, row: EntryRow) -> None:
    """The latest entry of a site; one that healed is no wound any more."""
    stage = str(row.content.get("stage", ""))
    if stage == "healed":
        return
    photos = row.content.get("photos", ())
    pictures = tuple(photos) if isinstance(photos, tuple) else ()
    found.wounds.append(Wound(stage, row.line, row.at, row.rid, pictures))
    found.add(Fact("wound", row.line, row.at, row.rid, red=stage in ("3", "4", "unstageable", "deep")))


def _incidents(reader: Reader, resident: UUID, found: Holds) -> None:
    rows = reader.session.execute(
        select(
            Incident.rid, Incident.number, Incident.code, Incident.at, Incident.place, Incident.happened,
            Incident.harm, Incident.content,
        )
        .where(
            Incident.resident == resident,
            Incident.current,
            Incident.state != "retracted",
            Incident.at >= reader.now - FALLS,
            Incident.at <= reader.now,
        )
        .order_by(Incident.at.desc())
    )  # fmt: skip
    for row in rows:
        _incident(found, row, reader.now)


def _incident(found: Holds, row: Any, now: datetime) -> None:
    kind, harm = catalogue().kind(row.code).words, catalogue().harm(row.harm).words
    where = "，".join(part for part in (row.place, harm) if part)
    words = f"{kind}（{where}）" if where else kind
    if row.code in FALL_KINDS:
        found.add(Fact("fall", words, row.at, row.rid, red=row.harm not in ("", "none"), short=kind))
    if row.at >= now - THREE_DAYS:
        asked = row.content.get("asked", {})
        event = Event(row.code, row.at, words, row.harm, asked, row.rid, row.happened, row.number)
        found.events.append(event)
        said = "；".join(_done(row.content))
        found.add(Fact("incident", f"{words}：{row.happened}", row.at, row.rid, red=True, short=said))


def _done(content: dict[str, Any]) -> Iterator[str]:
    """What was done about an incident."""
    measures = content.get("measures", ())
    if measures:
        yield "、".join(measures)
    if content.get("done"):
        yield str(content["done"])
