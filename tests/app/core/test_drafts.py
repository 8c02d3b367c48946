"""Drafts of forms belong to who typed them, and leave no trace once dropped."""

from __future__ import annotations

from datetime import timedelta

from app.compose import Station
from app.core.clock import SetClock
from app.core.drafts import NOBODY_YET, DraftOf, DropDraft, KeepDraft
from app.core.roles import Role
from tests.support.acts import count
from tests.support.station import become


def test_kept_over_and_over_it_is_one_draft(station: Station) -> None:
    clock = station.clock
    assert isinstance(clock, SetClock)
    begun = station.desk.do_now(KeepDraft("resident", NOBODY_YET, {"name": "李"}))
    clock.forward(timedelta(minutes=1))
    station.desk.do_now(KeepDraft("resident", NOBODY_YET, {"name": "李桂兰"}))
    kept = station.desk.ask_now(DraftOf("resident", NOBODY_YET))
    assert kept is not None
    assert (kept.content, kept.begun_at) == ({"name": "李桂兰"}, begun)
    assert kept.saved_at - begun == timedelta(minutes=1)
    assert count(station, "draft") == 1


def test_nobody_else_sees_or_drops_it(station: Station) -> None:
    station.desk.do_now(KeepDraft("resident", NOBODY_YET, {"name": "李"}))
    become(station, Role.NURSE)
    assert station.desk.ask_now(DraftOf("resident", NOBODY_YET)) is None
    station.desk.do_now(DropDraft("resident", NOBODY_YET))
    assert count(station, "draft") == 1
    become(station, Role.HEAD_NURSE)
    before = count(station, "audit")
    station.desk.do_now(DropDraft("resident", NOBODY_YET))
    assert count(station, "draft") == 0
    assert count(station, "audit") == before
