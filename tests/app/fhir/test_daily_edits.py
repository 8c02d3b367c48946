"""What other programs do to the daily record there: taken as the next revision, refused in words, never lost."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.fhir import NotYet, Taken
from app.fhir.carrying import REVISION
from tests.app.fhir.daily import live
from tests.app.fhir.people import admit
from tests.support.acts import rows
from tests.support.exchange import came, on_the_wire, part_of, remember, take

Body = dict[str, Any]
Edit = Callable[[Body], Any]


@pytest.fixture
def made(station: Station) -> dict[str, UUID]:
    return live(station, admit(station))


def edited(station: Station, key: str, rid: UUID, edit: Edit) -> Taken:
    """Another program changes a resource after we sent it; the station takes it in."""
    part = part_of(station, key.partition("/")[0], rid)
    remember(part)
    base = on_the_wire(part)
    body = copy.deepcopy(base)
    edit(body)
    return take(station, came(station, body, base))


def column(station: Station, table: str, rid: UUID, name: str) -> Any:
    (found,) = rows(station, f"select {name} from {table} where rid = :rid and current", rid=rid.bytes)  # noqa: S608  # our own tables
    return found[0]


def quantity(value: float, unit: str) -> Edit:
    return lambda body: body["valueQuantity"].update(value=value, code=unit)


def attached(text: str) -> Edit:
    data = base64.b64encode(text.encode()).decode()
    return lambda body: body["content"][0]["attachment"].update(data=data)


Change = tuple[str, str, Edit, str, Any]
TAKEN: list[Change] = [
    ("vital/temperature", "vital", quantity(37.2, "Cel"), "value", 37.2),
    ("vital/temperature", "vital", lambda body: body.update(bodySite={"text": "口腔"}),
     "json_extract(how, '$.site')", "口腔"),
    ("vital/pulse", "vital", lambda body: body["note"].append({"text": "已复测"}), "note", "律不齐\n已复测"),
    ("vital/blood_pressure", "vital", lambda body: body["component"][1]["valueQuantity"].update(value=88),
     "second", 88.0),
    ("vital/consciousness", "vital", lambda body: body.update(valueCodeableConcept={"text": "嗜睡"}), "words", "嗜睡"),
    ("vital/weight", "vital", lambda body: (body.pop("dataAbsentReason"), body.update(valueQuantity={"value": 52})),
     "value", 52.0),
    ("vital/calf", "vital", lambda body: body.update(effectiveDateTime="2026-11-24T06:00:00+08:00"),
     "at", 1795471200000),
    ("absence", "absence", lambda body: (body.update(status="finished"),
     body["period"].update(end="2026-11-24T08:29:00+08:00")), "ends", 1795480140000),
    ("grade", "grade", lambda body: body.update(valueCodeableConcept={"text": "重点"}), "value", "重点"),
    ("contact", "contact", lambda body: body.update(telecom=[{"system": "phone", "value": "13800138000"}]),
     "phone", "13800138000"),
    ("incident", "incident", lambda body: body.update(location={"display": "走廊"}), "place", "走廊"),
    ("entry/insurance", "entry", lambda body: body["period"].update(end="2027-12-31"),
     "json_extract(content, '$.valid_to')", "2027-12-31"),
    ("entry/labs", "entry", quantity(3.1, "mmol/L"), "json_extract(content, '$.value')", 3.1),
    ("entry/intake-output", "entry", quantity(250, "mL"), "json_extract(content, '$.amount')", "250"),
    ("entry/nursing-note", "entry", attached("夜间安静。"), "json_extract(content, '$.text')", "夜间安静。"),
    ("entry/isolation", "entry", lambda body: (body.update(status="inactive"),
     body["period"].update(end="2026-11-24")), "ends", "2026-11-24"),
    ("entry/consent", "entry", lambda body: body.update(performer=[{"display": "欧阳建军"}]),
     "json_extract(content, '$.by')", "欧阳建军"),
]  # fmt: skip


@pytest.mark.parametrize("change", TAKEN, ids=[f"{one[0]}-{one[3]}" for one in TAKEN])
def test_another_programs_edit_is_the_next_revision(
    station: Station, made: dict[str, UUID], change: Change
) -> None:
    key, table, edit, name, value = change
    if table == "contact":
        assert edited(station, key, made[key], edit) == Taken(made[key], 2, "00", changed=True)
        assert rows(station, "select phone from contact where name = '欧阳建国'")[-1:] == [(value,)]
        return
    assert edited(station, key, made[key], edit) == Taken(made[key], 2, "00", changed=True)
    assert column(station, table, made[key], name) == value
    said = f"select revision, state, source from {table} where rid = :rid order by revision"  # noqa: S608  # our own table
    assert rows(station, said, rid=made[key].bytes) == [(1, "signed", "manual"), (2, "corrected", "platform")]


REFUSED: list[tuple[str, Edit, str]] = [
    ("vital/temperature", quantity(98.6, "[degF]"), "单位是“\\[degF\\]”"),
    ("vital/blood_pressure", lambda body: body["component"].pop(0), "没有收缩压"),
    ("vital/pulse", lambda body: body.update(valueQuantity={"value": "八十"}), "读不懂"),
    ("vital/pulse", lambda body: body.update(effectiveDateTime="2026-11-25T06:00:00+08:00"), "晚于现在"),
    ("absence", lambda body: body.update(status="onleave"), "外出状态“onleave”"),
    ("absence", lambda body: body.update(status="finished"), "没有返回时间"),
    ("absence", lambda body: body["period"].update(end="2026-11-23T08:00:00+08:00"), "早于外出"),
    ("contact", lambda body: body.update(telecom=[{"system": "phone", "value": "12"}]), "改动的联系人有误"),
    ("entry/consent", lambda body: body.update(status="inactive"), "状态改成了“inactive”"),
    ("entry/resuscitation", lambda body: body.update(status="rejected"), "状态改成了“rejected”"),
    ("entry/nursing-note", lambda body: body["content"][0]["attachment"].update(data="…"), "读不懂"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "edit", "words"), REFUSED, ids=[f"{one[0]}-{one[2]}" for one in REFUSED])
def test_what_does_not_fit_is_refused_in_words(
    station: Station, made: dict[str, UUID], key: str, edit: Edit, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        edited(station, key, made[key], edit)


def error(body: Body) -> None:
    """Entered in error, and emptied as some programs do."""
    keep = ("resourceType", "id", "meta", "identifier", "extension", "subject", "patient", "code", "class")
    for key in set(body) - set(keep):
        del body[key]
    if body["resourceType"] == "AdverseEvent":
        body["extension"].append({"url": "urn:carestation:incident-state", "valueCode": "entered-in-error"})
    else:
        body["status"] = "entered-in-error"


@pytest.mark.parametrize(
    "key", ["vital/pulse", "absence", "grade", "incident", "entry/labs", "entry/nursing-note"]
)
def test_entered_in_error_there_is_retracted_here_and_stays_readable(
    station: Station, made: dict[str, UUID], key: str
) -> None:
    table = key.partition("/")[0]
    before = rows(station, f"select * from {table} where rid = :rid", rid=made[key].bytes)  # noqa: S608  # our own table
    assert edited(station, key, made[key], error) == Taken(made[key], 1, "01", changed=True)
    after = rows(station, f"select * from {table} where rid = :rid", rid=made[key].bytes)  # noqa: S608  # our own table
    assert column(station, table, made[key], "state") == "retracted"
    assert [one for one in zip(before[0], after[0], strict=True) if one[0] != one[1]] == [
        ("signed", "retracted")
    ]


@pytest.mark.parametrize("key", ["vital/pulse", "absence", "entry/labs"])
def test_both_corrected_is_left_to_a_person(station: Station, made: dict[str, UUID], key: str) -> None:
    def sibling(body: Body) -> None:
        (envelope,) = (one for one in body["extension"] if one["url"] == REVISION)
        envelope["extension"][1] = {"url": "station", "valueString": "02"}

    with pytest.raises(Refusal, match="两边都更正过"):
        edited(station, key, made[key], sibling)


def test_a_server_that_trims_times_or_keeps_attachments_elsewhere_has_said_nothing(
    station: Station, made: dict[str, UUID]
) -> None:
    def trim(body: Body) -> None:
        body.update(effectiveDateTime=body["effectiveDateTime"].replace(".000", ""))
        body["valueQuantity"]["value"] = int(body["valueQuantity"]["value"])

    def elsewhere(body: Body) -> None:
        attachment = body["content"][0]["attachment"]
        del attachment["data"]
        attachment["url"] = "Binary/1"

    assert not edited(station, "vital/pulse", made["vital/pulse"], trim).changed
    assert not edited(station, "entry/nursing-note", made["entry/nursing-note"], elsewhere).changed


def test_a_measurement_waits_for_its_resident_and_an_absence_for_its_stay(
    station: Station, other: Station, made: dict[str, UUID]
) -> None:
    for key, words in (("vital/pulse", "老人档案还没有收到"), ("absence", "老人档案还没有收到")):
        part = part_of(station, key.partition("/")[0], made[key])
        remember(part)
        with pytest.raises(NotYet, match=words):
            take(other, came(other, on_the_wire(part)))
