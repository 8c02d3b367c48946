"""From a signed assessment or a draft of any instrument to its report: the official one where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.assessments.queries import ABILITY
from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing import ability_data
from app.printing.assessed import Assessed, Wanted, assessed, instrument_of
from app.printing.assessment_parts import (
    came,
    care,
    corrections,
    footnotes,
    groups,
    scales,
    told,
)
from app.printing.sheet import Sheet
from app.printing.sheets import ability_assessment, assessment_report
from app.printing.sheets.ability_report import AbilityReport
from app.printing.sheets.instrument_report import InstrumentReport, Person, Told
from app.printing.signing_data import decided_care, signing
from app.residents.codes import code_list
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from app.residents.rules import age_on
from app.residents.rules.masks import mask_id

_INFORMED = 2
"""An assessment that two people sign is told by somebody, who signs too."""


@dataclass(frozen=True)
class AssessmentReportOf(Question[AbilityReport | InstrumentReport]):
    """The report of a record; else of the draft, or of the latest signed assessment, of an instrument."""

    resident: UUID
    record: UUID | None = None
    instrument: str = ABILITY
    draft: bool = False


def sheet_of(data: AbilityReport | InstrumentReport) -> Sheet:
    """The sheet of whichever report it is."""
    return (
        ability_assessment.sheet(data) if isinstance(data, AbilityReport) else assessment_report.sheet(data)
    )


@answers(AssessmentReportOf)
def assessment_report_of(reader: Reader, question: AssessmentReportOf) -> AbilityReport | InstrumentReport:
    """Refuses where there is nothing to print yet."""
    reader.require(Right.PRINT_RECORDS)
    code = question.instrument if question.record is None else instrument_of(reader, question.record)
    one = assessed(reader, Wanted(question.resident, code, question.record, question.draft))
    if ability_data.official(one.instrument):
        return ability_data.ability_report(reader, question.resident, one)
    return _report(reader, question, one)


def _report(reader: Reader, question: AssessmentReportOf, one: Assessed) -> InstrumentReport:
    instrument, revision = one.instrument, one.revision
    version = revision.instrument_version if revision else instrument.version
    return InstrumentReport(
        institution=reader.settings.institution_name,
        title=instrument.report,
        instrument=f"{instrument.title}　版本 {version}{'（本机构自定）' if instrument.own else ''}",
        standard=instrument.standard,
        source=instrument.source,
        notice=instrument.notice,
        number=one.number,
        code=one.code,
        day=one.day,
        occasion=one.content.occasion,
        place=one.content.place,
        person=person(reader, question.resident, one.day),
        undone=one.content.undone,
        groups=() if one.content.undone else groups(one),
        scales=scales(one),
        advice=next((each.group for each in one.instrument.fields.values() if _advises(one, each.name)), ""),
        came=came(one),
        told=told(one),
        care=(*care(one), *_decided(reader, one)),
        conclusion=one.content.conclusion,
        corrections=corrections(one),
        footnotes=footnotes(one),
        signing=signing(
            reader,
            revision.record if revision else None,
            revision.signatures if revision else (),
            informant=("", "") if instrument.signing.assessors >= _INFORMED else None,
            seal=instrument.signing.assessors >= _INFORMED,
        ),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
        draft=revision is None,
        revision=revision.revision if revision else 1,
        correction=revision.reason if revision else "",
    )


def _decided(reader: Reader, one: Assessed) -> tuple[Told, ...]:
    """What was taken over into the plan, and what was not."""
    if one.revision is None:
        return ()
    lines = decided_care(reader, one.revision.record)
    return (Told("照护安排", "\n".join(lines)),) if lines else ()


def _advises(one: Assessed, name: str) -> bool:
    """Whether a field is about one of the scales, by its name: the guidance for a constitution."""
    return any(scale.name == name for scale in one.instrument.scales)


def person(reader: Reader, resident: UUID, day: date) -> Person:
    """Whose report it is, as the register has it now; the age on the day of the assessment."""
    who = chart(reader, Chart(resident))
    return Person(
        name=who.name,
        sex=code_list("sex").words(who.sex),
        born=who.birth_date,
        age="" if who.birth_date is None else f"{age_on(who.birth_date, day)}岁",
        bed=who.bed,
        number=who.number,
        id_number=mask_id(who.id_number),
    )
