"""Rehab as lines of a resident's timeline: plans, evaluations, goals, sessions that went otherwise, aids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from app.access.names import author_names
from app.care.derived import hours_of
from app.core.happened import Happened
from app.core.unit import Reader
from app.rehab.lists.attendance import attendances
from app.rehab.planning.running import OUTCOMES
from app.rehab.rules.evaluation import STAGES
from db.models import AidLoan, RehabEvaluation, RehabGoal, RehabPlan, RehabSession

SORT, ICON = "康复", "accessibility"
Span = tuple[datetime, datetime]


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """A session that was held as planned is no news; the plan and its record have it."""
    names, span = author_names(reader), (since, until)
    yield from _plans(reader, resident, span, names)
    yield from _evaluations(reader, resident, span, names)
    yield from _goals(reader, resident, span)
    yield from _sessions(reader, resident, span, names)
    yield from _aids(reader, resident, span, names)


def _rows(reader: Reader, model: Any, resident: UUID, *wanted: Any) -> Iterator[Any]:
    standing = (model.resident == resident, model.current, model.state != "retracted")
    yield from reader.session.scalars(select(model).where(*standing, *wanted))


def _plans(reader: Reader, resident: UUID, span: Span, names: dict[UUID, str]) -> Iterator[Happened]:
    hours = hours_of(reader)
    for row in _rows(reader, RehabPlan, resident):
        said = f"{row.words}，计划 {row.number}"
        signed = (
            (row.doctor_at, "康复计划由医师开立", names.get(row.doctor, "") if row.doctor else ""),
            (row.therapist_at, "康复计划由康复师确认", names.get(row.therapist, "") if row.therapist else ""),
            (row.consent_at, "康复计划知情同意", str(row.consent.get("name", ""))),
        )
        for at, title, who in signed:
            if at is not None and span[0] <= at < span[1]:
                yield Happened(at, "rehab_plan", row.rid, SORT, title, said, who, "info", ICON)
        ended = None if row.ended_on is None else min(hours.moment(row.ended_on, 24 * 60), row.recorded_at)
        if ended is not None and span[0] <= ended < span[1]:
            outcome = OUTCOMES.get(str(row.ending.get("outcome", "")), "已取消")
            who = names.get(row.author, "")
            yield Happened(
                ended, "rehab_plan", row.rid, SORT, f"康复结束：{outcome}", said, who, "neutral", ICON
            )


def _evaluations(reader: Reader, resident: UUID, span: Span, names: dict[UUID, str]) -> Iterator[Happened]:
    made = _rows(
        reader, RehabEvaluation, resident, RehabEvaluation.at >= span[0], RehabEvaluation.at < span[1]
    )
    for row in made:
        words, who = str(row.content.get("summary", "")), names.get(row.author, "")
        title = STAGES.get(row.stage, "康复评定")
        yield Happened(row.at, "rehab_evaluation", row.rid, SORT, title, words, who, "info", ICON)


def _goals(reader: Reader, resident: UUID, span: Span) -> Iterator[Happened]:
    hours = hours_of(reader)
    for row in _rows(reader, RehabGoal, resident, RehabGoal.attained_on.is_not(None)):
        at = min(hours.moment(row.attained_on, 12 * 60), row.recorded_at)
        if span[0] <= at < span[1]:
            words = f"{row.action}（{row.target:g} {row.unit}）"
            yield Happened(at, "rehab_goal", row.rid, SORT, "康复目标达成", words, "", "ok", ICON)


def _sessions(reader: Reader, resident: UUID, span: Span, names: dict[UUID, str]) -> Iterator[Happened]:
    rows = _rows(
        reader,
        RehabSession,
        resident,
        RehabSession.at >= span[0],
        RehabSession.at < span[1],
        or_(RehabSession.attendance.not_in(("", "done")), RehabSession.reactions != []),
    )
    for row in rows:
        known = attendances().get(row.attendance)
        fired = [one["words"] for one in row.stopped.get("all", ()) if one.get("effect") == "stop"]
        words = "；".join(part for part in (row.words, row.why_words, *fired) if part)
        title = f"训练{known.words}" if known is not None else "训练"
        who = names.get(row.therapist or row.author, "")
        tone = "danger" if fired else known.tone if known is not None else "neutral"
        yield Happened(row.at, "rehab_session", row.rid, SORT, title, words, who, tone, ICON)


def _aids(reader: Reader, resident: UUID, span: Span, names: dict[UUID, str]) -> Iterator[Happened]:
    for row in _rows(reader, AidLoan, resident):
        who = names.get(row.author, "")
        named = f"{row.words}（{row.tag}）" if row.tag else row.words
        if span[0] <= row.at < span[1]:
            yield Happened(row.at, "aid_loan", row.rid, SORT, "领用辅具", named, who, "neutral", ICON)
        if row.returned_at is not None and span[0] <= row.returned_at < span[1]:
            words = f"{named}：{row.returned_condition}"
            yield Happened(
                row.returned_at, "aid_loan", row.rid, SORT, "归还辅具", words, who, "neutral", ICON
            )
