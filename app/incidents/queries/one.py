"""One incident whole: what it says now, the values of its forms, and every version with what it changed and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right, Role
from app.core.unit import Reader
from app.incidents.queries.rows import IncidentRow, rows, statement
from app.incidents.queries.words import stated
from app.residents.rules.stated import CORRECTION_REASONS
from db.models import Incident, Resident

_ROLES = {role.value: role.words for role in Role}

Change = tuple[str, str, str]
"""Field, old words, new words; empty old: was not said before, empty new: is not said any more."""


@dataclass(frozen=True)
class Version:
    """One revision: `what` was done (上报, 更正, 审核 …), by whom, why, and what reads otherwise since."""

    revision: int
    what: str
    by: str
    role: str
    at: datetime
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class IncidentWhole:
    """An incident with its versions, the newest first. `content` is what the forms are filled with."""

    row: IncidentRow
    said: Mapping[str, str]
    content: Mapping[str, Any]
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class IncidentOf(Question[IncidentWhole]):
    """One incident by its identity; a retracted one too."""

    rid: UUID


@answers(IncidentOf)
def incident_of(reader: Reader, question: IncidentOf) -> IncidentWhole:
    reader.require(Right.READ_RESIDENTS)
    found = rows(reader, statement().where(Incident.rid == question.rid))
    if not found:
        raise Refusal("没有这起不良事件。")
    revisions = reader.session.scalars(
        select(Incident).where(Incident.rid == question.rid).order_by(Incident.revision, Incident.recorded_at)
    ).all()
    now = next(one for one in reversed(revisions) if one.current)
    name = found[0].name
    return IncidentWhole(
        row=found[0],
        said=stated(now, reader.settings.zone, name),
        content=now.content,
        versions=_versions(reader, revisions),
    )


def _versions(reader: Reader, revisions: Sequence[Incident]) -> tuple[Version, ...]:
    names, zone = author_names(reader), reader.settings.zone
    people: dict[UUID | None, str] = {None: ""}
    for one in revisions:
        if one.resident is not None and one.resident not in people:
            people[one.resident] = reader.session.get_one(Resident, one.resident).name
    told = [stated(one, zone, people[one.resident]) for one in revisions]
    differences: list[tuple[Change, ...]] = [(), *(_changes(old, new) for old, new in pairwise(told))]
    return tuple(
        Version(
            revision=row.revision,
            what=_what(row),
            by=names.get(row.author, ""),
            role=_ROLES.get(row.author_role, ""),
            at=row.recorded_at,
            reason=row.reason or "",
            changes=changed,
        )
        for row, changed in reversed(list(zip(revisions, differences, strict=True)))
    )


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    fields = dict.fromkeys([*old, *new])
    return tuple(
        (name, old.get(name, ""), new.get(name, "")) for name in fields if old.get(name) != new.get(name)
    )


def _what(row: Incident) -> str:
    """What a revision did, as its reason begins."""
    if row.revision == 1:
        return "上报"
    if row.state == "retracted":
        return "作废"
    head = (row.reason or "").partition("：")[0]
    return "更正" if head in CORRECTION_REASONS else head or "更正"
