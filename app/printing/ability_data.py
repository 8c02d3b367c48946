"""From a signed assessment or a draft to what its report prints: every word comes from the record or the instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.signing import Signed
from app.assessments.content import Content, occasions
from app.assessments.instruments import Fact, Field, Instrument, spoken
from app.assessments.record_queries import AnswerShown, OpenForm, Revision, assessment_revisions, open_form
from app.assessments.record_queries import AssessmentRevisions as Revisions
from app.assessments.rules import Outcome as Scored
from app.assessments.rules import score
from app.assessments.shelf import instrument_called
from app.core.audit import seal
from app.core.clock import local
from app.core.errors import Refusal
from app.core.orders import Question as Asked
from app.core.orders import answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.sheet import Tick
from app.printing.sheets.ability_report import (
    AbilityReport,
    Dimension,
    Drug,
    Level,
    Outcome,
    Question,
    ScoredItem,
    Signer,
    Subject,
)
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from app.residents.rules import age_on

ABILITY = "gbt42195-2022"
NONE_APPLIES = "无上述情形"


@dataclass(frozen=True)
class AbilityReportOf(Asked[AbilityReport]):
    """The report of a resident: of one record, of the draft, or (neither given) of the latest signed assessment."""

    resident: UUID
    record: UUID | None = None
    draft: bool = False
    reprint: bool = False


@dataclass(frozen=True)
class _Source:
    """What the parts are drawn from: the instrument, what was filled in and scored, how and when it is printed."""

    instrument: Instrument
    facts: Mapping[str, Fact]
    shown: Mapping[str, AnswerShown]
    scored: Scored
    content: Content
    day: date


@answers(AbilityReportOf)
def ability_report_of(reader: Reader, question: AbilityReportOf) -> AbilityReport:
    """Refuses where there is nothing to print yet."""
    reader.require(Right.PRINT_RECORDS)
    person = chart(reader, Chart(question.resident))
    if question.draft:
        return _of_draft(reader, question)
    record = question.record or (person.ability.rid if person.ability else None)
    if record is None:
        raise Refusal(f"{person.name} 还没有签名的能力评估，没有报告可以打印。")
    revision = next((one for one in assessment_revisions(reader, Revisions(record)) if one.current), None)
    if revision is None or revision.resident != question.resident:
        raise Refusal("这份评估已撤销，不能打印报告。")
    return _of_revision(reader, question, revision)


def _of_revision(reader: Reader, question: AbilityReportOf, revision: Revision) -> AbilityReport:
    instrument = instrument_called(reader.session, revision.instrument)
    shown = {one.code: one for one in revision.answers}
    content = Content(
        {code: one.digit for code, one in shown.items()},
        revision.information,
        revision.assessed_on,
        revision.occasion,
        revision.conclusion,
    )
    if any(one.contradicts for one in revision.signatures):
        raise Refusal("签名与内容不一致，不能打印。请系统管理员核验数据。")
    scored = _score(reader, instrument, content)
    source = _Source(instrument, revision.information, shown, scored, content, revision.assessed_on)
    # the record's own total, levels and reasons are printed, never scored anew: its rules were those of its day
    fired = {
        one.code for one in instrument.changes if any(said.startswith(one.words) for said in revision.why)
    }
    outcome = _outcome(source, (revision.total, revision.initial, revision.level), fired)
    signers = (*(_signer(reader, one) for one in revision.signatures), _informant(source))
    return _report(
        reader, question, source, _Frame(revision.number, outcome, signers, _qr(reader, revision), revision)
    )


def _of_draft(reader: Reader, question: AbilityReportOf) -> AbilityReport:
    form = open_form(reader, OpenForm(question.resident, ABILITY))
    instrument = instrument_called(reader.session, ABILITY)
    shown = {
        code: AnswerShown(code, item.name, option.digit, option.score, option.text)
        for code, item in instrument.items.items()
        if (option := item.option(form.content.answers.get(code, -1))) is not None
    }
    scored = _score(reader, instrument, form.content)
    facts = {**form.content.information, **form.known}
    source = _Source(instrument, facts, shown, scored, form.content, form.content.assessed_on or reader.today)
    fired = {one.code for one in scored.fired}
    outcome = _outcome(source, (scored.total, scored.initial, scored.level), fired)
    number = form.record.number if form.record else ""
    return _report(reader, question, source, _Frame(number, outcome, (_informant(source),), "", None))


@dataclass(frozen=True)
class _Frame:
    """What stands round the answers: number, outcome, signatures, code, and the revision if it is no draft."""

    number: str
    outcome: Outcome
    signers: tuple[Signer, ...]
    qr: str
    revision: Revision | None


def _report(reader: Reader, question: AbilityReportOf, source: _Source, frame: _Frame) -> AbilityReport:
    revision = frame.revision
    instrument = source.instrument
    return AbilityReport(
        institution=reader.settings.institution_name,
        standard=instrument.standard,
        number=frame.number,
        qr=frame.qr,
        reference_date=source.day,
        reasons=_occasions(instrument, source.content.occasion),
        subject=_subject(reader, question.resident, source),
        events=tuple(_asked(source, one) for one in _fields(instrument, "A.2.14.")),
        health=tuple(_asked(source, one, with_code=True) for one in _fields(instrument, "A.5.")),
        dimensions=tuple(_dimension(source, index) for index in range(len(instrument.dimensions))),
        outcome=frame.outcome,
        conclusion=source.content.conclusion,
        signers=frame.signers,
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
        draft=revision is None,
        reprint=question.reprint,
        revision=revision.revision if revision else 1,
        correction=revision.reason if revision else "",
    )


def _subject(reader: Reader, resident: UUID, source: _Source) -> Subject:
    person = chart(reader, Chart(resident))
    said = {code: _joined(source, code) for code in source.instrument.fields}
    birth = date.fromisoformat(said["A.2.3"]) if said["A.2.3"] else person.birth_date
    if birth is None:
        raise Refusal(f"{person.name} 没有出生日期，请先补全档案再打印。")
    rows = source.facts.get("A.4.2", ())
    return Subject(
        name=said["A.2.1"] or person.name,
        sex=said["A.2.2"],
        born=birth,
        age=age_on(birth, source.day),
        id_number=said["A.2.8"],
        ethnicity=said["A.2.6"],
        religion=said["A.2.7"],
        education=said["A.2.9"],
        marriage=said["A.2.11"],
        living=said["A.2.10"],
        payment=said["A.2.12"],
        income=said["A.2.13"],
        height_cm=said["A.2.4"],
        weight_kg=said["A.2.5"],
        address=person.address,
        informant=said["A.3.1"],
        informant_relation=said["A.3.2"],
        contact=said["A.3.3"],
        contact_phone=said["A.3.4"],
        diagnoses=_diagnoses(source),
        drugs=tuple(Drug(*row) for row in rows if isinstance(row, tuple) and len(row) == 4),
    )


def _fields(instrument: Instrument, prefix: str) -> list[Field]:
    return [field for code, field in instrument.fields.items() if code.startswith(prefix)]


def _asked(source: _Source, field: Field, *, with_code: bool = False) -> Question:
    said = source.facts.get(field.code, "")
    chosen = set(spoken(said)) if said else set()
    label = f"{field.code} {field.name}" if with_code else field.name
    if not field.choices:
        return Question(label, (), "、".join(chosen))
    notes = [
        f"{choice.asks}：{note}"
        for choice in field.choices
        if choice.asks and (note := source.facts.get(field.supplement(choice.words)))
    ]
    return Question(
        label, tuple(Tick(one.words, one.words in chosen) for one in field.choices), "；".join(notes)
    )


def _joined(source: _Source, code: str) -> str:
    """What a field says in one line, with the texts its choices asked for in brackets."""
    field, said = source.instrument.fields[code], source.facts.get(code, "")
    parts = []
    for words in spoken(said) if said else ():
        note = source.facts.get(field.supplement(words))
        parts.append(f"{words}（{note}）" if isinstance(note, str) and note else words)
    return "、".join(parts)


def _diagnoses(source: _Source) -> tuple[str, ...]:
    said = source.facts.get("A.4.1", ())
    field = source.instrument.fields["A.4.1"]
    found = []
    for words in spoken(said) if said else ():
        note = source.facts.get(field.supplement(words))
        found.append(str(note) if note else words)
    return tuple(found)


def _dimension(source: _Source, index: int) -> Dimension:
    dimension, sub = source.instrument.dimensions[index], source.scored.subs[index]
    items = []
    for item in dimension.items:
        answer = source.shown.get(item.code)
        possible = tuple(sorted({option.score for option in item.options}, reverse=True))
        # the text as it was shown when answered; a newer instrument file changes no old report
        number = item.code
        items.append(
            ScoredItem(
                number,
                answer.name if answer else item.name,
                possible,
                answer.score if answer else None,
                answer.text if answer else "",
            )
        )
    complete = sub.answered == sub.items
    return Dimension(dimension.name, dimension.maximum, sub.score if complete else None, tuple(items))


def _outcome(source: _Source, result: tuple[int | None, int | None, int | None], fired: set[str]) -> Outcome:
    """From (total, initial level, final level) and the changes that fired to what the sheet ticks."""
    total, initial, level = result
    instrument = source.instrument
    changes = tuple(Tick(one.words, one.code in fired) for one in instrument.changes)
    levels = [
        Level(one.number, one.short, one.name, one.low or 0, one.high or 0) for one in instrument.levels
    ]
    return Outcome(
        total=total,
        maximum=instrument.maximum,
        levels=tuple(levels),
        initial=initial,
        changes=(*changes, Tick(NONE_APPLIES, level is not None and not fired)),
        final=-1 if level is None else level,
    )


def _score(reader: Reader, instrument: Instrument, content: Content) -> Scored:
    stacked = instrument.stack_raises or reader.settings.stack_level_raises
    return score(instrument, content.answers, content.information, stack_raises=stacked)


def _occasions(instrument: Instrument, occasion: str) -> tuple[Tick, ...]:
    head, _, words = occasion.partition("：")
    return tuple(
        Tick(f"{one}（{words}）" if one == head and words else one, one == head)
        for one in occasions(instrument)
    )


def _signer(reader: Reader, one: Signed) -> Signer:
    return Signer(
        "评估员", one.name, one.number, one.title, one.certificate, local(reader.settings.zone, one.at)
    )


def _informant(source: _Source) -> Signer:
    return Signer("评估对象或\n信息提供者", _joined(source, "A.3.1"))


def _qr(reader: Reader, revision: Revision) -> str:
    """Document number, identity, revision and a seal of the content: scanned, it tells whether the sheet is current."""
    macs = [one.at for one in revision.signatures]
    mac = seal(
        reader.seals.sheet, (revision.record, revision.revision, revision.total, revision.level, *macs)
    )
    return f"CS1:{revision.number}:{revision.record}:{revision.revision}:{mac.hex()[:16]}"
