"""Invented incidents for tests: a fall as it is reported in twenty seconds, a family told, a review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.compose import Station
from app.core.clock import SetClock
from app.incidents.queries import IncidentOf, IncidentWhole
from app.incidents.rules import Family, Report, Review
from app.incidents.service import CloseIncident, ReportIncident, ReviewIncident, TellFamily
from app.residents.stating import Seen

REVIEW = Review(
    ("环境与设施",), "卫生间地面有水，夜间灯光不足。", "铺防滑垫，装感应夜灯，护士长11月30日前检查。"
)


def fall(station: Station, resident: UUID | None, **other: Any) -> Report:
    """A fall half an hour ago."""
    said: dict[str, Any] = {
        "kind": "fall",
        "at": station.clock.now() - timedelta(minutes=30),
        "resident": resident,
        "place": "卫生间",
        "happened": "如厕后起身时滑倒，臀部着地。",
        "harm": "mild",
        "measures": ("通知医生", "监测生命体征"),
    }
    return Report(**{**said, **other})


def report(station: Station, resident: UUID | None, **other: Any) -> UUID:
    return station.desk.do_now(ReportIncident(fall(station, resident, **other)))


def whole(station: Station, rid: UUID) -> IncidentWhole:
    return station.desk.ask_now(IncidentOf(rid))


def seen(station: Station, rid: UUID) -> Seen:
    """The incident as it stands."""
    return Seen(rid, whole(station, rid).row.revision)


def told(station: Station, **other: Any) -> Family:
    said = {
        "at": station.clock.now(),
        "way": "电话",
        "whom": "王建国（儿子）",
        "by": "林晓燕",
        "answer": "知道了，下午来看望。",
    }
    return Family(**{**said, **other})


def close(station: Station, rid: UUID) -> None:
    """Told, reviewed, closed: by whoever is at the desk."""
    station.desk.do_now(TellFamily(seen(station, rid), told(station)))
    station.desk.do_now(ReviewIncident(seen(station, rid), REVIEW))
    station.desk.do_now(CloseIncident(seen(station, rid)))


def forward(station: Station, **time: int) -> None:
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(**time))
