"""What one record holds up and what it does not: poison, dependants, refusals to upload, others' changes, twins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.fhir import House
from app.sync.acts import ForgetPlatform, SendAgain
from tests.support.acts import NoteAllergy, rows
from tests.support.log import LogWatch
from tests.support.platform import Behaviour, Fault, Platform, Resource
from tests.support.station import become
from tests.sync.joined import Joined, sends


def poison(name: str) -> Fault:
    """The platform never takes a Patient of this name."""

    def which(entry: Resource) -> bool:
        names = (entry.get("resource") or {}).get("name") or [{}]
        return isinstance(names, list) and names[0].get("text") == name

    return Fault.entries(422, which)


def test_one_bad_record_is_put_aside_and_holds_up_nobody_else(joined: Joined) -> None:
    joined.platform.faults.always(poison("坏人"), sends("Patient"))
    good = joined.admit(*(f"好人{number}" for number in range(20)))
    (bad,) = joined.admit("坏人")
    more = joined.admit(*(f"好人{number}" for number in range(20, 40)))
    done = joined.round()
    assert (done.quarantined, done.waiting, done.complete) == (1, 0, True)
    assert joined.states(bad) == [(1, "quarantined")]
    assert joined.words(bad).startswith("区平台不收：Refused with 422")
    assert all(len(joined.there(rid)) == 1 for rid in [*good, *more])


def test_what_depends_on_it_waits_and_goes_when_it_went(joined: Joined) -> None:
    planned = joined.platform.faults.always(poison("坏人"), sends("Patient"))
    (bad, good) = joined.admit("坏人", "好人")
    waits, goes = (joined.station.desk.do_now(NoteAllergy(rid, "青霉素")) for rid in (bad, good))
    joined.round()
    assert joined.states(waits) == [(1, "pending")]
    assert joined.words(waits) == "等“老人档案”先上传。"
    assert joined.states(goes) == [(1, "acked")]
    planned.stop()
    (line,) = rows(joined.station, "select id from outbox where state = 'quarantined'")
    joined.station.desk.do_now(SendAgain(line[0]))
    joined.rounds_until_quiet()
    assert joined.states(waits) == [(1, "acked")]
    with pytest.raises(Refusal, match="已经不在搁置"):
        joined.station.desk.do_now(SendAgain(line[0]))


def test_a_corrected_record_settles_the_one_put_aside(joined: Joined) -> None:
    joined.platform.faults.always(poison("坏人"), sends("Patient"))
    (bad,) = joined.admit("坏人")
    joined.admit("好人")
    joined.round()
    joined.edit(bad, name="改好了")
    joined.rounds_until_quiet()
    assert joined.states(bad) == [(1, "acked"), (2, "acked")]
    assert [body["name"][0]["text"] for body in joined.there(bad)] == ["改好了"]


def test_a_server_that_takes_none_of_a_kind_gets_few_tries(joined: Joined) -> None:
    joined.platform.faults.always(Fault.entries(422), sends("Patient"))
    joined.admit(*(f"老人{number}" for number in range(30)))
    done = joined.round()
    assert done.quarantined == 3
    assert done.waiting == 27
    assert not done.complete
    assert len([request for request in joined.platform.requests if sends("Patient")(request)]) < 12


def test_whoever_refuses_stays_here_and_stops_no_success(joined: Joined) -> None:
    (rid,) = joined.admit("不同意的人")
    joined.edit(rid, upload_refused=True)
    allergy = joined.station.desk.do_now(NoteAllergy(rid, "青霉素"))
    done = joined.round()
    assert done.complete
    assert joined.words(rid) == "不上传（未同意）"
    assert joined.states(allergy) == [(1, "pending")]
    assert joined.there(rid) == []
    joined.edit(rid, upload_refused=False)
    joined.rounds_until_quiet()
    assert len(joined.there(rid)) == 1


def test_somebody_elses_change_is_not_overwritten(joined_anywhere: Joined) -> None:
    (rid,) = joined_anywhere.admit("欧阳淑华")
    joined_anywhere.rounds_until_quiet()
    (body,) = joined_anywhere.there(rid)
    joined_anywhere.platform.edit(
        "Patient", body["id"], {"telecom": [{"system": "phone", "value": "62000000"}]}
    )
    joined_anywhere.edit(rid, phone="13900000009", address="他处")
    done = joined_anywhere.round(pulls=False)
    assert done.conflicts == 1
    assert joined_anywhere.states(rid)[-1] == (2, "conflict")
    assert "电话" in joined_anywhere.words(rid)
    (body,) = joined_anywhere.there(rid)
    assert body["telecom"][0]["value"] == "62000000"
    theirs = joined_anywhere.remote(rid).theirs or {}
    assert theirs["telecom"][0]["value"] == "62000000"


def test_a_change_of_what_is_not_ours_is_kept_below_ours(joined_anywhere: Joined) -> None:
    (rid,) = joined_anywhere.admit("欧阳淑华")
    joined_anywhere.rounds_until_quiet()
    (body,) = joined_anywhere.there(rid)
    joined_anywhere.platform.edit("Patient", body["id"], {"multipleBirthBoolean": True})
    joined_anywhere.edit(rid, phone="13900000009")
    assert joined_anywhere.round(pulls=False).conflicts == 0
    (body,) = joined_anywhere.there(rid)
    assert (body["telecom"][0]["value"], body["multipleBirthBoolean"]) == ("13900000009", True)


def test_limits_of_a_server_are_learned(station: Any) -> None:
    behaviour = replace(Behaviour.medplum(), puts_in_bundle=5, body_limit=20_000, creates_per_minute=0)
    with Platform(behaviour) as platform:
        joined = Joined(station, platform)
        rids = joined.admit(*(f"老人{number}" for number in range(60)))
        joined.rounds_until_quiet()
        for rid in rids:
            joined.edit(rid, phone="13900000004")
        joined.rounds_until_quiet()
        assert all(joined.states(rid) == [(1, "acked"), (2, "acked")] for rid in rids)
        assert joined.rounds.pace.puts <= 5


def test_a_type_that_is_not_found_by_identifier_is_found_by_its_tag(station: Any) -> None:
    behaviour = replace(Behaviour.wso2(), identifier_broken=frozenset({"Patient"}), eof_every=0)
    with Platform(behaviour) as platform:
        joined = Joined(station, platform)
        joined.admit("早先的人")
        joined.rounds_until_quiet()
        assert joined.mark("identity/Patient") == '{"key":"tag"}'
        assert joined.mark("identity/Practitioner") == '{"key":"identifier"}'
        platform.faults.next(Fault.lost_after(), sends("Patient"))
        rids = joined.admit("欧阳淑华", "王建国")
        joined.round(pulls=False)
        assert [joined.states(rid) for rid in rids] == [[(1, "unknown")], [(1, "unknown")]]
        joined.round(pulls=False)
        assert [joined.states(rid) for rid in rids] == [[(1, "acked")], [(1, "acked")]]
        assert all(len(joined.there(rid)) == 1 for rid in rids)


def test_of_two_twins_one_stays_and_the_other_is_set_aside(joined: Joined) -> None:
    joined.admit("早先的人")
    joined.rounds_until_quiet()
    (rid,) = joined.admit("欧阳淑华")
    joined.platform.faults.next(replace(Fault.lost_after(), handled=2), sends("Patient"))
    joined.round(pulls=False)
    assert len(joined.there(rid)) == 2
    joined.round(pulls=False)
    (body,) = joined.there(rid)
    assert joined.states(rid) == [(1, "acked")]
    assert joined.remote(rid).server_id == body["id"]
    twins = [one for one in joined.platform.resources("Patient") if str(rid) in str(one["identifier"])]
    loser = next(one for one in twins if one["id"] != body["id"])
    assert loser["active"] is False
    assert loser["link"][0]["other"]["reference"] == f"Patient/{body['id']}"


def test_a_forgotten_platform_doubles_nothing_if_it_was_the_same(joined: Joined) -> None:
    rids = joined.admit("欧阳淑华", "王建国")
    joined.rounds_until_quiet()
    with pytest.raises(Refusal):
        joined.station.desk.do_now(ForgetPlatform())
    become(joined.station, Role.ADMINISTRATOR)
    assert joined.station.desk.do_now(ForgetPlatform()) == 11
    joined.rounds_until_quiet()
    assert all(len(joined.there(rid)) == 1 for rid in rids)
    assert len(joined.platform.resources("Organization")) == 1


def test_an_emptied_platform_gets_everything_again_once_a_person_says_so(joined: Joined) -> None:
    rids = joined.admit("欧阳淑华", "王建国")
    joined.rounds_until_quiet()
    joined.platform.empty()
    done = joined.round()
    assert "找不到本机构" in done.error
    assert joined.platform.resources("Patient") == []
    become(joined.station, Role.ADMINISTRATOR)
    joined.station.desk.do_now(ForgetPlatform())
    joined.rounds_until_quiet()
    assert all(len(joined.there(rid)) == 1 for rid in rids)


def test_two_stations_have_one_institution(joined: Joined) -> None:
    """The other station sent it first."""
    house = House.of(joined.station.settings)
    identifier = [{"system": house.system, "value": str(house.institution)}]
    joined.platform.create({"resourceType": "Organization", "identifier": identifier, "name": "旧名"})
    joined.rounds_until_quiet()
    (body,) = joined.platform.resources("Organization")
    assert body["name"] == "康宁养护院"


def test_a_record_that_cannot_be_translated_holds_up_itself_alone(
    joined: Joined, expected_log: LogWatch
) -> None:
    good = joined.admit("好人", "另一个好人")
    (bad,) = joined.admit("坏人")
    real: Any = joined.rounds.mappers["resident"]

    class Stumbling:
        types, takes, apart = real.types, real.takes, real.apart

        def parts(self, reader: Any, asked: Any) -> Any:
            if any(one.record == bad for one in asked):
                raise KeyError("a bug")
            return real.parts(reader, asked)

    joined.rounds.mappers = {**joined.rounds.mappers, "resident": Stumbling()}  # type: ignore[dict-item]  # meant to fail
    with expected_log.expect("cannot be translated", 40):
        done = joined.round(pulls=False)
    assert done.quarantined == 1
    assert all(joined.states(rid) == [(1, "acked")] for rid in good)


def test_an_unknown_outcome_does_not_become_harmless_by_a_refusal_to_upload(joined: Joined) -> None:
    """The answer got lost; then the resident refuses, then agrees again: it is looked for, not sent twice."""
    joined.admit("早先的人")
    joined.rounds_until_quiet()
    (rid,) = joined.admit("欧阳淑华")
    joined.platform.faults.next(Fault.lost_after(), sends("Patient"))
    joined.round(pulls=False)
    joined.edit(rid, upload_refused=True)
    joined.round(pulls=False)
    assert joined.states(rid)[0] == (1, "unknown")
    joined.edit(rid, upload_refused=False)
    joined.rounds_until_quiet()
    assert len(joined.there(rid)) == 1
