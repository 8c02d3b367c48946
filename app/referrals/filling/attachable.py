"""What of the chart can go along on paper: each with the sheet of `app.printing` that prints it, or its picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.assessments.instruments import Instrument
from app.core.clock import date_in
from app.core.unit import Reader
from app.medication.reconciling.case import case_of
from app.referrals.filling.baseline import latest_lines
from app.referrals.filling.filled import Attachable
from app.referrals.filling.standing import Holds
from app.residents.queries.chart_rows import ChartRow
from app.residents.queries.latest import ABILITY
from db.models import RehabPlan

RECENT = timedelta(days=92)
"""An assessment older than this is only attached if it is the ability's."""
RISKS = frozenset({"morse", "braden", "kubota", "nihss", "cam", "mmse"})


def attachables(
    reader: Reader, chart: ChartRow, held: Holds, shelf: Mapping[str, Instrument]
) -> tuple[Attachable, ...]:
    """In the order they are offered."""
    today = reader.today
    return (
        *_assessments(chart, shelf, today),
        *_incidents(held),
        *_photos(held),
        *_spans(held, today),
        Attachable("orders", chart.rid, "长期医嘱单", sheet="order-sheet"),
        *_plan(reader, chart.rid),
        *_reconciled(reader, chart.rid),
    )


def _assessments(chart: ChartRow, shelf: Mapping[str, Instrument], today: date) -> Iterator[Attachable]:
    for code, line in latest_lines(chart).items():
        if code != ABILITY and line.assessed_on < today - RECENT:
            continue
        name = shelf[code].short if code in shelf else code
        words = f"{name} {line.finding}".strip() + f"（{line.assessed_on:%Y-%m-%d}）"
        offered = code == ABILITY or (code in RISKS and line.assessed_on >= today - timedelta(days=3))
        yield Attachable(
            "assessment", line.rid, words, sheet="assessment-report", params={"record": line.rid},
            offered=offered,
        )  # fmt: skip


def _incidents(held: Holds) -> Iterator[Attachable]:
    for event in held.events:
        words = f"不良事件报告 {event.number} {event.words}"
        yield Attachable(
            "incident", event.record, words, event.at, "incident-report", {"record": event.record},
            offered=True,
        )  # fmt: skip


def _photos(held: Holds) -> Iterator[Attachable]:
    for wound in held.wounds:
        for place, blob in enumerate(wound.photos, start=1):
            words = f"伤口照片 {place}：{wound.words}"
            yield Attachable("photo", wound.record, words, wound.at, blob=blob)


def _spans(held: Holds, today: date) -> Iterator[Attachable]:
    """Sheets of some days: signs, doses of the month, notes, results."""
    three = {"first": today - timedelta(days=2), "last": today}
    month = {"first": today.replace(day=1), "last": today}
    yield Attachable("vitals", None, "72 小时生命体征记录", sheet="vitals-record", params=three)
    week = {"first": today - timedelta(days=6), "last": today}
    yield Attachable("chart", None, "体温单（近 7 天）", sheet="temperature-chart", params=week)
    yield Attachable("mar", None, "本月给药记录单", sheet="mar", params=month)
    if held.notes:
        yield Attachable("notes", None, "72 小时护理记录", sheet="nursing-record", params=three)
    if held.labs:
        days = {"first": today - timedelta(days=30), "last": today}
        yield Attachable("labs", None, "近 30 天检验结果", sheet="labs-record", params=days, offered=True)
    if held.of("restraint"):
        yield Attachable("restraint", None, "约束观察记录", sheet="restraint-record", params=three)


def _plan(reader: Reader, resident: UUID) -> Iterator[Attachable]:
    row: Any = reader.session.execute(
        select(RehabPlan.rid, RehabPlan.number, RehabPlan.words, RehabPlan.recorded_at)
        .where(
            RehabPlan.resident == resident,
            RehabPlan.current,
            RehabPlan.state != "retracted",
            RehabPlan.status == "running",
        )
        .order_by(RehabPlan.begins.desc())
        .limit(1)
    ).first()
    if row is not None:
        words = f"康复计划 {row.number} {row.words}"
        yield Attachable("rehab_plan", row.rid, words, row.recorded_at, "rehab-plan", {"record": row.rid})


def _reconciled(reader: Reader, resident: UUID) -> Iterator[Attachable]:
    """What was decided of the medicines after the last return, if that is not long ago."""
    case = case_of(reader, resident)
    if case is None or not case.decisions:
        return
    back = date_in(reader.settings.zone, case.back.ends)
    if back >= reader.today - RECENT:
        params = {"record": case.back.absence}
        words = f"返院用药重整单（{back:%Y-%m-%d} 返院）"
        yield Attachable("reconciliation", case.back.absence, words, case.back.ends, "reconciliation", params)
