"""Every instrument as Questionnaire; every worked case as a response that keeps to it and is read as it was sent."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.assessments.fhir import AssessmentMapper
from app.assessments.fhir.furnished import FurnishedHouse
from app.assessments.fhir.observations import observations
from app.assessments.fhir.questionnaire import OWNED, questionnaire
from app.assessments.instruments import Case, Field, Instrument, shipped
from app.core.resources import resource
from app.fhir import House
from app.fhir.coding import LOINC, ORDINAL, UCUM
from app.fhir.translation import framed
from tests.app.fhir.assessing import CASES, content, row, undone
from tests.app.fhir.conformity import every, faults
from tests.app.fhir.test_valid import validate
from tests.support.station import Founded, open_station

SPACE = UUID("0190f3a0-0000-7000-8000-000000000001")
EVERY = [pytest.param(one, id=one.code) for one in shipped().values()]
EVERY_CASE = [pytest.param(one, case, id=f"{one.code}: {case.name}") for one, case in CASES]
MAPPER = AssessmentMapper()


@pytest.fixture(scope="module")
def house(founded: Founded, tmp_path_factory: pytest.TempPathFactory) -> House:
    """What a founded station's settings say; a value, so one is enough for every case."""
    station = open_station(founded.copy(tmp_path_factory.mktemp("house") / "home"))
    settings = station.settings
    station.close()
    every_version = {(one.code, one.version): one for one in shipped().values()}
    return replace(FurnishedHouse.of(settings), instruments=every_version)


def sent(house: House, instrument: Instrument, said: dict[str, Any]) -> dict[str, Any]:
    """The response of a content, through JSON."""
    one = row(said, uuid5(SPACE, instrument.code))
    body: dict[str, Any] = orjson.loads(orjson.dumps(MAPPER.part(house, one).body))
    return body


def asked(house: House, instrument: Instrument) -> dict[str, Any]:
    elements = questionnaire(house, instrument)
    assert elements.keys() <= OWNED
    return framed(house, "Questionnaire", SPACE, None, elements)


@pytest.mark.parametrize("instrument", EVERY)
def test_an_instrument_is_a_valid_questionnaire(house: House, instrument: Instrument) -> None:
    body = asked(house, instrument)
    validate(body)
    links = [one["linkId"] for one in every(body["item"])]
    assert len(links) == len(set(links))  # que-2
    assert body["url"] == f"urn:carestation:instrument:{instrument.code}"
    assert (body["version"], body["copyright"]) == (instrument.version, instrument.licence)
    found = {one["linkId"]: one for one in every(body["item"])}
    for code, item in instrument.items.items():
        assert found[code]["text"] == item.name
        kind = "quantity" if item.quantity else "integer" if item.points else "choice"
        assert found[code]["type"] == kind
        if kind == "choice":
            codings = [option["valueCoding"] for option in found[code]["answerOption"]]
            scores = [coding["extension"][0]["valueDecimal"] for coding in codings if "extension" in coding]
            assert scores == [option.counts for option in item.options]
            assert [one["code"] for one in codings if "extension" not in one] == [
                str(-place) for place, _ in enumerate(instrument.unable, 1)
            ]
        if item.help:
            assert found[f"{code}.help"]["text"] == item.help
    assert set(instrument.fields) <= found.keys()


@pytest.mark.parametrize("instrument", EVERY)
def test_codes_of_loinc_are_those_of_the_file(house: House, instrument: Instrument) -> None:
    """No code of the file is lost, and none stands there that the file does not have."""
    file = tomllib.loads(resource("instruments", f"{instrument.code}.toml").read_text(encoding="utf-8"))
    items = [item for dimension in file["dimension"] for item in dimension["item"]]
    of_items = {one["code"]: one["loinc"] for one in items if "loinc" in one}
    wanted = {*of_items.values(), *file.get("loinc", {}).values()}
    body = asked(house, instrument)
    nodes = [body, *every(body["item"])]
    codes = [one for node in nodes for one in node.get("code", []) if one["system"] == LOINC]
    assert {one["code"] for one in codes} == wanted
    found = {one["linkId"]: one for one in every(body["item"])}
    assert {code: found[code]["code"][0]["code"] for code in of_items} == of_items


@pytest.mark.parametrize(("instrument", "case"), EVERY_CASE)
def test_a_response_keeps_to_its_questionnaire_and_is_read_as_it_was_sent(
    house: House, instrument: Instrument, case: Case
) -> None:
    said = content(instrument, case)
    body = sent(house, instrument, said)
    validate(body)
    assert faults(asked(house, instrument), body) == []
    read = MAPPER.read(house, body, {})
    assert {key: read[key] for key in said} == said


@pytest.mark.parametrize("instrument", EVERY)
def test_what_was_not_done_has_no_answers_and_says_why(house: House, instrument: Instrument) -> None:
    done = content(instrument, instrument.cases[0])
    for why, reason in (("拒绝评估：家属陪同外出", "asked-declined"), ("病情不允许", "not-performed")):
        said = undone(done, why)
        body = sent(house, instrument, said)
        validate(body)
        assert faults(asked(house, instrument), body) == []
        assert body["status"] == "completed"
        (answers,) = (one for one in body["item"] if one["linkId"] == "answers")
        assert answers["extension"][0]["valueCode"] == reason
        read = MAPPER.read(house, body, {})
        assert {key: read[key] for key in said} == said


@pytest.mark.parametrize(
    ("code", "said", "ucum", "values"),
    [
        ("tug", {"first": 124, "second": 131}, "s", [12.8]),
        ("6mwt", {"distance": 312}, "m", [312]),
        ("10mwt", {"first": 125}, "m/s", [0.8]),
        ("grip", {"left-first": 231, "right-first": 250}, "kg", [25, 23.1, 25]),
        ("mas", {"lu-a": 2, "ru-a": 1}, "{grade}", [1.5, 1.5, 1]),
    ],
)
def test_what_is_measured_is_an_observation_with_its_unit(
    house: House, code: str, said: dict[str, int], ucum: str, values: list[float]
) -> None:
    """The result first, then its parts."""
    instrument = shipped()[code]
    case = replace(instrument.cases[0], answers=said)
    one = row(content(instrument, case), uuid5(SPACE, code))
    made = [part.body for part in observations(house, one, None, ()) if part.type == "Observation"]
    for body in made:
        validate(body)
        assert "valueInteger" not in body
    found = [body for body in made if "valueQuantity" in body]
    told = [(one["valueQuantity"]["value"], one["valueQuantity"]["code"]) for one in found]
    assert told == [(value, ucum) for value in values]
    assert {one["valueQuantity"]["system"] for one in found} == {UCUM}
    assert instrument.measured is not None
    assert found[0]["code"]["text"] == f"{instrument.title} {instrument.measured.name}"


def test_what_could_not_be_answered_has_a_code_and_no_score(house: House) -> None:
    instrument = next(
        one for one in shipped().values() if one.unable and any(i.points for i in one.items.values())
    )
    plain = next(
        one for one in shipped().values() if one.unable and not any(i.points for i in one.items.values())
    )
    for one in (instrument, plain):
        case = next(case for case in one.cases if any(digit < 0 for digit in case.answers.values()))
        body = sent(house, one, content(one, case))
        code = next(code for code, digit in case.answers.items() if digit < 0)
        (item,) = (found for found in every(body["item"]) if found["linkId"] == code)
        if one is plain:
            (coding,) = (answer["valueCoding"] for answer in item["answer"])
        else:
            assert "answer" not in item
            (coding,) = (extra["valueCoding"] for extra in item["extension"] if "valueCoding" in extra)
        assert coding["code"] == str(case.answers[code])
        assert ORDINAL not in str(coding)
        assert coding["display"] == one.unable_words(case.answers[code])


def test_a_version_that_is_not_known_here_goes_flat_and_is_read_the_same(house: House) -> None:
    instrument = shipped()["gbt42195-2022"]
    said = {**content(instrument, instrument.cases[-1]), "instrument_version": "2013.9"}
    body = sent(house, instrument, said)
    validate(body)
    answers = next(one for one in body["item"] if one["linkId"] == "answers")
    assert [one["linkId"] for one in answers["item"]] == list(said["answers"])
    read = MAPPER.read(house, body, {})
    assert {key: read[key] for key in said} == said


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)
NUMBERS = st.from_regex(r"[1-9][0-9]{0,3}(\.[0-9]?[1-9])?", fullmatch=True) | st.just("0")


def facts(instrument: Instrument) -> st.SearchStrategy[dict[str, Any]]:
    """Whatever a form may hold: each field filled in, left empty, or not asked."""
    return st.fixed_dictionaries({}, optional={code: fact(one) for code, one in instrument.fields.items()})


def fact(field: Field) -> st.SearchStrategy[Any]:
    choices = [one.words for one in field.choices]
    columns = len(field.columns)
    found: dict[str, st.SearchStrategy[Any]] = {
        "text": WORDS,
        "date": st.dates().map(lambda one: one.isoformat()),
        "number": NUMBERS,
        "choice": st.sampled_from(choices or [""]),
        "choices": st.lists(st.sampled_from(choices or [""]), unique=True),
        "rows": st.lists(st.lists(WORDS | st.just(""), min_size=columns, max_size=columns), max_size=3),
    }
    empty: Any = "" if field.kind in ("text", "date", "number", "choice") else []
    return found[field.kind] | st.just(empty)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), code=st.sampled_from([one.code for one in shipped().values() if one.fields]))
def test_whatever_a_form_holds_is_read_as_it_was_sent(house: House, data: st.DataObject, code: str) -> None:
    instrument = shipped()[code]
    said = {**content(instrument, instrument.cases[0]), "information": data.draw(facts(instrument))}
    body = sent(house, instrument, said)
    validate(body)
    assert faults(asked(house, instrument), body) == []
    assert MAPPER.read(house, body, {})["information"] == said["information"]
