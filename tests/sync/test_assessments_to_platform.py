"""Assessments through a platform: questionnaires first and once, faults on the way, own instruments, conflicts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.assessments.fhir.instrument import questionnaire_rid
from app.assessments.instruments import shipped
from app.assessments.own import LoadInstrument, WithdrawInstrument
from app.compose import Station
from app.core.roles import Role
from app.journals import AddEntry
from app.sync.queries import SyncRows
from db.models import Assessment, AssessmentDeferral, AssessmentStatement
from tests.app.fhir.assessing import OWN_TEXT, case_of, enter, say
from tests.app.fhir.daily import corrected
from tests.app.fhir.people import admit
from tests.app.fhir.test_assessments_carried import attach, equal
from tests.support.acts import Act, rows
from tests.support.exchange import second_station
from tests.support.platform import Fault
from tests.support.station import become
from tests.sync.joined import Joined, sends
from tests.sync.test_consent import NO
from tests.sync.test_daily_record import aside
from tests.sync.test_push_faults import LOST

CODES = ("morse", "barthel", "tcm33")


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Station]:
    with second_station(tmp_path / "second") as opened:
        yield opened


@pytest.fixture
def resident(joined: Joined) -> UUID:
    return admit(joined.station)


def rid_of(station: Station, code: str) -> UUID:
    return questionnaire_rid(station.settings.institution_id, code, shipped()[code].version)


def asking(joined: Joined, kind: str = "Questionnaire") -> list[int]:
    """Which requests carry something of this type, by their place."""
    return [place for place, one in enumerate(joined.platform.requests) if sends(kind)(one)]


def outbox(station: Station, kind: str) -> list[tuple[Any, ...]]:
    query = "select revision, state from outbox where kind = :kind order by id"
    return rows(station, query, kind=kind)


def test_a_questionnaire_goes_before_its_answers_and_only_once(
    joined_anywhere: Joined, second: Station
) -> None:
    resident = admit(joined_anywhere.station)
    (assessment, *_) = enter(joined_anywhere.station, resident, *map(case_of, CODES), case_of("morse"))
    say(joined_anywhere.station, resident, assessment)
    done = joined_anywhere.rounds_until_quiet()
    assert (done.conflicts, done.quarantined) == (0, 0)
    assert max(asking(joined_anywhere)) < min(asking(joined_anywhere, "QuestionnaireResponse"))
    urls = [one["url"].rpartition(":")[2] for one in joined_anywhere.platform.resources("Questionnaire")]
    assert sorted(urls) == ["barthel", "house-walk", "morse", "tcm33"]
    there = Joined(second, joined_anywhere.platform)
    there.rounds_until_quiet()
    assert aside(second) == []
    equal(joined_anywhere.station, second)
    assert joined_anywhere.platform.complaints == []
    enter(joined_anywhere.station, resident, *map(case_of, CODES))
    joined_anywhere.restart()
    joined_anywhere.platform.requests.clear()
    joined_anywhere.rounds_until_quiet()
    assert asking(joined_anywhere) == []


def test_two_stations_send_one_questionnaire(joined: Joined, second: Station, resident: UUID) -> None:
    enter(joined.station, resident, case_of("morse"))
    joined.rounds_until_quiet()
    there = Joined(second, joined.platform)
    enter(second, admit(second), case_of("morse"), case_of("braden"))
    there.rounds_until_quiet()
    enter(joined.station, resident, case_of("braden"))
    joined.rounds_until_quiet()
    for code in ("morse", "braden"):
        (body,) = joined.there(rid_of(second, code), "Questionnaire")
        assert len(joined.platform.history("Questionnaire", body["id"])) == 1
    assert outbox(second, "instrument") == [(1, "acked"), (1, "acked")]
    assert outbox(joined.station, "instrument") == [(1, "acked"), (1, "acked")]


def test_what_says_something_new_of_a_version_is_sent_anew(joined: Joined, resident: UUID) -> None:
    enter(joined.station, resident, case_of("morse"))
    joined.rounds_until_quiet()
    (body,) = joined.there(rid_of(joined.station, "morse"), "Questionnaire")
    joined.platform.edit("Questionnaire", body["id"], {"title": "Morse", "approvalDate": "2026-01-01"})
    enter(joined.station, resident, case_of("morse"))
    joined.rounds_until_quiet()
    (theirs,) = joined.there(rid_of(joined.station, "morse"), "Questionnaire")
    assert theirs["title"] == "Morse"  # nothing new was to be said, and what others say is left alone
    forget_what_was_said(joined.station)
    enter(joined.station, resident, case_of("morse"))
    joined.rounds_until_quiet()
    (ours,) = joined.there(rid_of(joined.station, "morse"), "Questionnaire")
    assert (ours["title"], ours["approvalDate"]) == (body["title"], "2026-01-01")
    assert outbox(joined.station, "instrument") == [(1, "acked"), (2, "acked")]


def forget_what_was_said(station: Station) -> None:
    """As if the program's file had said something else when it was sent."""
    query = text("update outbox set body_hash = x'00' where kind = 'instrument'")
    station.desk.do_now(Act(lambda unit: unit.session.connection().execute(query)))


def test_a_platform_without_questionnaires_still_gets_the_answers(joined: Joined, resident: UUID) -> None:
    joined.platform.faults.always(Fault.status(404), sends("Questionnaire"))
    (rid,) = enter(joined.station, resident, case_of("morse"))
    done = joined.round()
    assert done.quarantined == 1
    assert joined.states(rid) == [(1, "acked")]
    (line,) = joined.station.desk.ask_now(SyncRows("aside")).rows
    assert line.title == f"量表 · {shipped()['morse'].title}"


KINDS = ("Questionnaire", "QuestionnaireResponse", "RiskAssessment", "Communication", "Task")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", LOST.values(), ids=LOST.keys())
def test_whatever_goes_wrong_it_comes_there_once(
    joined: Joined, resident: UUID, kind: str, fault: Callable[[], Fault]
) -> None:
    enter(joined.station, resident, case_of("braden", level=1))
    joined.rounds_until_quiet()  # the server and its types are known
    planned = joined.platform.faults.next(fault(), sends(kind))
    (rid,) = enter(joined.station, resident, case_of("morse", level=2))
    made = say(joined.station, resident, rid)
    joined.rounds_until_quiet()
    assert planned.happened == 1
    assert len(joined.there(rid_of(joined.station, "morse"), "Questionnaire")) == 1
    assert len(joined.there(rid, "QuestionnaireResponse")) == 1
    assert joined.states(rid) == [(1, "acked")]
    for key, record in made.items():
        type_ = {"own": "Questionnaire", "fall": "Task", "interval": "Task"}.get(key, "Communication")
        assert len(joined.there(record, type_)) == 1
        assert joined.states(record) == [(1, "acked")]
    risks = joined.platform.resources("RiskAssessment")
    assert len([one for one in risks if one["prediction"][0]["outcome"]["text"] == "跌倒"]) == 1


@pytest.mark.parametrize("key", ["assessment", "refuse", "fall"])
def test_what_both_stations_corrected_is_a_conflict_in_words(
    joined: Joined, second: Station, resident: UUID, key: str
) -> None:
    (assessment,) = enter(joined.station, resident, case_of("morse", level=2))
    made = {**say(joined.station, resident, assessment), "assessment": assessment}
    joined.rounds_until_quiet()
    there = Joined(second, joined.platform)
    there.rounds_until_quiet()
    models: dict[str, Any] = {
        "assessment": Assessment,
        "refuse": AssessmentStatement,
        "fall": AssessmentDeferral,
    }
    for station, said in ((joined.station, "甲"), (second, "乙")):
        changes: dict[str, dict[str, Any]] = {
            "assessment": {"conclusion": said},
            "refuse": {"words": said},
            "fall": {"until": None if said == "甲" else case_of("morse")["due_on"]},
        }
        corrected(station, made[key], models[key], **changes[key])
    joined.rounds_until_quiet()
    done = there.round()
    assert done.conflicts == 1
    assert there.states(made[key])[-1] == (2, "conflict")
    assert re.search("要素上不同|也更正过", there.words(made[key]))
    table = {"assessment": "assessment", "refuse": "assessment_statement", "fall": "assessment_deferral"}[key]
    query = f"select count(*) from {table} where rid = :rid and revision = 2"  # noqa: S608  # our own tables
    assert rows(second, query, rid=made[key].bytes) == [(1,)]


def test_a_recorded_no_holds_all_that_is_said_of_assessments(joined: Joined, resident: UUID) -> None:
    made = say(joined.station, resident, enter(joined.station, resident, case_of("morse", level=2))[0])
    joined.station.desk.do_now(AddEntry(resident, "consent", NO))
    assert joined.round().complete
    kinds = ("QuestionnaireResponse", "Observation", "RiskAssessment", "Communication", "Task")
    assert [kind for kind in kinds if joined.platform.resources(kind)] == []
    assert joined.words(made["agree"]) == joined.words(made["fall"]) == "不上传（未同意）"
    assert len(joined.there(made["own"], "Questionnaire")) == 1  # of nobody in particular


def test_an_own_instrument_counts_at_the_other_station_until_it_is_withdrawn(
    joined_anywhere: Joined, second: Station
) -> None:
    here, there = joined_anywhere, Joined(second, joined_anywhere.platform)
    become(here.station, Role.ADMINISTRATOR)
    text = OWN_TEXT
    for version in ("2013.1", "2014.2"):
        text = text.replace('"2013.1"', f'"{version}"')
        here.station.desk.do_now(LoadInstrument("house-walk.toml", text))
        here.rounds_until_quiet()
        there.rounds_until_quiet()
        assert known(second) == version
    here.station.desk.do_now(WithdrawInstrument("house-walk", "不再使用"))
    here.rounds_until_quiet()
    there.rounds_until_quiet()
    assert known(second) == ""
    query = "select revision, state, current, version, title, text, author, reason from own_instrument"
    assert rows(here.station, query) == rows(second, query)
    (body,) = here.platform.resources("Questionnaire")
    assert body["status"] == "retired"
    assert aside(second) == []


def known(station: Station) -> str:
    """The version of the own instrument that counts; empty where there is none."""
    query = "select version from own_instrument where current and state <> 'retracted'"
    return "".join(str(row[0]) for row in rows(station, query))


def test_a_bad_own_instrument_is_put_aside_with_the_reason_until_it_is_mended(
    joined: Joined, second: Station
) -> None:
    become(joined.station, Role.ADMINISTRATOR)
    joined.station.desk.do_now(LoadInstrument("house-walk.toml", OWN_TEXT))
    joined.rounds_until_quiet()
    (body,) = joined.platform.resources("Questionnaire")
    whole = body["extension"]
    joined.platform.edit(
        "Questionnaire", body["id"], lambda one: attach(one, OWN_TEXT.replace("low = 4", "low = 5"))
    )
    there = Joined(second, joined.platform)
    there.round()
    ((type_, kind, words),) = aside(second)
    assert (type_, kind) == ("Questionnaire", "own_instrument")
    assert words.startswith("量表文件 house-walk.toml：")
    assert known(second) == ""
    joined.platform.edit("Questionnaire", body["id"], {"extension": whole})
    there.rounds_until_quiet()
    assert (aside(second), known(second)) == ([], "2013.1")


def test_questionnaires_of_others_are_left_alone(joined: Joined, resident: UUID) -> None:
    enter(joined.station, resident, case_of("morse"))
    joined.rounds_until_quiet()
    (ours,) = joined.platform.resources("Questionnaire")
    joined.platform.create(
        {
            "resourceType": "Questionnaire",
            "meta": ours["meta"],
            "status": "active",
            "url": "http://example.org/q",
            "title": "别人的问卷",
        }
    )
    before = rows(joined.station, "select count(*) from remote")
    assert joined.round().received == 0
    assert rows(joined.station, "select count(*) from remote") == before
    assert rows(joined.station, "select count(*) from own_instrument") == [(0,)]
    assert aside(joined.station) == []
