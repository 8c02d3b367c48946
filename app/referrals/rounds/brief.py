"""A resident's chart in two lines for the doctor: diagnoses, vital signs, medicines, what changed, what is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from app.core.clock import local
from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.medication.rules.regime import LONG, PRN
from app.referrals.rules.states import Status
from app.residents.rules.stays import ABSENCES
from app.vitals.catalogue import sign_of
from app.vitals.queries.latest import LatestRow, latest_rows
from app.vitals.queries.of_person import person_of
from app.vitals.rules.judging import DANGER, WARN
from db.base import Clinical
from db.models import Absence, Diagnosis, Incident, MedOrder, Referral

FRESH = timedelta(hours=72)
"""Older values say little of how somebody is."""
MOST = 4


@dataclass(frozen=True)
class Sign:
    """A latest value in words, `血压 152/86`; `tone` as badges have it, empty where it is normal."""

    words: str
    at: datetime
    tone: str


@dataclass(frozen=True)
class Brief:
    """`changed`: since `since`; `open`: what is not settled; `away`: where they are if not here."""

    diagnoses: tuple[str, ...]
    signs: tuple[Sign, ...]
    medicines: int
    since: datetime
    changed: tuple[str, ...]
    open: tuple[str, ...]
    away: str = ""

    @property
    def diagnosis_words(self) -> str:
        more = f"等 {len(self.diagnoses)} 项" if len(self.diagnoses) > MOST else ""
        return "、".join(self.diagnoses[:MOST]) + more


def briefs(reader: Reader, since: Mapping[UUID, datetime]) -> dict[UUID, Brief]:
    """Of each resident, with what changed since a moment of their own. Six statements and two a resident."""
    people = list(since)
    if not people:
        return {}
    diagnoses = _diagnoses(reader, people)
    medicines = _medicines(reader, people)
    changed = _changed(reader, since)
    opened, away = _open(reader, people), _away(reader, people)
    return {
        rid: Brief(
            diagnoses=tuple(diagnoses[rid]),
            signs=tuple(_signs(reader, rid)),
            medicines=medicines.get(rid, 0),
            since=since[rid],
            changed=tuple(changed[rid]),
            open=tuple(opened[rid]),
            away=away.get(rid, ""),
        )
        for rid in people
    }


def _standing(model: type[Clinical]) -> tuple[ColumnElement[bool], ...]:
    return (model.current.is_(True), model.state != "retracted")


def _signs(reader: Reader, resident: UUID) -> Iterator[Sign]:
    for row in latest_rows(reader, resident, person_of(reader, resident)):
        if row.at >= reader.now - FRESH:
            yield Sign(
                sign_words(row), row.at, row.judgement.tone if row.judgement.tone in (WARN, DANGER) else ""
            )


def sign_words(row: LatestRow) -> str:
    """`血压 152/86 mmHg`."""
    sign = sign_of(row.code)
    letter = sign.letter(row.text)
    text = f"{row.text} {letter.words}" if letter is not None else row.text
    unit = "" if sign.code == "pain" or letter is not None else sign.unit
    return " ".join(part for part in (sign.short, text, unit) if part)


def _diagnoses(reader: Reader, people: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = reader.session.execute(
        select(Diagnosis.resident, Diagnosis.words)
        .where(Diagnosis.resident.in_(people), Diagnosis.status == "active", *_standing(Diagnosis))
        .order_by(Diagnosis.ordinal)
    )
    for rid, words in rows:
        found[rid].append(words)
    return found


def _medicines(reader: Reader, people: list[UUID]) -> dict[UUID, int]:
    """How many orders run, those for when it is needed among them."""
    rows = reader.session.execute(
        select(MedOrder.resident, func.count())
        .where(
            MedOrder.resident.in_(people),
            MedOrder.kind.in_((LONG, PRN)),
            MedOrder.status.in_(("checked", "paused")),
            or_(MedOrder.ends.is_(None), MedOrder.ends > reader.now),
            *_standing(MedOrder),
        )
        .group_by(MedOrder.resident)
    )
    return dict(rows.all())


def _changed(reader: Reader, since: Mapping[UUID, datetime]) -> dict[UUID, list[str]]:
    """Falls and the like, times in hospital, medicines begun and ended."""
    found: dict[UUID, list[str]] = defaultdict(list)
    people, first = list(since), min(since.values())
    for rid, at, code in _rows(reader, Incident, people, first, Incident.code):
        if at >= since[rid]:
            found[rid].append(f"{catalogue().kind(code).words} {_day(reader, at)}")
    asked = select(Absence.resident, Absence.begins, Absence.code).where(
        Absence.resident.in_(people), Absence.begins >= first, *_standing(Absence)
    )
    for rid, at, code in reader.session.execute(asked.order_by(Absence.begins)):
        if at >= since[rid] and code == "hospital":
            found[rid].append(f"{ABSENCES[code]} {_day(reader, at)}")
    rows = reader.session.execute(
        select(MedOrder.resident, MedOrder.at, MedOrder.ended_at, MedOrder.words)
        .where(
            MedOrder.resident.in_(people), or_(MedOrder.at >= first, MedOrder.ended_at >= first), *_standing(MedOrder)
        )
        .order_by(MedOrder.at)
    )  # fmt: skip
    for rid, at, ended, words in rows:
        if ended is not None and ended >= since[rid]:
            found[rid].append(f"停 {words}")
        elif at >= since[rid]:
            found[rid].append(f"新开 {words}")
    return found


def _rows(reader: Reader, model: Any, people: list[UUID], first: datetime, column: Any) -> Any:
    return reader.session.execute(
        select(model.resident, model.at, column)
        .where(model.resident.in_(people), model.at >= first, *_standing(model))
        .order_by(model.at)
    )


def _open(reader: Reader, people: list[UUID]) -> dict[UUID, list[str]]:
    """Incidents not closed, referrals not over."""
    found: dict[UUID, list[str]] = defaultdict(list)
    incidents = reader.session.execute(
        select(Incident.resident, Incident.code).where(
            Incident.resident.in_(people), Incident.status != "closed", *_standing(Incident)
        )
    )
    for rid, code in incidents:
        if rid is not None:
            found[rid].append(f"{catalogue().kind(code).words}未结案")
    referrals = reader.session.execute(
        select(Referral.resident, Referral.status).where(Referral.resident.in_(people), *_standing(Referral))
    )
    for rid, status in referrals:
        if not Status(status).over:
            found[rid].append(f"转诊{Status(status).words}")
    return found


def _away(reader: Reader, people: list[UUID]) -> dict[UUID, str]:
    rows = reader.session.execute(
        select(Absence.resident, Absence.code).where(
            Absence.resident.in_(people), Absence.ends.is_(None), *_standing(Absence)
        )
    )
    return {rid: ABSENCES[code] for rid, code in rows}


def _day(reader: Reader, at: datetime) -> str:
    return f"{local(reader.settings.zone, at):%m-%d}"
