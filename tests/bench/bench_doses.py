"""One dose made durable beside a bare commit, and the questions of a house of 1,140 beside the statements they send.

Everybody has seven orders, given for fourteen days; the clock stands in the middle of the morning round.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from app.care.lists import hours_in
from app.compose import Station
from app.core.clock import SetClock
from app.core.ids import named
from app.core.unit import Unit
from app.medication.drugs.catalogue import drugs
from app.medication.facts import facts_of
from app.medication.following import CountFollowing, Following
from app.medication.giving import Give
from app.medication.queries import RoundBoard
from app.residents.importing import ImportRoster
from db.engine import connect
from db.models import Dose, MedOrder, Resident
from tests.bench.bench_core import INSERT, compared
from tests.bench.bench_residents import invented
from tests.bench.timing import beside_its_sql
from tests.support.acts import Act, Look
from tests.support.station import MORNING, found, open_station

BEDS, DAYS, ROUNDS = 1_140, 14, 9
ORDERS = (
    ("amlodipine-tab-5", "5", "mg", ("08:00",)),
    ("aspirin-ec-tab-100", "100", "mg", ("08:00",)),
    ("metformin-tab-0.5g", "0.5", "g", ("08:00", "17:30")),
    ("mecobalamin-tab-0.5", "0.5", "mg", ("08:00", "12:00", "17:30")),
    ("omeprazole-ec-cap-20", "20", "mg", ("06:00",)),
    ("atorvastatin-tab-20", "20", "mg", ("21:00",)),
    ("donepezil-tab-5", "5", "mg", ("21:00",)),
)
FIRST = MORNING - timedelta(days=DAYS)


def run() -> list[tuple[str, float, str]]:
    """Ratios: a dose ÷ a bare durable commit; each question ÷ its own SQL by cursor."""
    with tempfile.TemporaryDirectory() as folder:
        station = open_station(found(Path(folder) / "template").copy(Path(folder) / "home"))
        try:
            station.desk.do_now(ImportRoster(invented(Path(folder) / "roster.csv", BEDS)))
            people: list[UUID] = station.desk.ask_now(
                Look(lambda reader: list(reader.session.scalars(select(Resident.rid))))
            )
            station.desk.do_now(Act(partial(write_orders, people=people)))
            station.desk.do_now(Act(partial(write_doses, people=people)))
            floor = station.desk.ask_now(RoundBoard())
            return [
                _dose(station, people[0], Path(folder) / "bare.db"),
                beside_its_sql(
                    station,
                    f"round of a floor of {len(floor.rows)} in a house of {BEDS}",
                    RoundBoard(),
                    ROUNDS,
                ),
                beside_its_sql(station, "what follows doses", Following(), ROUNDS),
                beside_its_sql(station, "its number", CountFollowing(), ROUNDS),
            ]
        finally:
            station.close()


def order_of(resident: UUID, code: str) -> UUID:
    return named(resident, "order", code)


def write_orders(unit: Unit, people: list[UUID]) -> None:
    unit.session.execute(insert(MedOrder), list(_orders(unit, people)))


def _orders(unit: Unit, people: list[UUID]) -> Iterator[dict[str, Any]]:
    for number, resident in enumerate(people):
        for place, (code, amount, unit_of, times) in enumerate(ORDERS):
            drug = drugs()[code]
            yield {
                **unit.stamp(rid=order_of(resident, code), at=FIRST), "revision": 2, "current": True,
                "state": "corrected", "resident": resident, "number": f"01-{number * 7 + place:06d}", "kind": "long",
                "status": "checked", "drug": code, "words": drug.title, "facts": facts_of(drug),
                "dosing": {"way": "same", "amount": amount}, "dose_unit": unit_of, "route": "po", "begins": FIRST,
                "frequency": "own", "times": list(times), "weekdays": [], "pauses": {}, "limits": {}, "prn": {},
                "found": {}, "verbal": {}, "checked_at": FIRST, "doctor_at": FIRST, "every_days": 1, "every_weeks": 1,
                "meal": "", "indication": "", "origin": "station", "own_supply": False, "note": "", "doctor_name": "",
                "hospital": "", "paper": "", "ended_why": "",
            }  # fmt: skip


def write_doses(unit: Unit, people: list[UUID]) -> None:
    for back in range(DAYS, 0, -1):
        unit.session.execute(insert(Dose), list(_doses(unit, people, unit.today - timedelta(days=back))))


def _doses(unit: Unit, people: list[UUID], day: date) -> Iterator[dict[str, Any]]:
    hours = hours_in(unit.settings.zone)
    for resident in people:
        for code, amount, unit_of, times in ORDERS:
            order = order_of(resident, code)
            for name in times:
                at: datetime = hours.moment(day, int(name[:2]) * 60 + 5)
                rid = named(unit.settings.institution_id, "dose", str(order), day.isoformat(), name, "slot")
                yield {
                    **unit.stamp(rid=rid, at=at), "revision": 1, "current": True, "state": "signed",
                    "resident": resident, "med_order": order, "drug": code, "service_date": day, "slot": name,
                    "kind": "slot", "outcome": "given", "amount": amount, "unit": unit_of, "pieces": 1.0, "note": "",
                    "late": "", "check_how": "", "check_why": "", "site": "", "lot": "", "measured": {}, "prn": {},
                    "swallowed": "", "supply": "ward",
                }  # fmt: skip


def _dose(station: Station, resident: UUID, path: Path) -> tuple[str, float, str]:
    """One dose given, with its outbox and audit line, by turns with one INSERT committed durably."""
    bare = connect(path, bytes(range(32)))
    bare.execute("CREATE TABLE audit (seq INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h, i, j, mac)")
    numbers, days = iter(range(1, 1_000_000)), iter(range(1, 100_000))
    clock, zone = station.clock, station.settings.zone
    assert isinstance(clock, SetClock)
    order = order_of(resident, "donepezil-tab-5")

    def commit() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(INSERT, (next(numbers), bytes(16), bytes(16), bytes(32)))
        bare.execute("COMMIT")

    def give() -> None:
        day = MORNING.date() + timedelta(days=next(days))
        clock.put(hours_in(zone).moment(day, 21 * 60 + 5))
        station.desk.do_now(Give((order, day, "21:00")))

    made = compared("one dose given / bare durable commit", give, commit)
    bare.close()
    clock.put(MORNING)
    return made
