"""The record of a span with what was corrected and retracted; typed times; the doctor's form; where a resident was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.residents.queries.whereabouts import Whereabouts
from app.vitals.catalogue import sign_of
from app.vitals.form import profile_form, profile_values, read_profile
from app.vitals.profiles import Profile
from app.vitals.queries.record import VitalRecord
from app.vitals.rules import News2, Wrong
from app.vitals.rules.moments import moment_words, read_moment
from app.vitals.rules.typing import Whose, read_typed
from tests.printing.vitals_sample import ZONE, fortnight, moment
from tests.support.station import become

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=ZoneInfo(ZONE))


def test_a_record_holds_what_stands_what_went_and_what_was_said_before(station: Station) -> None:
    rid = fortnight(station)
    span = (moment(date(2026, 11, 9), 0), moment(date(2026, 11, 24), 0))
    record = station.desk.ask_now(VitalRecord(rid, *span))
    assert [one.at for one in record.lines] == sorted(one.at for one in record.lines)
    fixed = next(one for one in record.lines if one.former)
    assert (fixed.words, fixed.former[0].words, fixed.reason, fixed.taken.how) == (
        "36.8",
        "36.3",
        "笔误",
        "口",
    )
    (gone,) = (one for one in record.lines if one.retracted)
    assert (gone.code, gone.reason) == ("spo2", "误录：探头脱落")
    assert gone not in record.standing()
    assert all(one.code == "spo2" for one in record.standing("spo2"))
    assert {one.words for one in record.standing() if one.measured.absent} == {"拒测"}
    assert record.scores[fixed.taken.set_id] == record.scores[fixed.taken.set_id]
    assert isinstance(record.scores[fixed.taken.set_id], News2)
    # one sign alone has no scores, for no set is whole
    assert station.desk.ask_now(VitalRecord(rid, *span, ("pulse",))).scores == {}


def test_only_who_may_read_a_chart_reads_it(station: Station) -> None:
    rid = fortnight(station)
    become(station, Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="查看老人档案"):
        station.desk.ask_now(VitalRecord(rid, NOW - timedelta(days=1), NOW))
    with pytest.raises(Refusal, match="查看老人档案"):
        station.desk.ask_now(Whereabouts(rid))


def test_where_somebody_was(station: Station) -> None:
    rid = fortnight(station)
    where = station.desk.ask_now(Whereabouts(rid))
    assert [one.code for one in where.away] == ["leave"]
    assert where.stay_on(date(2026, 11, 8)) is None
    assert where.stay_on(date(2026, 11, 9)) == where.stays[0]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("8:05", datetime(2026, 11, 24, 8, 5)),  # noqa: DTZ001  # the zone is added below
        ("0805", datetime(2026, 11, 24, 8, 5)),  # noqa: DTZ001  # the same
        ("０８：０５", datetime(2026, 11, 24, 8, 5)),  # noqa: DTZ001  # the same
        ("11-23 24:00", datetime(2026, 11, 24)),  # noqa: DTZ001  # the same
        ("12-31 22:00", datetime(2025, 12, 31, 22)),  # noqa: DTZ001  # the same
        ("2026年11月3日 7时30分", datetime(2026, 11, 3, 7, 30)),  # noqa: DTZ001  # the same
    ],
)
def test_a_typed_time(text: str, at: datetime) -> None:
    read = read_moment(text, NOW)
    assert read == at.replace(tzinfo=ZoneInfo(ZONE))
    assert read_moment(moment_words(read, NOW), NOW) == read


@pytest.mark.parametrize("text", ["", "早上", "25:00", "24:01", "08:60", "02-30 08:00", "13-01 08:00", "8"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(Wrong):
        read_moment(text, NOW)


def test_what_is_typed_is_read_judged_and_doubted() -> None:
    warmth = sign_of("temperature")
    whose = Whose(85)
    assert read_typed(warmth, " ", (), whose).measured is None
    assert "超出可录范围" in read_typed(warmth, "43.6", (), whose).stands_in_the_way
    doubtful = read_typed(warmth, "39.6", (("site", "oral"),), whose)
    assert "再按一次 Enter 确认" in doubtful.stands_in_the_way
    sure = read_typed(warmth, "39.6", (("site", "oral"),), whose, confirmed=True)
    assert sure.red
    assert not sure.stands_in_the_way
    assert sure.measured is not None
    assert (sure.measured.said("site"), sure.measured.confirmed) == ("oral", True)
    weight = read_typed(sign_of("weight"), "56", (), Whose(85, before=52.0))
    assert "上次 52.0" in weight.doubt


def test_the_doctors_form_keeps_limits_it_does_not_ask_for() -> None:
    seen = Profile(limits={"blood_pressure": {"high": 150.0}, "height": {"low": 140.0}}, revision=3)
    values = profile_values(seen)
    assert (values["blood_pressure"], values["spo2_scale"]) == ("150", "1")
    said = read_profile({**values, "blood_pressure": "", "pulse": "50", "pulse.high": "90"}, seen)
    assert said.limits == {"height": {"low": 140.0}, "pulse": {"low": 50.0, "high": 90.0}}
    assert len({field.key for field in profile_form().fields}) == len(profile_form().fields)
