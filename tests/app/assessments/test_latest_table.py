"""The narrow table of latest assessments: kept through refusal and retraction, and filled by an upgrade."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.assessments.service import Retract
from app.compose import Station
from db import upgrade
from db.engine import writer_engine
from tests.app.assessments.dues import assessed
from tests.app.assessments.people import Admit
from tests.app.core.test_audit_chain import key_of
from tests.support.acts import rows
from tests.support.station import open_station

LATEST = "select instrument, assessed_on, due_on from assessment_latest order by instrument"


@pytest.fixture
def resident(station: Station) -> UUID:
    return station.desk.do_now(Admit())


def test_it_names_the_latest_that_was_done(station: Station, resident: UUID) -> None:
    assessed(station, resident, "morse", date(2026, 10, 1))
    newest = assessed(station, resident, "morse", date(2026, 11, 1))
    assessed(station, resident, "morse", date(2026, 9, 1))
    assessed(station, resident, "morse", date(2026, 11, 20), undone="拒绝评估")
    assert rows(station, LATEST) == [("morse", "2026-11-01", "2027-11-01")]
    station.desk.do_now(Retract(newest, "笔误"))
    assert rows(station, LATEST) == [("morse", "2026-10-01", "2027-10-01")]


def test_an_older_file_gets_it_filled(home: Path) -> None:
    station = open_station(home)
    resident = station.desk.do_now(Admit())
    for day in (1, 5, 3):
        assessed(station, resident, "gbt42195-2022", date(2026, 11, day))
    station.close()
    engine = writer_engine(home / "station" / "station.db", key_of(home))
    upgrade.downgrade(engine, "0003")
    engine.dispose()
    station = open_station(home)
    assert rows(station, LATEST) == [("gbt42195-2022", "2026-11-05", "2027-11-05")]
    station.close()
