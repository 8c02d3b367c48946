"""What programs that are no CareStation do to our resources: taken, kept or refused in words, never silently lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.assessments.record_queries import AssessmentRevisions
from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import PLATFORM
from app.fhir import Held, NotYet, Taken, merged
from app.fhir.carrying import REVISION
from app.fhir.coding import ALLERGY_STATUS, CONDITION_CERTAINTY, coded
from app.residents.queries import Chart, FormOf, ResidentList
from app.residents.service import CreateResident, EditResident
from tests.app.fhir.daily import live
from tests.app.fhir.people import LONGEST, admit, admit_without_allergies, assessed
from tests.support.acts import rows
from tests.support.exchange import bodies, came, carry, on_the_wire, part_of, parts_of, take, waiting

Body = dict[str, Any]
DAILY = ("absence", "grade", "vital", "entry", "incident")


def body_of(station: Station, kind: str) -> Body:
    """The one (or last) resource of a type as the server holds it."""
    return [body for body in bodies(station) if body["resourceType"] == kind][-1]


def edited(station: Station, kind: str, edit: Callable[[Body], Any]) -> Taken:
    """Another program changes a resource after we sent it; the station takes it in."""
    base = body_of(station, kind)
    body = copy.deepcopy(base)
    edit(body)
    return take(station, came(station, body, base))


def without_envelope(body: Body) -> None:
    body["extension"] = [one for one in body["extension"] if one["url"] != REVISION]


def test_another_programs_edit_is_the_next_revision_by_the_platform(station: Station) -> None:
    rid = admit(station)
    taken = edited(
        station, "Patient", lambda body: body.update(telecom=[{"system": "phone", "value": "13800138000"}])
    )
    assert taken == Taken(rid, 2, "00", changed=True)
    chart = station.desk.ask_now(Chart(rid))
    assert (chart.phone, chart.revision, chart.recorded_by) == ("13800138000", 2, "区平台")
    assert rows(station, "select source, author from resident") == [("platform", PLATFORM.rid.bytes)]
    assert rows(station, "select revision from register_version where kind = 'resident'") == [(1,)]
    assert [row.rid for row in station.desk.ask_now(ResidentList("8000")).rows] == [rid]
    assert rows(station, "select max(revision) from outbox where kind = 'resident'") == [(1,)]


def test_two_edits_one_after_the_other_are_both_taken(station: Station) -> None:
    rid = admit(station)
    base = body_of(station, "Patient")
    for number, revision in (("13800138000", 2), ("13900139000", 3)):
        body = {**base, "telecom": [{"system": "phone", "value": number}]}
        assert take(station, came(station, body, base)).revision == revision
        assert not take(station, came(station, body, body)).changed
        base = body
    assert station.desk.ask_now(Chart(rid)).phone == "13900139000"


def test_our_edit_after_theirs_is_ours_again(station: Station) -> None:
    rid = admit(station)
    edited(station, "Patient", lambda body: body.update(gender="unknown"))
    form = station.desk.ask_now(FormOf(rid))
    station.desk.do_now(EditResident(rid, replace(form.form, sex="2", phone="021-55550888"), form.revision))
    assert rows(station, "select revision, station, source from resident") == [(3, "01", "manual")]
    assert part_of(station, "resident", rid, 3).body["gender"] == "female"


@pytest.mark.parametrize(
    "element", ["name", "gender", "birthDate", "telecom", "address", "maritalStatus", "extension"]
)
def test_what_another_program_dropped_is_kept(station: Station, element: str) -> None:
    admit(station)
    assert not edited(station, "Patient", lambda body: body.pop(element)).changed


def test_additions_of_others_are_preserved_when_we_send_again(station: Station) -> None:
    rid = admit(station)
    theirs = on_the_wire(part_of(station, "resident", rid))
    theirs["identifier"].append({"system": "urn:oid:2.16.156.10011.1.19", "value": "健康卡1"})
    theirs["extension"].append({"url": "http://example.org/x", "valueBoolean": True})
    theirs["telecom"].append({"system": "email", "value": "o@example.org"})
    theirs["name"].append({"use": "maiden", "text": "王淑华"})
    theirs["meta"]["tag"].append({"system": "http://example.org/t", "code": "t"})
    theirs |= {
        "deceasedBoolean": False,
        "contact": [{"name": {"text": "王建国"}}],
        "text": {"status": "empty"},
    }
    sent = merged(part_of(station, "resident", rid), theirs, "p1")
    for element in ("identifier", "extension", "telecom", "name"):
        assert theirs[element][-1] in sent[element]
        assert len(sent[element]) == len(theirs[element]), element
    assert theirs["meta"]["tag"][-1] in sent["meta"]["tag"]
    assert {key: sent[key] for key in ("deceasedBoolean", "contact", "text")} == {
        key: theirs[key] for key in ("deceasedBoolean", "contact", "text")
    }


def test_what_we_emptied_goes_and_half_a_birth_date_of_theirs_stays(station: Station) -> None:
    rid = admit(station)
    part = part_of(station, "resident", rid)
    there = on_the_wire(part)
    emptied = replace(part, body={key: value for key, value in part.body.items() if key != "telecom"})
    assert "telecom" not in merged(emptied, there)
    unborn = replace(part, owned=part.owned - {"birthDate"}, body={**part.body})
    del unborn.body["birthDate"]
    assert merged(unborn, {**there, "birthDate": "1941"})["birthDate"] == "1941"


REFUSED: list[tuple[str, Callable[[Body], Any], str]] = [
    ("Patient", lambda body: body.update(gender="other"), "性别“other”"),
    ("Patient", lambda body: body.update(birthDate="1941-03"), "出生日期“1941-03”不完整"),
    ("Patient", lambda body: body.update(name=[{"text": "测试1"}]), "改动的档案有误"),
    ("Patient", lambda body: body.update(telecom=[{"system": "phone", "value": "12"}]), "改动的档案有误"),
    ("Patient", lambda body: body.update(telecom=[None]), "读不懂"),
    ("EpisodeOfCare", lambda body: body.update(status="onhold"), "入住状态“onhold”"),
    ("EpisodeOfCare", lambda body: body.update(status="finished"), "没有退住日期"),
    ("EpisodeOfCare", lambda body: body.update(period={"start": "2024-05-18", "end": "2020-01-01"}), "早于入住"),
    ("AllergyIntolerance", lambda body: body.update(clinicalStatus=coded(ALLERGY_STATUS, "resolved")), "已不存在"),
    ("Condition", lambda body: body.update(verificationStatus=coded(CONDITION_CERTAINTY, "refuted")), "排除了"),
    ("QuestionnaireResponse", lambda body: body["item"][1]["item"][0]["item"][0].update(answer=[{"valueString": "3"}]),
     "读不懂"),
    ("QuestionnaireResponse", lambda body: body.update(item=[None]), "读不懂"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "edit", "words"), REFUSED, ids=[f"{one[0]}-{one[2]}" for one in REFUSED])
def test_what_does_not_fit_is_refused_in_words(
    station: Station, kind: str, edit: Callable[[Body], Any], words: str
) -> None:
    assessed(station, admit(station))
    tables = ("resident", "stay", "allergy", "diagnosis", "assessment")
    before = [rows(station, f"select * from {table}") for table in tables]  # noqa: S608  # our own tables
    with pytest.raises(Refusal, match=words):
        edited(station, kind, edit)
    assert [rows(station, f"select * from {table}") for table in tables] == before  # noqa: S608  # our own tables


def test_a_discharge_there_is_a_discharge_here(station: Station) -> None:
    rid = admit(station)
    taken = edited(
        station,
        "EpisodeOfCare",
        lambda body: body.update(status="finished", period={**body["period"], "end": "2026-11-23"}),
    )
    assert (taken.revision, taken.station) == (2, "00")
    assert not station.desk.ask_now(Chart(rid)).here
    assert rows(station, "select revision, current, state from stay order by revision") == [
        (1, 0, "signed"), (2, 1, "corrected"),
    ]  # fmt: skip


def test_no_known_allergy_is_read_from_our_code_and_never_from_silence(
    station: Station, other: Station
) -> None:
    admit_without_allergies(station)
    body = body_of(station, "AllergyIntolerance")
    assert body["code"]["text"] == "无已知过敏史"
    assert "snomed" not in str(body)
    carry(station, other)
    assert rows(other, "select none_known, substance from allergy") == [(1, "")]


def test_entered_in_error_there_is_retracted_here_and_stays_readable(station: Station) -> None:
    record = assessed(station, admit(station))
    taken = edited(
        station, "QuestionnaireResponse", lambda body: body.update(status="entered-in-error", item=[])
    )
    assert (taken.revision, taken.changed) == (1, True)
    (only,) = station.desk.ask_now(AssessmentRevisions(record))
    assert (only.state, only.total, len(only.answers)) == ("retracted", 62, 26)


def test_an_assessment_corrected_by_another_program_has_no_signature(station: Station) -> None:
    record = assessed(station, admit(station))

    def conclude(body: Body) -> None:
        (one,) = (item for item in body["item"][2]["item"] if item["linkId"] == "results.conclusion")
        one["answer"] = [{"valueString": "请复评。"}]
        without_envelope(body)

    assert edited(station, "QuestionnaireResponse", conclude).revision == 2
    newest, first = station.desk.ask_now(AssessmentRevisions(record))
    assert (newest.conclusion, newest.author_name, newest.signatures) == ("请复评。", "区平台", ())
    assert (first.revision, len(first.signatures)) == (1, 2)


def test_findings_belong_to_their_record_and_say_nothing_new(station: Station) -> None:
    record = assessed(station, admit(station))
    taken = edited(station, "Observation", lambda body: body.update(status="final"))
    assert taken == Taken(record, 1, "01", changed=False)


def test_older_words_than_the_platform_had_are_refused(station: Station) -> None:
    rid = admit(station)
    old = body_of(station, "Patient")
    form = station.desk.ask_now(FormOf(rid))
    station.desk.do_now(EditResident(rid, replace(form.form, phone="021-55550888"), form.revision))
    now = on_the_wire(part_of(station, "resident", rid, 2))
    with pytest.raises(Refusal, match="更早的内容"):
        take(station, came(station, old, now))


def test_an_id_number_known_here_is_named_by_number(station: Station, other: Station) -> None:
    admit(station)
    other.desk.do_now(CreateResident(replace(LONGEST, place=None)))
    with pytest.raises(Refusal, match="已登记为 02-000001，请核对是否同一位老人"):
        take(other, came(other, body_of(station, "Patient")))


def test_what_its_bed_or_resident_is_missing_waits(station: Station, other: Station) -> None:
    admit(station)
    for kind, words in (("EpisodeOfCare", "老人档案还没有收到"), ("Location", "所在的位置还没有收到")):
        with pytest.raises(NotYet, match=words):
            take(other, came(other, body_of(station, kind)))


def test_a_bed_that_is_taken_waits_and_names_who_lies_there(station: Station, other: Station) -> None:
    admit(station)
    other.desk.do_now(CreateResident(replace(LONGEST, id_number="")))
    with pytest.raises(NotYet, match="床位 2号楼 312-1 在本站由 02-000001 住着"):
        carry(station, other)


def test_a_place_of_the_same_name_is_refused(station: Station, other: Station) -> None:
    admit(station)
    bodies_there = [body for body in bodies(station) if body["resourceType"] == "Location"]
    take(other, came(other, bodies_there[0]))
    twin = copy.deepcopy(bodies_there[0])
    twin["identifier"][0]["value"] = str(UUID(int=7))
    with pytest.raises(Refusal, match="同名的位置“2号楼”"):
        take(other, came(other, twin))


def test_a_staff_number_that_is_taken_gets_its_station_before_it(station: Station, other: Station) -> None:
    body = next(one for one in bodies(station) if one["resourceType"] == "Practitioner")
    number = next(one for one in body["identifier"] if one["system"].endswith(":staff"))
    number["value"] = "8002"
    taken = take(other, came(other, body))
    assert rows(other, "select number from staff where rid = :rid", rid=taken.record.bytes) == [("01·8002",)]
    assert not take(other, came(other, body, body)).changed


def test_the_platform_locks_nobody_out(station: Station) -> None:
    taken = edited(station, "Practitioner", lambda body: body.update(active=False))
    assert not taken.changed
    assert rows(station, "select count(*) from staff where active") == [(7,)]


def test_both_corrected_is_left_to_a_person(station: Station) -> None:
    admit(station)

    def sibling(body: Body) -> None:
        (envelope,) = (one for one in body["extension"] if one["url"] == REVISION)
        envelope["extension"][1] = {"url": "station", "valueString": "02"}
        body["code"] = {"text": "花生"}

    with pytest.raises(Refusal, match="两边都更正过"):
        edited(station, "AllergyIntolerance", sibling)


def test_nothing_of_whoever_refused_leaves(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(replace(LONGEST, upload_refused=True)))
    assessed(station, rid)
    live(station, rid)
    held = {
        one.kind: found.words
        for one, found in parts_of(station, waiting(station)).items()
        if isinstance(found, Held)
    }
    assert held == dict.fromkeys(
        ("resident", "contact", "stay", "allergy", "diagnosis", "assessment", *DAILY), "不上传（未同意）"
    )
    assert {body["resourceType"] for body in bodies(station)} == {"Practitioner", "Location"}
