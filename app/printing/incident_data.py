"""From an incident and its versions to what its report prints; every word comes from the record or the kinds."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.clock import date_in, local
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.incidents.kinds import catalogue
from app.incidents.queries import IncidentOf, IncidentsOf, IncidentWhole
from app.incidents.queries.lists import incidents_of
from app.incidents.queries.one import incident_of
from app.incidents.queries.words import joined
from app.incidents.rules import STATUSES
from app.printing.sheet import Tick
from app.printing.sheets.incident_report import IncidentReport, Step
from app.residents.codes import code_list
from app.residents.rules import age_on
from db.models import Resident


@dataclass(frozen=True)
class IncidentReportOf(Question[IncidentReport]):
    """The report of one incident; without `record` of the resident's latest one that stands."""

    resident: UUID
    record: UUID | None = None


@answers(IncidentReportOf)
def incident_report_of(reader: Reader, question: IncidentReportOf) -> IncidentReport:
    """Refuses where nothing happened, and an incident of somebody else."""
    reader.require(Right.PRINT_RECORDS)
    record = question.record or _latest(reader, question.resident)
    whole = incident_of(reader, IncidentOf(record))
    if question.resident not in (whole.row.resident, whole.row.rid):
        raise Refusal("这起不良事件不是这位老人的。")
    return _report(reader, whole)


def _latest(reader: Reader, resident: UUID) -> UUID:
    standing = [row for row in incidents_of(reader, IncidentsOf(resident)) if not row.retracted]
    if not standing:
        raise Refusal("这位老人没有不良事件，没有报告可以打印。")
    return standing[0].rid


def _report(reader: Reader, whole: IncidentWhole) -> IncidentReport:
    row, said, known = whole.row, whole.said, catalogue()
    zone = reader.settings.zone
    sex, age = _person(reader, whole)
    answers_given = whole.content.get("asked", {})
    review = whole.content.get("review") or {}
    return IncidentReport(
        institution=reader.settings.institution_name,
        number=row.number,
        status="已作废" if row.retracted else STATUSES[row.status],
        name=row.name,
        sex=sex,
        age=age,
        bed=row.bed,
        resident_number=row.resident_number,
        kinds=tuple(Tick(one.words, one.code == row.kind) for one in known.kinds.values()),
        happened_at=local(zone, row.at),
        place=row.place,
        harms=tuple(Tick(one.words, one.code == row.harm) for one in known.harms.values()),
        harm_means=known.harm(row.harm).means,
        happened=row.happened,
        done=said.get("当时处理", ""),
        asked=tuple((one.words, joined(answers_given.get(one.key, ""))) for one in known.kind(row.kind).asks),
        family=said.get("告知家属", "") or ("" if row.resident else "不涉及老人，不用告知。"),
        causes=said.get("原因分析", ""),
        measures=said.get("整改措施", ""),
        reported_by=row.reported_by,
        reported_at=local(zone, row.reported_at),
        reviewed_by=review.get("by", ""),
        steps=tuple(
            Step(local(zone, one.at), one.what, one.by, _reason(one.what, one.reason))
            for one in reversed(whole.versions)
        ),
        printed_at=local(zone, reader.now),
        printed_by=reader.actor.name,
        retracted=whole.versions[0].reason if row.retracted else "",
    )


def _person(reader: Reader, whole: IncidentWhole) -> tuple[str, str]:
    """Sex and the age on the day it happened."""
    if whole.row.resident is None:
        return "", ""
    person = reader.session.get_one(Resident, whole.row.resident)
    day = date_in(reader.settings.zone, whole.row.at)
    age = "" if person.birth_date is None else f"{age_on(person.birth_date, day)}岁"
    return code_list("sex").words(person.sex), age


def _reason(what: str, reason: str) -> str:
    return "" if reason == what else reason.removeprefix(f"{what}：")
