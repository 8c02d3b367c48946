"""One assessment as its reports are drawn from: a signed revision as it was signed, or a draft as it lies there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.assessments.content import Content, occasions
from app.assessments.explanation import explain, finding, risks
from app.assessments.instruments import Fact, Instrument, fact_of, spoken
from app.assessments.record import next_due, sub_scores
from app.assessments.record_queries import (
    AnswerShown,
    AssessmentRevisions,
    OpenForm,
    Revision,
    assessment_revisions,
    open_form,
)
from app.assessments.rules import score
from app.assessments.shelf import instrument_called
from app.core.clock import local
from app.core.errors import Refusal
from app.core.unit import Reader
from app.printing.sealing import code_of
from app.printing.sheet import Tick
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from db.models import Assessment


@dataclass(frozen=True)
class Wanted:
    """Which assessment: a record, else the draft of an instrument, else the latest signed one of it."""

    resident: UUID
    instrument: str
    record: UUID | None = None
    draft: bool = False


@dataclass(frozen=True)
class Result:
    """What it came to, by the rules of its day: nothing signed is scored anew. `fired`: codes of level changes.

    `sub_scores` by dimension, or by scale where the instrument has scales; `risks` code → grade.
    """

    total: int | None
    initial: int | None
    level: int | None
    finding: str
    why: tuple[str, ...]
    risks: Mapping[str, str]
    due_on: date | None
    sub_scores: Mapping[str, float]
    fired: frozenset[str]
    measured: float | None = None


@dataclass(frozen=True)
class Assessed:
    """What the parts of a report are drawn from. `revision` None: a draft; `before`: the version it corrects.

    `current`: whether the instrument's file is still of the version that was used, so that its levels may be shown.
    """

    instrument: Instrument
    content: Content
    facts: Mapping[str, Fact]
    shown: Mapping[str, AnswerShown]
    result: Result
    day: date
    number: str
    code: str
    revision: Revision | None
    before: Revision | None
    current: bool

    def old(self, code: str) -> AnswerShown | None:
        """What an item said before a correction, where it said something else."""
        was = {one.code: one for one in self.before.answers}.get(code) if self.before else None
        now = self.shown.get(code)
        if was is None or (now is not None and (was.digit, was.text) == (now.digit, now.text)):
            return None
        return was


def assessed(reader: Reader, wanted: Wanted) -> Assessed:
    """Refuses where there is nothing to print yet, or what there is was taken out."""
    if wanted.draft:
        return _draft(reader, wanted)
    record = wanted.record or _latest(
        reader, wanted.resident, instrument_called(reader.session, wanted.instrument)
    )
    revisions = assessment_revisions(reader, AssessmentRevisions(record))
    revision = next((one for one in revisions if one.current), None)
    if revision is None or revision.resident != wanted.resident or revision.state == "retracted":
        raise Refusal("这份评估已作废，不能打印报告。")
    if any(one.contradicts for one in revision.signatures):
        raise Refusal("签名与内容不一致，不能打印。请系统管理员核验数据。")
    before = next((one for one in revisions if one.revision == revision.revision - 1), None)
    return _signed(reader, revision, before)


def instrument_of(reader: Reader, record: UUID) -> str:
    """The instrument of a record."""
    found = reader.session.scalar(
        select(Assessment.instrument).where(Assessment.rid == record, Assessment.current)
    )
    if found is None:
        raise Refusal("没有这份评估")
    return found


def occasion_ticks(one: Assessed) -> tuple[Tick, ...]:
    """The reasons for an assessment, the one given ticked, its own words behind it."""
    head, _, words = one.content.occasion.partition("：")
    return tuple(
        Tick(f"{each}（{words}）" if each == head and words else each, each == head)
        for each in occasions(one.instrument)
    )


def fact_words(one: Assessed, code: str, facts: Mapping[str, Fact] | None = None) -> str:
    """What a field says in one line, with the texts its choices asked for in brackets; rows with ；between."""
    facts = one.facts if facts is None else facts
    field, said = one.instrument.fields[code], facts.get(code, "")
    rows = [row for row in said if not isinstance(row, str)] if isinstance(said, tuple) else []
    if rows:
        return "；".join(" ".join(filter(None, row)) for row in rows)
    parts = []
    for words in spoken(said) if said else ():
        note = facts.get(field.supplement(words))
        parts.append(f"{words}（{note}）" if isinstance(note, str) and note else words)
    return "、".join(parts)


def _latest(reader: Reader, resident: UUID, instrument: Instrument) -> UUID:
    person = chart(reader, Chart(resident))
    found = next((one.rid for one in person.assessments if one.instrument == instrument.code), None)
    if found is None:
        raise Refusal(f"{person.name} 还没有签名的“{instrument.title}”，没有报告可以打印。")
    return found


def _signed(reader: Reader, revision: Revision, before: Revision | None) -> Assessed:
    instrument = instrument_called(reader.session, revision.instrument, revision.instrument_version)
    row = reader.session.scalars(
        select(Assessment).where(Assessment.rid == revision.record, Assessment.revision == revision.revision)
    ).one()
    return Assessed(
        instrument=instrument,
        content=_content(revision),
        facts=revision.information,
        shown={one.code: one for one in revision.answers},
        result=_result(instrument, revision),
        day=revision.assessed_on,
        number=revision.number,
        code=code_of(reader, row),
        revision=revision,
        before=before,
        current=revision.instrument_version == instrument.version,
    )


def _content(revision: Revision) -> Content:
    return Content(
        answers={one.code: one.digit for one in revision.answers},
        information=revision.information,
        assessed_on=revision.assessed_on,
        occasion=revision.occasion,
        conclusion=revision.conclusion,
        place=revision.place,
        undone=revision.undone,
    )


def _result(instrument: Instrument, revision: Revision) -> Result:
    fired = (
        one.code for one in instrument.changes if any(said.startswith(one.words) for said in revision.why)
    )
    return Result(
        total=revision.total,
        initial=revision.initial,
        level=revision.level,
        finding=revision.finding,
        why=revision.why,
        risks=revision.risks,
        due_on=revision.due_on,
        sub_scores=revision.sub_scores,
        fired=frozenset(fired),
        measured=revision.measured,
    )


def _draft(reader: Reader, wanted: Wanted) -> Assessed:
    instrument = instrument_called(reader.session, wanted.instrument)
    form = open_form(reader, OpenForm(wanted.resident, wanted.instrument))
    content = form.content
    facts = {**{code: fact_of(code, said) for code, said in content.information.items()}, **form.known}
    day = content.assessed_on or local(reader.settings.zone, reader.now).date()
    return Assessed(
        instrument=instrument,
        content=content,
        facts=facts,
        shown=_shown(instrument, content),
        result=_scored(reader, instrument, content, day),
        day=day,
        number=form.record.number if form.record else "",
        code="",
        revision=None,
        before=None,
        current=True,
    )


def _shown(instrument: Instrument, content: Content) -> dict[str, AnswerShown]:
    found = {}
    for code, item in instrument.items.items():
        digit = content.answers.get(code)
        if digit is None or content.undone:
            continue
        option = item.option(digit)
        text = instrument.unable_words(digit) if option is None else option.text
        points = None if option is None else option.counts
        mark = "" if option is None else option.mark
        found[code] = AnswerShown(code, item.name, digit, points, text, content.sources.get(code, ""), mark)
    return found


def _scored(reader: Reader, instrument: Instrument, content: Content, day: date) -> Result:
    """What the draft comes to so far; an assessment that was not done comes to nothing."""
    if content.undone:
        return Result(None, None, None, f"未评：{content.undone}", (), {}, None, {}, frozenset())
    stacked = instrument.stack_raises or reader.settings.stack_level_raises
    scored = score(instrument, content.answers, content.information, stack_raises=stacked)
    return Result(
        total=scored.total,
        initial=scored.initial,
        level=scored.level,
        finding=finding(instrument, scored).words,
        why=explain(instrument, scored),
        risks=risks(instrument, content.answers, scored),
        due_on=next_due(instrument, scored.level, day) if scored.complete else None,
        sub_scores=sub_scores(instrument, content.answers, scored),
        fired=frozenset(one.code for one in scored.fired),
        measured=scored.measured,
    )
