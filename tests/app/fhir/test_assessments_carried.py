"""Assessments of every instrument, what is said of them and put off, there and back; what they found, by its codes."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect

from app.assessments.instruments import shipped
from app.compose import Station
from app.core.errors import Refusal
from app.core.unit import Stamp, Unit
from app.fhir import Held, House, NotYet, Part, Revision, Taken
from app.fhir.carrying import REVISION
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import LOINC
from app.registry import MAPPERS
from db.models import (
    Assessment,
    AssessmentDeferral,
    AssessmentStatement,
    Draft,
    Entry,
    OwnInstrument,
    Resident,
)
from tests.app.fhir.assessing import CASES, OWN_TEXT, case_of, content, enter, load, say, undone
from tests.app.fhir.daily import corrected, retracted
from tests.app.fhir.people import admit
from tests.app.fhir.test_daily_edits import edited
from tests.app.fhir.test_stated_there import carry_since
from tests.app.fhir.test_there_and_back import kept
from tests.app.fhir.test_valid import validate
from tests.support.acts import Act, rows
from tests.support.exchange import came, carry, on_the_wire, part_of, parts_of, remember, take, waiting

TABLES = ("assessment", "assessment_statement", "assessment_deferral", "own_instrument")
Body = dict[str, Any]


@pytest.fixture
def resident(station: Station) -> UUID:
    return admit(station)


def equal(station: Station, other: Station) -> None:
    for table in TABLES:
        assert kept(station, table) == kept(other, table), table


def parts(station: Station, rid: UUID, revision: int = 1) -> dict[str, Part]:
    """The resources of an assessment by their code, RiskAssessments by their risk."""
    asked = Revision("assessment", rid, revision, "01")
    found = parts_of(station, [asked])[asked]
    assert not isinstance(found, Held)
    return {_name(part.body): part for part in found}


def _name(body: Body) -> str:
    if body["resourceType"] == "Observation":
        return str(body["code"]["coding"][-1]["code"])
    if body["resourceType"] == "RiskAssessment" and "prediction" in body:
        return str(body["prediction"][0]["outcome"]["coding"][0]["code"])
    return str(body["resourceType"])


def loincs(body: Body) -> list[str]:
    return [one["code"] for one in body["code"]["coding"] if one["system"] == LOINC]


def test_every_worked_case_comes_to_the_other_station(
    station: Station, other: Station, resident: UUID
) -> None:
    contents = [content(instrument, case) for instrument, case in CASES]
    enter(station, resident, *contents, undone(contents[0], "拒绝评估"))
    carry(station, other)
    equal(station, other)
    assert [taken for taken in carry(station, other) if taken.changed] == []


def test_what_is_said_and_put_off_comes_too(station: Station, other: Station, resident: UUID) -> None:
    (assessment,) = enter(station, resident, case_of("barthel"))
    made = say(station, resident, assessment)
    carry(station, other)
    equal(station, other)
    assert kept(other, "assessment_statement")
    assert [taken for taken in carry(station, other) if taken.changed] == []
    carried = len(waiting(station))
    corrected(station, made["doubt"], AssessmentStatement, words="再想想")
    corrected(station, made["fall"], AssessmentDeferral, until=None)
    corrected(
        station, made["own"], OwnInstrument, text=OWN_TEXT.replace("本院", "我院"), title="我院步行筛查"
    )
    retracted(station, made["agree"], AssessmentStatement)
    retracted(station, made["interval"], AssessmentDeferral)
    carry_since(station, other, carried)
    equal(station, other)
    carried = len(waiting(station))
    retracted(station, made["own"], OwnInstrument)
    carry_since(station, other, carried)
    equal(station, other)


@pytest.mark.parametrize("kind", TABLES)
def test_no_column_stays_behind(station: Station, resident: UUID, kind: str) -> None:
    made = say(station, resident, enter(station, resident, case_of("barthel"))[0])
    mapper, house = MAPPERS[kind], House.of(station.settings)
    assert isinstance(mapper, ClinicalMapper)
    said = [one for one in waiting(station) if one.kind == kind]
    assert said
    assert made
    for one, found in parts_of(station, said).items():
        assert isinstance(found, tuple)
        columns = {column.key for column in inspect(mapper.model).column_attrs} - {*Stamp.__annotations__}
        read = mapper.read(house, found[0].body, {})
        assert columns - {"revision", "current", "state"} == read.keys() - {"at"}, one.kind


def test_what_came_is_not_sent_back(station: Station, other: Station, resident: UUID) -> None:
    before = rows(other, "select count(*) from outbox")
    say(station, resident, enter(station, resident, case_of("barthel"))[0])
    carry(station, other)
    assert rows(other, "select count(*) from outbox") == before
    assert other.verify() == []


def test_a_total_names_its_loinc_code_and_those_of_its_items(station: Station, resident: UUID) -> None:
    (rid,) = enter(station, resident, case_of("barthel"))
    found = parts(station, rid)
    total = found["total"].body
    assert loincs(total) == ["96761-2"]
    codes = [loincs(one)[0] for one in total["component"]]
    assert codes == [item.loinc for item in shipped()["barthel"].items.values()]
    answers = next(one for one in found["QuestionnaireResponse"].body["item"] if one["linkId"] == "answers")
    given = [one["answer"][0]["valueCoding"] for one in answers["item"][0]["item"]]
    assert [one["valueCodeableConcept"]["coding"][0] for one in total["component"]] == given
    assert "sub/BI" not in found  # the only part of the total is the total


def test_a_level_has_its_own_code_and_a_risk_what_it_rests_on(station: Station, resident: UUID) -> None:
    (rid,) = enter(station, resident, case_of("morse", level=2))
    found = parts(station, rid)
    assert loincs(found["level"].body) == ["59461-4"]
    risk = found["fall"].body
    validate(on_the_wire(found["fall"]))
    assert risk["basis"] == found["total"].body["derivedFrom"]
    codings = risk["prediction"][0]["qualitativeRisk"]["coding"]
    assert [one["code"] for one in codings] == ["high", "high"]
    assert risk["prediction"][0]["outcome"]["text"] == "跌倒"


def test_scales_are_told_with_their_verdict_and_a_matrix_with_its_level(
    station: Station, resident: UUID
) -> None:
    scales, matrix = enter(station, resident, case_of("tcm33"), case_of("ltci-2021", level=3))
    found = parts(station, scales)
    wanted = {f"sub/{one.code}" for one in shipped()["tcm33"].scales}
    assert wanted == {name for name in found if name.startswith("sub/")}
    assert "total" not in found
    (verdict,) = rows(station, "select finding from assessment where rid = :rid", rid=scales.bytes)
    texts = [part.body.get("valueCodeableConcept", {}).get("text") for part in found.values()]
    assert verdict[0] in texts
    found = parts(station, matrix)
    assert found["level"].body["valueCodeableConcept"]["coding"][0]["code"] == "level/3"
    assert {"sub/ADL", "sub/COG", "sub/PER"} < found.keys()
    assert "total" not in found


def test_a_correction_withdraws_what_it_no_longer_finds_and_nothing_else(
    station: Station, other: Station, resident: UUID
) -> None:
    (rid,) = enter(station, resident, case_of("morse", level=2))
    carry(station, other)
    gaps: dict[str, Any] = {
        "total": None,
        "level": None,
        "initial_level": None,
        "risks": {},
        "sub_scores": {},
        "why": [],
    }
    corrected(station, rid, Assessment, **gaps, finding="1项未能评，不计总分", tone="neutral")
    asked = Revision("assessment", rid, 2, "01")
    second = parts_of(station, [asked])[asked]
    assert not isinstance(second, Held)
    first = {part.ref for part in parts(station, rid).values()}
    assert {part.ref for part in second} == first
    assert [part.body["status"] for part in second] == ["amended", *["entered-in-error"] * 3]
    for part in second:
        remember(part)
        validate(on_the_wire(part))
    carry(station, other)
    equal(station, other)


def test_a_retraction_takes_the_findings_with_it(station: Station, other: Station, resident: UUID) -> None:
    (rid,) = enter(station, resident, case_of("morse", level=2))
    retracted(station, rid, Assessment)
    assert {part.body["status"] for part in parts(station, rid).values()} == {"entered-in-error"}
    carry(station, other)
    equal(station, other)


def test_an_own_instrument_is_called_by_its_name(station: Station, resident: UUID) -> None:
    load(station)
    said = {**case_of("sarc-f"), "instrument": "house-walk", "instrument_version": "2013.1"}
    (rid,) = enter(station, resident, said)
    found = parts(station, rid)
    assert found["total"].body["code"]["text"] == "本院步行筛查 总分"
    answers = next(one for one in found["QuestionnaireResponse"].body["item"] if one["linkId"] == "answers")
    assert answers["item"][0]["linkId"] == "answers.SF"


def refuse(unit: Unit, resident: UUID) -> None:
    unit.session.get_one(Resident, resident).upload_refused = True


def say_no(unit: Unit, resident: UUID) -> None:
    said = {"scope": "upload", "given": "no"}
    unit.session.add(
        Entry(
            **unit.stamp(), revision=1, resident=resident, journal="consent", content=said, begins=unit.today
        )
    )


@pytest.mark.parametrize("no", [refuse, say_no])
def test_whoever_refused_keeps_all_of_it_here(
    station: Station, resident: UUID, no: Callable[[Unit, UUID], None]
) -> None:
    say(station, resident, enter(station, resident, case_of("barthel"))[0])
    station.desk.do_now(Act(lambda unit: no(unit, resident)))
    kinds = ("assessment", "assessment_statement", "assessment_deferral")
    found: Mapping[Revision, Any] = parts_of(station, [one for one in waiting(station) if one.kind in kinds])
    assert len(found) == 9
    assert all(isinstance(made, Held) for made in found.values())


def status(said: str) -> Callable[[Body], Any]:
    return lambda body: body.update(status=said)


Change = tuple[str, str, Callable[[Body], Any], str, Any]
TAKEN: list[Change] = [
    ("assessment_statement", "refuse", lambda body: body.update(payload=[{"contentString": "改口"}]), "words", "改口"),
    ("assessment_statement", "doubt", lambda body: body["sender"].update(display="欧阳建军"), "name", "欧阳建军"),
    ("assessment_deferral", "fall", lambda body: body["restriction"]["period"].update(end="2026-12-24"),
     "until", "2026-12-24"),
]  # fmt: skip


@pytest.mark.parametrize("change", TAKEN, ids=[f"{one[0]}-{one[3]}" for one in TAKEN])
def test_another_programs_edit_is_the_next_revision(station: Station, resident: UUID, change: Change) -> None:
    kind, key, edit, column, value = change
    rid = say(station, resident, enter(station, resident, case_of("barthel"))[0])[key]
    assert edited(station, kind, rid, edit) == Taken(rid, 2, "00", changed=True)
    query = f"select {column} from {kind} where rid = :rid and current"  # noqa: S608  # our own table
    assert rows(station, query, rid=rid.bytes) == [(value,)]


REFUSED: list[tuple[str, Callable[[Body], Any], str]] = [
    ("assessment_statement/agree", status("stopped"), "状态改成了“stopped”"),
    ("assessment_statement/agree", lambda body: body.update(category=None, payload="是"), "读不懂"),
    ("assessment_deferral/fall", status("completed"), "状态改成了“completed”"),
    ("assessment_deferral/interval", status("on-hold"), "状态改成了“on-hold”"),
    ("assessment_deferral/fall", lambda body: body["restriction"].update(period={"end": "2026-12"}), "不完整"),
    ("own_instrument/own", status("retired"), "状态改成了“retired”"),
    ("own_instrument/own", lambda body: attach(body, "…"), "读不懂"),
    ("own_instrument/own", lambda body: attach(body, OWN_TEXT.replace("2013.1", "2014.1")), "别的程序改动过"),
]  # fmt: skip


def attach(body: Body, text: str) -> None:
    data = text if text == "…" else base64.b64encode(text.encode()).decode()
    (file,) = (one for one in body["extension"] if one["url"].endswith("instrument-file"))
    file["valueAttachment"]["data"] = data


@pytest.mark.parametrize(("which", "edit", "words"), REFUSED, ids=[f"{one[0]}-{one[2]}" for one in REFUSED])
def test_what_does_not_fit_is_refused_in_words(
    station: Station, resident: UUID, which: str, edit: Callable[[Body], Any], words: str
) -> None:
    kind, _, key = which.partition("/")
    rid = say(station, resident, enter(station, resident, case_of("barthel"))[0])[key]
    with pytest.raises(Refusal, match=words):
        edited(station, kind, rid, edit)


@pytest.mark.parametrize(("kind", "key"), [("assessment_statement", "agree"), ("assessment_deferral", "fall"),
                                           ("own_instrument", "own")])  # fmt: skip
def test_both_corrected_is_left_to_a_person(station: Station, resident: UUID, kind: str, key: str) -> None:
    def sibling(body: Body) -> None:
        (envelope,) = (one for one in body["extension"] if one["url"] == REVISION)
        envelope["extension"][1] = {"url": "station", "valueString": "02"}

    rid = say(station, resident, enter(station, resident, case_of("barthel"))[0])[key]
    with pytest.raises(Refusal, match="两边都更正过"):
        edited(station, kind, rid, sibling)


def brought(station: Station, other: Station, rid: UUID, text: str = "") -> Taken:
    """An own instrument as it comes to the other station, with another file where one is given."""
    part = part_of(station, "own_instrument", rid)
    remember(part)
    body = on_the_wire(part)
    if text:
        attach(body, text)
    return take(other, came(other, body))


BAD = [
    ("source = ", "sauce = ", "量表文件 house-walk.toml"),
    ("format = 2", "format = 3", "只认识第2版格式"),
    ("maximum = ", "maximum = 1", "与 maximum"),
    ('code = "house-walk"', 'code = "else"', "应与文件名“house-walk”一致"),
    ("total = 3, initial", "total = 2, initial", "的例题“"),
]


@pytest.mark.parametrize(("was", "becomes", "words"), BAD)
def test_a_bad_file_is_not_taken_and_says_why(
    station: Station, other: Station, was: str, becomes: str, words: str
) -> None:
    rid = load(station)
    assert was in OWN_TEXT
    with pytest.raises(Refusal, match=words):
        brought(station, other, rid, OWN_TEXT.replace(was, becomes, 1))
    assert rows(other, "select count(*) from own_instrument") == [(0,)]
    assert brought(station, other, rid).changed


def test_it_waits_while_somebody_fills_it_in(station: Station, other: Station) -> None:
    rid = load(station)

    def begin(unit: Unit) -> None:
        empty: dict[str, Any] = {"content": {}, "begun_at": unit.now, "saved_at": unit.now}
        unit.session.add(
            Draft(person=unit.actor.rid, form="assessment:house-walk", subject=unit.actor.rid, **empty)
        )

    def give_up(unit: Unit) -> None:
        for one in unit.session.query(Draft):
            unit.session.delete(one)

    other.desk.do_now(Act(begin))
    with pytest.raises(NotYet, match="有 1 份用这个量表填写中的草稿"):
        brought(station, other, rid)
    other.desk.do_now(Act(give_up))
    assert brought(station, other, rid).changed


def test_two_instruments_of_one_code_do_not_stand_side_by_side(station: Station, other: Station) -> None:
    rid = load(other)
    with pytest.raises(Refusal, match="两份只能留一份"):
        brought(station, other, load(station))
    retracted(other, rid, OwnInstrument)
    brought(station, other, load(station))


def test_a_statement_waits_for_its_assessment(station: Station, other: Station, resident: UUID) -> None:
    rid = say(station, resident, enter(station, resident, case_of("barthel"))[0])["agree"]
    part = part_of(station, "assessment_statement", rid)
    remember(part)
    patient = part_of(station, "resident", resident)
    with pytest.raises(NotYet, match="老人档案还没有收到"):
        take(other, came(other, on_the_wire(part)))
    for one in (part_of(station, "place", place) for place in places(station)):
        remember(one)
    carry_kinds(station, other, "place", "resident")
    assert patient.rid == resident
    with pytest.raises(NotYet, match="评估还没有收到"):
        take(other, came(other, on_the_wire(part)))


def places(station: Station) -> list[UUID]:
    return [UUID(bytes=row[0]) for row in rows(station, "select rid from place")]


def carry_kinds(station: Station, other: Station, *kinds: str) -> None:
    """Take over only records of these kinds."""
    for made in parts_of(station, [one for one in waiting(station) if one.kind in kinds]).values():
        assert not isinstance(made, Held)
        for part in made:
            remember(part)
            take(other, came(other, on_the_wire(part)))
