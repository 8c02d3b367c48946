"""Everything a referral takes from one chart that is full, in a house of 1,140, beside its own SQL."""

from __future__ import annotations

import random
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.core.unit import Unit
from app.referrals.filling import FillReferral
from app.residents.importing import ImportRoster
from db.models import Diagnosis, Entry, Incident, Resident, Vital
from tests.bench.bench_doses import write_doses, write_orders
from tests.bench.bench_residents import invented
from tests.bench.timing import beside_its_sql
from tests.support.acts import Act, Look
from tests.support.station import MORNING, found, open_station

BEDS, DAYS, ROUNDS = 1_140, 60, 15
SIGNS = {
    "temperature": 36.6,
    "pulse": 82.0,
    "respiration": 18.0,
    "spo2": 95.0,
    "glucose": 7.9,
    "weight": 58.0,
}


def run() -> list[tuple[str, float, str]]:
    """The ratio of the question to its own SQL by cursor; the figure to read is the milliseconds beside it."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            station.desk.do_now(ImportRoster(invented(Path(folder) / "roster.csv", BEDS)))
            people: list[UUID] = station.desk.ask_now(
                Look(lambda reader: list(reader.session.scalars(select(Resident.rid).limit(200))))
            )
            for write in (write_orders, write_doses, _measure, _note):
                station.desk.do_now(Act(partial(write, people=people)))
            one: Any = station.desk.ask_now(FillReferral(people[100]))
            what = f"a chart with {len(one.medicines)} medicines, {len(one.vitals)} signs, four sets a day"
            return [beside_its_sql(station, what, FillReferral(people[100]), ROUNDS)]
        finally:
            station.close()


def _measure(unit: Unit, people: list[UUID]) -> None:
    """Four whole sets a day, the last one an hour ago."""
    dice = random.Random(7)
    rows = []
    for rid in people:
        for set_number in range(DAYS * 4):
            common: dict[str, Any] = {
                "revision": 1, "current": True, "state": "signed", "resident": rid, "set_id": unit.new_id(),
                "absent": "", "note": "",
            }  # fmt: skip
            at = MORNING - timedelta(hours=1 + 6 * set_number)
            plain = {**common, "words": "", "how": {}, "second": None}
            weekly = set_number % 28 == 0
            for code, usual in ((one, SIGNS[one]) for one in SIGNS if one != "weight" or weekly):
                how = {"oxygen": "oxygen", "flow": "3"} if code == "spo2" else {}
                value = round(usual * dice.uniform(0.9, 1.1), 1)
                rows.append({**unit.stamp(at=at), **plain, "code": code, "value": value, "how": how})
            pressure = {"code": "blood_pressure", "value": 132.0, "second": 78.0}
            rows.append({**unit.stamp(at=at), **plain, **pressure})
            rows.append({**unit.stamp(at=at), **plain, "code": "consciousness", "value": None, "words": "A"})
    unit.session.execute(insert(Vital), rows)


def _note(unit: Unit, people: list[UUID]) -> None:
    """Diagnoses, tubes, notes every eight hours, a wound looked at daily, three falls."""
    diagnoses: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    falls: list[dict[str, Any]] = []
    said = {
        "kind": "special",
        "text": "咳嗽，咳黄痰，夜间气促，予端坐位" * 3,
        "measures": "拍背，吸痰",
        "effect": "稍好转",
    }
    wound = {"site": ["sacrum"], "stage": "3", "length": "3", "width": "2", "treatment": "泡沫敷料"}
    for rid in people:
        base: dict[str, Any] = {"revision": 1, "current": True, "state": "signed", "resident": rid}
        for place in range(8):
            more = {"words": f"慢性病 {place}", "code": f"I{place}0", "onset": "", "status": "active"}
            diagnoses.append({**unit.stamp(), **base, **more, "ordinal": place})
        for place in range(DAYS * 3):
            at = MORNING - timedelta(hours=8 * place + 2)
            entries.append({**unit.stamp(at=at), **base, "journal": "nursing-note", "content": said})
            if place % 3 == 0:
                entries.append({**unit.stamp(at=at), **base, "journal": "skin", "content": wound})
        for place in range(3):
            at = MORNING - timedelta(days=20 * place, hours=3)
            number = f"01-{len(falls):06d}"
            falls.append(
                {
                    **unit.stamp(at=at), **base, "number": number, "code": "fall", "happened": "如厕后滑倒",
                    "status": "reported", "place": "卫生间", "harm": "moderate", "content": {"done": "冰敷"},
                }
            )  # fmt: skip
    unit.session.execute(insert(Diagnosis), diagnoses)
    unit.session.execute(insert(Entry), entries)
    unit.session.execute(insert(Incident), falls)
