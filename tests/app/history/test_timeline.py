"""One line of time for everything that happened to a resident."""

from __future__ import annotations

from datetime import timedelta

from app.compose import Station
from app.history.timeline import Timeline
from tests.ui.residents.stage import assessed, people


def test_a_timeline_has_every_subject_in_order_and_ends_where_it_is_told(station: Station) -> None:
    (rid, *_) = people(station, 1)
    assessed(station, rid, 58, due_in=-3)
    now = station.desk.clock.now()
    lines = station.desk.ask_now(Timeline(rid, now - timedelta(days=800), now + timedelta(days=1)))
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert {"评估", "过敏与诊断"} <= {line.sort for line in lines}
    assert station.desk.ask_now(Timeline(rid, now - timedelta(days=4000), now - timedelta(days=3000))) == ()
