"""Who has a yellow or red value now: the latest of each sign since a time, for the worklist of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.vitals.catalogue import is_sign, sign_of
from app.vitals.profiles import profiles
from app.vitals.queries.taken import Person
from app.vitals.rules import Judgement, value_words
from app.vitals.rules.judging import DANGER, WARN, judge, judge_words
from db.models import Place, Resident, ResidentSearch, Stay, Vital, VitalLatest


@dataclass(frozen=True)
class AbnormalRow:
    """One latest value that is yellow or red. `repeated`: it was measured a second time already."""

    resident: UUID
    name: str
    bed: str
    code: str
    text: str
    judgement: Judgement
    at: datetime
    rid: UUID
    set_id: UUID
    repeated: bool


@dataclass(frozen=True)
class Abnormal(Question[tuple[AbnormalRow, ...]]):
    """Of everybody who is here: latest values since a time that are not normal, red before yellow, newest first."""

    since: datetime
    red_only: bool = False


@answers(Abnormal)
def abnormal(reader: Reader, question: Abnormal) -> tuple[AbnormalRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    rows = reader.session.execute(_statement(question.since)).all()
    profile = profiles(reader, {row[0] for row in rows})
    zone = reader.settings.zone
    found = []
    columns: list[Any] = list(rows)
    for rid, name, birth, bed, latest, set_id, how in columns:
        if not is_sign(latest.code):
            continue
        person = Person(profile[rid], birth, zone)
        said = _judged(latest, how, person)
        if said.tone == DANGER or (said.tone == WARN and not question.red_only):
            text = value_words(sign_of(latest.code), latest.value, latest.second, latest.words)
            again = bool(how.get("turn", 0))
            where = (latest.at, latest.rid, set_id, again)
            found.append(AbnormalRow(rid, name, bed or "", latest.code, text, said, *where))
    return tuple(sorted(found, key=lambda one: (one.judgement.tone != DANGER, -one.at.timestamp())))


def _judged(latest: VitalLatest, how: dict[str, Any], person: Person) -> Judgement:
    sign, own = sign_of(latest.code), person.profile.own
    if latest.value is None:
        return judge_words(sign, latest.words, how, own)
    return judge(sign, latest.value, latest.second, person.age(latest.at), own)


def _statement(since: datetime) -> Any:
    columns: tuple[Any, ...] = (
        Resident.rid, Resident.name, Resident.birth_date, Place.label, VitalLatest, Vital.set_id, Vital.how,
    )  # fmt: skip
    stay = (Stay.resident == Resident.rid) & Stay.current & (Stay.state != "retracted")
    return (
        select(*columns)
        .select_from(VitalLatest)
        .join(Resident, Resident.rid == VitalLatest.resident)
        .join(ResidentSearch, (ResidentSearch.rid == Resident.rid) & (ResidentSearch.status == "in"))
        .join(Vital, (Vital.rid == VitalLatest.rid) & Vital.current)
        .outerjoin(Stay, stay & Stay.ends.is_(None))
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(VitalLatest.at >= since)
    )
