"""The week board of 12 therapists and 60 residents, in a house of 1,140, beside its own SQL; the count beside 康复."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.care.lists import hours_in
from app.core.ids import named
from app.core.unit import Unit
from app.rehab.queries.open_sessions import CountOpenSessions
from app.rehab.queries.week import WeekBoard
from app.residents.importing import ImportRoster
from db.models import RehabItem, RehabPlan, RehabSession, Resident, Staff
from tests.bench.bench_residents import invented
from tests.bench.timing import beside_its_sql
from tests.support.acts import Act, Look
from tests.support.station import MORNING, found, open_station

BEDS, TRAINED, THERAPISTS, ROUNDS = 1_140, 60, 12, 9
TIMES = ("09:00", "10:30", "14:00", "15:30")
WEEKS_BACK = 8
FIRST = MORNING - timedelta(weeks=WEEKS_BACK)


def run() -> list[tuple[str, float, str]]:
    """Ratios: each question ÷ its own SQL by cursor."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            station.desk.do_now(ImportRoster(invented(Path(folder) / "roster.csv", BEDS)))
            people: list[UUID] = station.desk.ask_now(
                Look(lambda reader: list(reader.session.scalars(select(Resident.rid).limit(TRAINED))))
            )
            station.desk.do_now(Act(partial(_train, people=people)))
            board = station.desk.ask_now(WeekBoard())
            sessions = sum(len(cell.sessions) for row in board.rows for cell in row.cells)
            title = f"week board of {len(board.rows)} therapists, {TRAINED} residents, {sessions} sessions"
            return [
                beside_its_sql(station, title, WeekBoard(), ROUNDS),
                beside_its_sql(station, "the same by resident", WeekBoard(by="resident"), ROUNDS),
                beside_its_sql(station, "sessions open today, for the sidebar", CountOpenSessions(), ROUNDS),
            ]
        finally:
            station.close()


def _train(unit: Unit, people: list[UUID]) -> None:
    """Each resident has four lines: 240 sessions a week for everybody together, held for eight weeks."""
    staff = [unit.new_id() for _ in range(THERAPISTS)]
    unit.session.execute(insert(Staff), [_therapist(unit, rid, place) for place, rid in enumerate(staff)])
    unit.session.execute(insert(RehabPlan), [_plan(unit, one, place) for place, one in enumerate(people)])
    rows = [row for place, one in enumerate(people) for row in _items(unit, one, place, staff)]
    unit.session.execute(insert(RehabItem), rows)
    unit.session.execute(insert(RehabSession), list(_sessions(unit, rows)))


def _therapist(unit: Unit, rid: UUID, place: int) -> dict[str, Any]:
    named_of = {"number": f"08{place:02d}", "name": f"康复师{place}", "roles": ["therapist"], "active": True}
    return {
        **unit.stamp(rid=rid),
        "revision": 1,
        "profession": "康复治疗师",
        "title": "",
        "certificate": "",
        **named_of,
    }


def _plan(unit: Unit, resident: UUID, place: int) -> dict[str, Any]:
    begins = FIRST.date()
    return {
        **unit.stamp(rid=named(resident, "plan"), at=FIRST), "revision": 1, "current": True, "state": "signed",
        "resident": resident, "number": f"KF-01-{place:06d}", "status": "running", "words": "脑卒中后偏瘫",
        "template": "stroke", "phase": "recovery", "begins": begins, "ends": begins + timedelta(weeks=20),
        "review_on": begins + timedelta(weeks=10), "problems": {}, "contraindications": {}, "content": {},
        "measures": ["barthel"], "limits": {}, "conditions": [], "consent": {}, "pauses": {}, "ending": {},
        "doctor_at": FIRST, "therapist_at": FIRST, "consent_at": FIRST,
    }  # fmt: skip


def _items(unit: Unit, resident: UUID, place: int, staff: list[UUID]) -> Iterator[dict[str, Any]]:
    """Four lines a resident, each by another therapist, so that nobody is in two places: five residents share a day."""
    for line in range(4):
        therapist = staff[(place + line * 3) % THERAPISTS]
        weekday, time = place // THERAPISTS % 5 + 1, TIMES[line]
        yield {
            **unit.stamp(rid=named(resident, "item", str(line)), at=FIRST), "recorded_at": FIRST, "revision": 1,
            "current": True, "state": "signed", "resident": resident, "plan": named(resident, "plan"),
            "code": "sit_stand", "words": "坐站转移训练", "discipline": ("pt", "ot", "st", "tcm")[line], "minutes": 30,
            "per_week": 1, "begins": FIRST.date(), "week": [f"{weekday} {time}"], "dose": {}, "place": "hall",
            "therapist": therapist, "together": "", "accepted": [], "note": "", "ordinal": line,
        }  # fmt: skip


def _sessions(unit: Unit, items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    hours = hours_in(unit.settings.zone)
    for item in items:
        weekday, time = item["week"][0].split()
        for back in range(1, WEEKS_BACK * 7):
            day = unit.today - timedelta(days=back)
            if day.isoweekday() != int(weekday):
                continue
            at = hours.moment(day, int(time[:2]) * 60 + int(time[3:]))
            rid = named(
                unit.settings.institution_id, "rehab_session", str(item["rid"]), day.isoformat(), time
            )
            yield {
                **unit.stamp(rid=rid, at=at), "revision": 1, "current": True, "state": "signed",
                "resident": item["resident"], "plan": item["plan"], "item": item["rid"], "service_date": day,
                "slot": time, "discipline": item["discipline"], "words": item["words"], "therapist": item["therapist"],
                "ended_at": at + timedelta(minutes=30), "minutes": 30, "attendance": "done", "why": "",
                "why_words": "", "dose": {}, "before": {}, "during": {}, "after": {}, "stopped": {}, "reactions": [],
                "soap": {}, "skin": {}, "goals": {}, "together": "", "note": "",
            }  # fmt: skip
