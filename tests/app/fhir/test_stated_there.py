"""Corrected and retracted allergies and diagnoses there and back; how certain, how long, how severe survives R4."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.registry import mapper_of
from app.residents.queries import Chart
from app.residents.stating import (
    AddAllergy,
    AddDiagnosis,
    AllergyForm,
    CorrectAllergy,
    CorrectDiagnosis,
    DiagnosisForm,
    RetractAllergy,
    RetractDiagnosis,
    Seen,
    StateNoAllergy,
)
from tests.app.fhir.people import admit_without_allergies
from tests.app.fhir.test_there_and_back import equal
from tests.support.acts import rows
from tests.support.exchange import (
    bodies,
    came,
    carry,
    on_the_wire,
    part_of,
    parts_of,
    remember,
    take,
    waiting,
)

MANGO = AllergyForm("芒果", "口唇肿胀", "moderate", "probable", "家属")
STROKE = DiagnosisForm("脑梗死", "I63.9", "2019-05", "remission")


@pytest.fixture
def resident(station: Station) -> UUID:
    return admit_without_allergies(station)


def carry_since(station: Station, to: Station, carried: int) -> None:
    """Take over what was queued after the first `carried` lines of the outbox."""
    for parts in parts_of(station, waiting(station)[carried:]).values():
        assert isinstance(parts, tuple)
        for part in parts:
            remember(part)
            mapper = mapper_of(part.body)
            assert mapper is not None
            if part.type in mapper.takes:
                take(to, came(to, on_the_wire(part)))


def _body(station: Station, kind: str, rid: UUID, revision: int = 1) -> dict[str, Any]:
    return part_of(station, kind, rid, revision).body


def test_corrections_and_retractions_follow_with_their_reasons(
    station: Station, other: Station, resident: UUID
) -> None:
    allergy = station.desk.do_now(AddAllergy(resident, MANGO))
    wrong = station.desk.do_now(AddAllergy(resident, replace(MANGO, substance="桃子", certainty="confirmed")))
    illness = station.desk.do_now(AddDiagnosis(resident, STROKE))
    error = station.desk.do_now(
        AddDiagnosis(resident, DiagnosisForm("痛风", onset="十年前", status="resolved"))
    )
    carried = len(waiting(station))
    carry(station, other)
    equal(station, other)
    station.desk.do_now(CorrectAllergy(Seen(allergy, 1), replace(MANGO, reaction="", severity=""), "笔误"))
    station.desk.do_now(RetractAllergy(Seen(wrong, 1), "记错人"))
    station.desk.do_now(CorrectDiagnosis(Seen(illness, 1), replace(STROKE, onset="", code=""), "补充"))
    station.desk.do_now(RetractDiagnosis(Seen(error, 1), "记错人"))
    carry_since(station, other, carried)
    equal(station, other)
    chart = other.desk.ask_now(Chart(resident))
    assert [(one.substance, one.reaction, one.certainty) for one in chart.allergies] == [
        ("芒果", "", "probable")
    ]
    assert "痛风" not in [one.words for one in chart.diagnoses]
    assert rows(other, "select reason from diagnosis where current and state = 'retracted'") == [
        ("误录：记错人",)
    ]


def test_none_known_gives_way_there_too(station: Station, other: Station, resident: UUID) -> None:
    carried = len(waiting(station))
    carry(station, other)
    station.desk.do_now(AddAllergy(resident, MANGO))
    carry_since(station, other, carried)
    equal(station, other)
    assert [one.none_known for one in other.desk.ask_now(Chart(resident)).allergies] == [False]
    stated = rows(other, "select substance from allergy where none_known = 0")
    assert stated == [("芒果",)]


def test_what_r4_has_no_word_for_travels_beside_its_nearest_code(station: Station, resident: UUID) -> None:
    rid = station.desk.do_now(AddAllergy(resident, replace(MANGO, reaction="")))
    body = _body(station, "allergy", rid)
    assert body["verificationStatus"]["coding"][0]["code"] == "unconfirmed"
    assert body["verificationStatus"]["text"] == "可能"
    (reaction,) = body["reaction"]
    assert reaction["severity"] == "moderate"
    assert reaction["manifestation"][0]["extension"][0]["valueCode"] == "unknown"


@pytest.mark.parametrize(
    ("onset", "element"),
    [
        ("2019", "onsetDateTime"),
        ("2019-05", "onsetDateTime"),
        ("2019-05-12", "onsetDateTime"),
        ("幼年", "onsetString"),
    ],
)
def test_an_onset_is_a_date_where_it_is_one(
    station: Station, other: Station, resident: UUID, onset: str, element: str
) -> None:
    rid = station.desk.do_now(AddDiagnosis(resident, replace(STROKE, onset=onset)))
    assert _body(station, "diagnosis", rid)[element] == onset
    carry(station, other)
    equal(station, other)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"onsetDateTime": "2019-05-11T18:00:00Z"}, "2019-05-12"),
        ({"onsetAge": {"value": 70, "code": "a"}}, "70岁"),
        ({"onsetPeriod": {"start": "2018"}}, "2018"),
        ({"onsetRange": {"low": {"value": 60}}}, "2019-05"),
    ],
)
def test_another_programs_onset_is_read(
    station: Station, resident: UUID, said: dict[str, Any], kept: str
) -> None:
    rid = station.desk.do_now(AddDiagnosis(resident, STROKE))
    bodies(station)
    base = on_the_wire(part_of(station, "diagnosis", rid))
    theirs = {key: value for key, value in base.items() if not key.startswith("onset")} | said
    take(station, came(station, theirs, base))
    assert rows(station, "select onset from diagnosis where code = 'I63.9' and current") == [(kept,)]


def test_a_reaction_only_the_platform_knows_stays_until_somebody_here_corrects(
    station: Station, resident: UUID
) -> None:
    rid = station.desk.do_now(AddAllergy(resident, replace(MANGO, reaction="", severity="")))
    theirs = {"reaction": [{"manifestation": [{"coding": [{"system": "x", "code": "y"}]}]}]}
    kept = on_the_wire(part_of(station, "allergy", rid), theirs)
    assert kept["reaction"] == theirs["reaction"]
    station.desk.do_now(CorrectAllergy(Seen(rid, 1), replace(MANGO, severity=""), "补充"))
    assert on_the_wire(part_of(station, "allergy", rid, 2), theirs)["reaction"] == [
        {"manifestation": [{"text": "口唇肿胀"}]}
    ]


def test_none_known_stated_by_hand_is_our_code(station: Station, resident: UUID) -> None:
    (none,) = station.desk.ask_now(Chart(resident)).allergies
    station.desk.do_now(RetractAllergy(Seen(none.rid, 1), "没有问过"))
    again = station.desk.do_now(StateNoAllergy(resident, "家属"))
    assert (
        _body(station, "allergy", none.rid, 2)["verificationStatus"]["coding"][0]["code"]
        == "entered-in-error"
    )
    assert _body(station, "allergy", again)["code"]["coding"][0]["code"] == "none-known"
