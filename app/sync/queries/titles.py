"""What a record is called where it is listed: its kind and whose it is, who wrote the revision, where it is opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from app.access.fhir import station_rid
from app.assessments.fhir.furnished import furnished, instrument_of
from app.assessments.fhir.instrument import known_instruments
from app.core.roles import PLATFORM
from app.core.unit import Reader
from app.medication.fhir.drug import shipped
from app.registry import RECORDS
from db.base import Clinical
from db.models import Assessment, OwnDrug, OwnInstrument, Place, RegisterVersion, Resident, Staff

Key = tuple[str, UUID]
Stated = tuple[str, UUID, int, str]
"""A revision: kind, record, number, station."""

_TABLELESS = {"institution": "机构", "station": "站点", "instrument": "量表", "drug": "药品"}
_STRETCH = 400
_OF_RESIDENT: dict[str, Any] = {
    record.kind: record.model
    for record in RECORDS.values()
    if record.model is not None and hasattr(record.model, "resident")
}

_NAMED: dict[str, tuple[Any, Any]] = {
    "staff": (Staff.rid, Staff.name),
    "own_instrument": (OwnInstrument.rid, OwnInstrument.title),
    "own_drug": (OwnDrug.rid, OwnDrug.words),
}


@dataclass(frozen=True)
class Title:
    """`words`: 能力评估 · 欧阳淑华. `subject` is the second half alone, `place` where it is opened (empty: nowhere)."""

    kind: str
    subject: str = ""
    place: str = ""
    record: UUID | None = None

    @property
    def words(self) -> str:
        return f"{self.kind} · {self.subject}" if self.subject else self.kind


def kind_title(kind: str) -> str:
    """What a record kind is called."""
    known = RECORDS.get(kind)
    return known.title if known else _TABLELESS.get(kind, kind)


def titles(reader: Reader, keys: Collection[Key]) -> dict[Key, Title]:
    """What many records are called, in a question or two a kind; unknown ones by their kind alone."""
    found: dict[Key, Title] = {}
    for kind in {kind for kind, _ in keys}:
        rids = [rid for one, rid in keys if one == kind]
        for some in _stretches(rids):
            found.update({(kind, rid): title for rid, title in _of_kind(reader, kind, some)})
    return {key: found.get(key) or Title(kind_title(key[0])) for key in keys}


def authors(reader: Reader, stated: Collection[Stated]) -> dict[Stated, str]:
    """Who wrote each revision, by name; empty where it is not known here."""
    rids: dict[Stated, UUID] = {}
    with_tables = {kind for kind, record in RECORDS.items() if record.model is not None}
    for kind in {one[0] for one in stated} & with_tables:
        of_kind = [one for one in stated if one[0] == kind]
        for some in _stretches(of_kind):
            rids.update(_authors(reader, kind, some))
    people = _names(reader, set(rids.values()))
    people[PLATFORM.rid] = PLATFORM.name
    return {one: people.get(rids[one], "") if one in rids else "" for one in stated}


def _of_kind(reader: Reader, kind: str, rids: list[UUID]) -> Iterator[tuple[UUID, Title]]:
    ask, title = reader.session.execute, kind_title(kind)
    if kind in _TABLELESS:
        made = _made(reader, kind)
        yield from ((rid, Title(title, *made[rid])) for rid in rids if rid in made)
    elif kind == "resident":
        for rid, name in ask(select(Resident.rid, Resident.name).where(Resident.rid.in_(rids))):
            yield rid, Title(title, name, "chart", rid)
    elif kind in _NAMED:
        record, called = _NAMED[kind]
        for rid, name in ask(select(record, called).where(record.in_(rids))):
            yield rid, Title(title, name)
    elif kind == "place":
        for rid, name, label in ask(select(Place.rid, Place.name, Place.label).where(Place.rid.in_(rids))):
            yield rid, Title(title, label or name)
    elif kind in _OF_RESIDENT:
        yield from _of_resident(reader, kind, rids)


def _made(reader: Reader, kind: str) -> dict[UUID, tuple[str, str]]:
    """Records without a table: what they are called and where they are opened."""
    now = reader.settings
    if kind == "instrument":
        return {rid: (one.title, "") for rid, one in known_instruments(reader).items()}
    if kind == "drug":
        return {rid: (one.title, "") for rid, one in shipped(reader).items()}
    if kind == "institution":
        return {now.institution_id: (now.institution_name, "settings")}
    named = f"{now.station_number} {now.station_name}".strip()
    return {station_rid(now.institution_id, now.station_number): (named, "settings")}


def _of_resident(reader: Reader, kind: str, rids: list[UUID]) -> Iterator[tuple[UUID, Title]]:
    model = _OF_RESIDENT[kind]
    more = (Assessment.instrument, Assessment.instrument_version) if kind == "assessment" else ()
    house = furnished(reader) if more else None
    statement = select(model.rid, Resident.rid, Resident.name, *more).join(
        Resident, Resident.rid == model.resident
    )
    for rid, resident, name, *rest in reader.session.execute(statement.where(model.rid.in_(rids))):
        known = instrument_of(house, *rest) if house else None
        title = known.title.removeprefix("老年人") if known else kind_title(kind)
        place = ("assessment", rid) if kind == "assessment" else ("chart", resident)
        yield rid, Title(title, name, *place)


def _authors(reader: Reader, kind: str, stated: list[Stated]) -> Iterator[tuple[Stated, UUID]]:
    model: Any = RECORDS[kind].model
    rids = [one[1] for one in stated]
    if issubclass(model, Clinical):
        keys = [(rid, revision, station) for _, rid, revision, station in stated]
        columns = (model.rid, model.revision, model.station)
        for *key, author in reader.session.execute(
            select(*columns, model.author).where(tuple_(*columns).in_(keys))
        ):
            yield (kind, key[0], key[1], key[2]), author
        return
    now = {
        rid: (revision, author)
        for rid, revision, author in reader.session.execute(
            select(model.rid, model.revision, model.author).where(model.rid.in_(rids))
        )
    }
    older = [one for one in stated if one[1] in now and now[one[1]][0] != one[2]]
    yield from ((one, now[one[1]][1]) for one in stated if one[1] in now and one not in older)
    if older:
        versions = reader.session.scalars(
            select(RegisterVersion).where(
                RegisterVersion.kind == kind, RegisterVersion.record.in_([one[1] for one in older])
            )
        )
        for version in versions:
            one = (kind, version.record, version.revision, version.station)
            yield one, UUID(version.content["author"])


def _names(reader: Reader, rids: Iterable[UUID]) -> dict[UUID, str]:
    rows = reader.session.execute(select(Staff.rid, Staff.name).where(Staff.rid.in_(list(rids))))
    return {row[0]: row[1] for row in rows}


def _stretches(rows: list[Any]) -> Iterator[list[Any]]:
    """A few hundred at a time: SQLite takes no more parameters than it likes."""
    for start in range(0, len(rows), _STRETCH):
        yield rows[start : start + _STRETCH]
