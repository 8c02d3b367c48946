"""Questions about one assessment: all its revisions with their signatures, and the form as it opens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.access.signing import Signed, signatures
from app.assessments import drafts
from app.assessments.content import Content, Record, occasions
from app.assessments.instruments import Fact, Instrument, fact_of
from app.assessments.known import resident_called, resident_facts, suggested_facts
from app.assessments.measured import known_answers
from app.assessments.proposals import events_facts
from app.assessments.queries import ABILITY, LevelRow, latest_assessment, level_of
from app.assessments.record import check_age, signable, signed_content
from app.assessments.shelf import instrument_called
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Assessment


@dataclass(frozen=True)
class AnswerShown:
    """An answer as it was shown when it was given; a newer instrument file changes nothing here.

    `score` is None where the item could not be answered; `source` says whence an answer came that nobody chose;
    `mark` how it is written where that is not its digit.
    """

    code: str
    name: str
    digit: int
    score: float | None
    text: str
    source: str = ""
    mark: str = ""

    @property
    def sign(self) -> str:
        """How the answer is written: 1+, 12.4, or its digit."""
        return self.mark or str(self.digit)

    @property
    def figure(self) -> str:
        """The score as it is written; empty where there is none."""
        return "" if self.score is None else self.mark or f"{self.score:g}"


@dataclass(frozen=True)
class Revision:
    """One revision of an assessment, whole. `state` is signed, corrected or retracted."""

    record: UUID
    resident: UUID
    revision: int
    state: str
    current: bool
    number: str
    instrument: str
    instrument_version: str
    assessed_on: date
    occasion: str
    answers: tuple[AnswerShown, ...]
    information: Mapping[str, Fact]
    sub_scores: Mapping[str, float]
    total: int | None
    initial: int | None
    level: int | None
    why: tuple[str, ...]
    conclusion: str
    place: str
    due_on: date | None
    author_name: str
    recorded_at: datetime
    reason: str
    signatures: tuple[Signed, ...]
    finding: str = ""
    tone: str = ""
    risks: Mapping[str, str] = field(default_factory=dict)
    undone: str = ""
    measured: float | None = None


@dataclass(frozen=True)
class AssessmentRevisions(Question[tuple[Revision, ...]]):
    """Every revision of one assessment, the newest first, each signature checked against its content."""

    record: UUID


@dataclass(frozen=True)
class AssessmentForm:
    """The form of a resident as it opens.

    `held_by` names the holder of a draft (`mine`: the actor). `content` is the draft, or what to begin with;
    `known` comes from the resident's record and is not typed here; `first_signer` has signed and
    the content waits for the second; `record` is what the draft will become. `from_record` and `from_previous`
    are what a new form is filled with (contact and diagnoses; what hardly changes), so that a value can say whence;
    so are `from_incidents`, each with its own source in words. `last_answers` are those of the assessment before:
    taken over only when somebody asks for it.
    """

    content: Content
    known: Mapping[str, Fact]
    held_by: str
    mine: bool
    saved_at: datetime | None
    record: Record | None
    first_signer: str
    previous: LevelRow | None
    from_record: Mapping[str, Fact]
    from_previous: Mapping[str, Fact]
    from_incidents: tuple[tuple[str, Mapping[str, Fact]], ...] = ()
    last_answers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenForm(Question[AssessmentForm]):
    """Open the form of a resident: the draft where there is one, else what is known and carried over."""

    resident: UUID
    instrument: str = ABILITY


@answers(AssessmentRevisions)
def assessment_revisions(reader: Reader, question: AssessmentRevisions) -> tuple[Revision, ...]:
    reader.require(Right.READ_RESIDENTS)
    rows = reader.session.scalars(
        select(Assessment).where(Assessment.rid == question.record).order_by(Assessment.revision.desc())
    ).all()
    if not rows:
        raise Refusal("没有这份评估")
    return tuple(_revision(reader, row) for row in rows)


@answers(OpenForm)
def open_form(reader: Reader, question: OpenForm) -> AssessmentForm:
    reader.require(Right.READ_RESIDENTS)
    instrument = instrument_called(reader.session, question.instrument)
    resident_called(reader.session, question.resident)
    found = drafts.held(reader.session, instrument, question.resident)
    previous = latest_assessment(reader, instrument.code, question.resident)
    suggested = suggested_facts(reader, instrument, question.resident)
    carried = _carried(instrument, previous)
    events = events_facts(reader, instrument, question.resident, reader.today)
    happened = {code: said for _source, facts in events for code, said in facts.items()}
    if found is None:
        check_age(reader, instrument, question.resident)
    known = known_answers(reader, instrument, question.resident) if found is None else {}
    return AssessmentForm(
        content=_still_known(instrument, found.content)
        if found
        else _beginning(reader, instrument, previous, {**carried, **suggested, **happened}, known),
        known=resident_facts(reader.session, instrument, question.resident),
        held_by=found.name if found else "",
        mine=found is None or found.person == reader.actor.rid,
        saved_at=found.saved_at if found else None,
        record=found.record if found else None,
        first_signer=found.half.signer_name if found and found.half else "",
        previous=level_of(previous) if previous else None,
        from_record=suggested,
        from_previous=carried,
        from_incidents=events,
        last_answers=_last_answers(instrument, previous),
    )


def _still_known(instrument: Instrument, content: Content) -> Content:
    """A draft without what a newer version of its instrument no longer has."""
    answers = {
        code: digit
        for code, digit in content.answers.items()
        if code in instrument.items
        and (instrument.items[code].option(digit) is not None or instrument.unable_words(digit))
    }
    return content if len(answers) == len(content.answers) else replace(content, answers=answers)


def _carried(instrument: Instrument, previous: Assessment | None) -> dict[str, Fact]:
    """Facts of the last assessment that hardly ever change."""
    return {
        code: fact_of(code, said)
        for code, said in (previous.information if previous else {}).items()
        if code.partition("/")[0] in instrument.fields and instrument.fields[code.partition("/")[0]].carries
    }


def _last_answers(instrument: Instrument, previous: Assessment | None) -> dict[str, int]:
    """Answers of the last assessment that this version of the instrument still has."""
    answers = {code: one["digit"] for code, one in (previous.answers if previous else {}).items()}
    return {
        code: digit
        for code, digit in answers.items()
        if code in instrument.items and instrument.items[code].option(digit) is not None
    }


def _beginning(
    reader: Reader,
    instrument: Instrument,
    previous: Assessment | None,
    facts: Mapping[str, Fact],
    known: Mapping[str, tuple[int, str]],
) -> Content:
    """What a new form begins with: what is known; today; the likely occasion."""
    likely = occasions(instrument)[:2]
    return Content(
        information=facts,
        assessed_on=reader.today,
        occasion=likely[1 if previous else 0] if len(likely) == 2 else "",
        answers={code: digit for code, (digit, _words) in known.items()},
        sources={code: words for code, (_digit, words) in known.items()},
    )


def _in_order(reader: Reader, row: Assessment) -> tuple[AnswerShown, ...]:
    """The answers as the form has them; where its file is no longer known, by their numbers."""
    try:
        codes = list(instrument_called(reader.session, row.instrument, row.instrument_version).items)
    except Refusal:
        codes = []

    def place(code: str) -> tuple[int, list[tuple[int, str]]]:
        parts = [part for part in re.split(r"([0-9]+)", code) if part]
        numbered = [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
        return (codes.index(code) if code in codes else len(codes), numbered)

    return tuple(AnswerShown(code=code, **row.answers[code]) for code in sorted(row.answers, key=place))


def _revision(reader: Reader, row: Assessment) -> Revision:
    return Revision(
        record=row.rid,
        resident=row.resident,
        revision=row.revision,
        state=row.state,
        current=row.current,
        number=row.number,
        instrument=row.instrument,
        instrument_version=row.instrument_version,
        assessed_on=row.assessed_on,
        occasion=row.occasion,
        answers=_in_order(reader, row),
        information={code: fact_of(code, said) for code, said in row.information.items()},
        sub_scores=row.sub_scores,
        total=row.total,
        initial=row.initial_level,
        level=row.level,
        why=tuple(row.why),
        conclusion=row.conclusion,
        place=row.place,
        due_on=row.due_on,
        author_name=author_names(reader).get(row.author, ""),
        recorded_at=row.recorded_at,
        reason=row.reason or "",
        signatures=signatures(reader, signable(row), signed_content(row)),
        finding=row.finding,
        tone=row.tone,
        risks=row.risks,
        undone=row.undone,
        measured=row.measured,
    )
