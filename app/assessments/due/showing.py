"""From lines to rows: causes in words, what the last one came to, who holds a draft; only for what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.content import occasions
from app.assessments.drafts import PREFIX
from app.assessments.due.house import Decided, House, Pair, last_of
from app.assessments.due.reckoning import Owed
from app.assessments.due.rows import CauseRow, DecisionRow, DraftRow, DueRow
from app.assessments.due.rules import EVENTS, OPEN, Cause, CauseKey, cause_words
from app.assessments.instruments import Instrument
from app.assessments.queries import ABILITY, LevelRow, level_columns, level_row
from app.assessments.record import STANDING
from app.core.unit import Reader
from app.residents.codes import code_list
from app.residents.stating import Seen
from db.models import Assessment, Draft, Staff

CONDITION = "condition"
"""What a form without a word for an event calls it: 病情变化."""


@dataclass(frozen=True)
class Shown:
    """What rows say besides what is due."""

    latest: Mapping[Pair, LevelRow]
    refused: Mapping[Pair, str]
    drafts: Mapping[Pair, DraftRow]
    names: Mapping[UUID, str]


def due_rows(
    reader: Reader, facts: House, page: Sequence[Owed], drafts: Mapping[Pair, DraftRow]
) -> tuple[DueRow, ...]:
    """The rows of some lines; three more statements, not three a row."""
    shown = Shown(_latest(reader, facts, page), _refused(reader, facts, page), drafts, author_names(reader))
    return tuple(_row(reader.today, facts, one, shown) for one in page)


def drafts_of(reader: Reader, resident: UUID | None = None) -> dict[Pair, DraftRow]:
    """Drafts by resident and instrument; there are as many as people at work, not as residents."""
    asked = (
        select(Draft, Staff.name)
        .join(Staff, Staff.rid == Draft.person)
        .where(Draft.form.like(f"{PREFIX}%"))
        .order_by(Draft.saved_at)
    )
    if resident is not None:
        asked = asked.where(Draft.subject == resident)
    return {
        (draft.subject, draft.form.removeprefix(PREFIX)): DraftRow(
            holder=draft.person,
            holder_name=name,
            saved_at=draft.saved_at,
            answered=len(draft.content.get("answers", {})),
            awaits_second=draft.content.get("half") is not None,
        )
        for draft, name in reader.session.execute(asked)
    }


def occasion_for(instrument: Instrument, cause: str) -> str:
    """How the instrument's form calls a cause; empty where it has no word for it."""
    usual, known = code_list("assessment_occasion"), occasions(instrument)
    wanted = (cause, CONDITION) if cause in EVENTS else (cause,)
    found = {usual.find(words): words for words in reversed(known)}
    return next((found[code] for code in wanted if code in found), "")


def cause_rows(causes: Iterable[Cause], today: date) -> tuple[CauseRow, ...]:
    return tuple(
        CauseRow(
            one.code, one.day, one.due_on, cause_words(one.code, one.day, year=today.year), one.first_due
        )
        for one in causes
    )


def _row(today: date, facts: House, one: Owed, shown: Shown) -> DueRow:
    lodger, instrument, line = one.lodger, one.instrument, one.line
    pair = (lodger.resident, instrument.code)
    causes = () if line is None else line.pressing(today) if line.state == OPEN else line.causes
    ability = shown.latest.get((lodger.resident, ABILITY))
    return DueRow(
        resident=lodger.resident,
        number=lodger.number,
        name=lodger.name,
        sex=lodger.sex,
        birth_date=lodger.person.born,
        bed=lodger.bed,
        away=lodger.away,
        instrument=instrument.code,
        short=instrument.short,
        title=instrument.title,
        state="" if line is None else line.state,
        due_on=one.due_on,
        causes=cause_rows(causes, today),
        occasion=occasion_for(instrument, causes[0].code) if causes else "",
        decision=_decision(causes, facts.decided(*pair), shown.names)
        if line and line.state != OPEN
        else None,
        latest=shown.latest.get(pair),
        refused=shown.refused.get(pair, ""),
        draft=shown.drafts.get(pair),
        ability=ability.tone if ability else "",
        wanted=instrument.wanted,
    )


def _decision(
    causes: Sequence[Cause], decided: Mapping[CauseKey, Decided], names: Mapping[UUID, str]
) -> DecisionRow:
    """One decision of a line; made in one act, it is one record for each cause."""
    records = [decided[cause.key] for cause in causes]
    newest = max(records, key=lambda record: record.at)
    return DecisionRow(
        seen=tuple(Seen(record.record, record.revision) for record in records),
        until=newest.until,
        reason=newest.reason,
        by=names.get(newest.author, ""),
        at=newest.at,
    )


def _latest(reader: Reader, facts: House, page: Sequence[Owed]) -> dict[Pair, LevelRow]:
    """What the last one of each line came to, and the ability of everybody on the page."""
    wanted = {
        kept[2]
        for one in page
        for code in (one.instrument.code, ABILITY)
        if (kept := facts.kept(one.lodger.resident, code)) is not None
    }
    asked = select(Assessment.resident, Assessment.instrument, *level_columns(Assessment)).where(
        Assessment.current, Assessment.rid.in_([UUID(bytes=rid) for rid in wanted])
    )
    return {(row.resident, row.instrument): level_row(row) for row in reader.session.execute(asked)}


def _refused(reader: Reader, facts: House, page: Sequence[Owed]) -> dict[Pair, str]:
    """Of whom somebody tried in vain since the last one: 11-20 拒绝评估."""
    asked = (
        select(Assessment.resident, Assessment.instrument, Assessment.assessed_on, Assessment.undone)
        .where(
            Assessment.resident.in_({one.lodger.resident for one in page}),
            Assessment.current,
            Assessment.state.in_(STANDING),
            Assessment.undone != "",
        )
        .order_by(Assessment.assessed_on)
    )
    found: dict[Pair, str] = {}
    for whom, code, day, undone in reader.session.execute(asked):
        kept = facts.kept(whom, code)
        if kept is None or day >= last_of(kept).assessed_on:
            found[whom, code] = f"{day:%m-%d} {undone.partition('：')[0]}"
    return found
