"""Whatever a row of the daily record holds is valid FHIR and is read back as it was sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compose import Station
from app.fhir import House
from app.fhir.carrying import moment
from app.fhir.coding import words
from app.incidents.fhir import IncidentMapper
from app.journals.fhir import EntryMapper
from app.journals.fhir.mapper import SHAPES
from app.residents.fhir import AbsenceMapper, ContactMapper, GradeMapper, StayMapper
from app.vitals.fhir import VitalMapper
from app.vitals.fhir.signs import PRESSURE
from db.models import Absence, Contact, Entry, Grade, Incident, Stay, Vital
from db.models.journals import SENT
from tests.app.fhir.daily import ENTRIES
from tests.app.fhir.test_valid import TEXT, validate
from tests.support.station import MORNING

RID = UUID("0190f3a0-0000-7000-8000-0000000000aa")
ENVELOPE: dict[str, Any] = {
    "rid": RID, "station": "01", "author": RID, "author_role": "nurse", "at": MORNING, "recorded_at": MORNING,
}  # fmt: skip
STATES = st.sampled_from([(1, "signed"), (2, "corrected"), (3, "retracted")])
CODES = st.sampled_from(["temperature", "pulse", "spo2", "glucose", "weight", "pain", "consciousness", "neu"])
NUMBERS = st.floats(-400, 400, allow_nan=False).map(lambda value: round(value, 2))
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
INSTANTS = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001  # hypothesis gives them the zone
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
PLAIN = TEXT.map(words)
SOME = PLAIN.filter(bool)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["site", "method", "posture", "oxygen", "说明"])
CONTENT = st.dictionaries(SOME, JSON, max_size=4)

proves = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def there_and_back(station: Station, mapper: Any, row: Any) -> dict[str, Any]:
    """What is read of a row's resource, after a server has had it."""
    house = House.of(station.settings)
    body = orjson.loads(orjson.dumps(mapper.part(house, row).body))
    validate(orjson.loads(orjson.dumps(body).replace(b"/urn:uuid:", b"/x-")))
    assert mapper.retracts(body) == (row.state == "retracted") if hasattr(row, "state") else True
    before = mapper.blank() if hasattr(mapper, "blank") else {}
    found: dict[str, Any] = mapper.read(house, body, before)
    if body.get("effectiveDateTime") and "at" in found:
        assert moment(body["effectiveDateTime"]) == found["at"] == row.at
    return {key: value for key, value in found.items() if key != "at"}


def said(row: Any, mapper: Any) -> dict[str, Any]:
    found: dict[str, Any] = mapper.content(row)
    return found


@proves
@given(
    code=CODES, value=NUMBERS, text=SOME, what=st.sampled_from(["value", "words", "absent"]), beside=PLAIN,
    note=PLAIN, state=STATES, how=st.dictionaries(KEYS, JSON, max_size=3), at=INSTANTS,
)  # fmt: skip
def test_a_measurement(station: Station, at: datetime, **given_: Any) -> None:
    value: dict[str, Any] = {
        "value": {"value": given_["value"], "words": given_["beside"]},
        "words": {"words": given_["text"]},
        "absent": {"absent": given_["text"]},
    }[given_["what"]]
    revision, state = given_["state"]
    row = Vital(
        **{**ENVELOPE, "at": at}, revision=revision, state=state, resident=RID, code=given_["code"], set_id=RID,
        how=given_["how"], note=given_["note"], **value,
    )  # fmt: skip
    assert there_and_back(station, VitalMapper(), row) == said(row, VitalMapper())


@proves
@given(upper=NUMBERS, lower=st.none() | NUMBERS, state=STATES)
def test_a_blood_pressure(
    station: Station, upper: float, lower: float | None, state: tuple[int, str]
) -> None:
    row = Vital(
        **ENVELOPE, revision=state[0], state=state[1], resident=RID, code=PRESSURE, set_id=RID,
        value=upper, second=lower,
    )  # fmt: skip
    assert there_and_back(station, VitalMapper(), row) == said(row, VitalMapper())


@proves
@given(
    code=st.sampled_from(["leave", "hospital"]), begins=INSTANTS, planned=st.none() | INSTANTS,
    ends=st.none() | INSTANTS, texts=st.lists(PLAIN, min_size=5, max_size=5), kept=st.booleans(),
    until=st.none() | DAYS, state=STATES,
)  # fmt: skip
def test_an_absence(station: Station, **given_: Any) -> None:
    revision, state = given_["state"]
    texts = dict(zip(("whither", "why", "escort", "phone", "condition"), given_["texts"], strict=True))
    row = Absence(
        **ENVELOPE, revision=revision, state=state, resident=RID, stay=RID, code=given_["code"],
        bed_kept=given_["kept"],
        begins=given_["begins"], planned=given_["planned"], ends=given_["ends"], keep_until=given_["until"], **texts,
    )  # fmt: skip
    assert there_and_back(station, AbsenceMapper(), row) == said(row, AbsenceMapper())


@proves
@given(
    what=st.sampled_from(["care_level", "care_stage", "nursing_grade"]), value=SOME | st.just("partial"),
    since=DAYS, review=st.none() | DAYS, basis=CONTENT, note=PLAIN, state=STATES,
)  # fmt: skip
def test_a_level(station: Station, **given_: Any) -> None:
    revision, state = given_["state"]
    row = Grade(
        **ENVELOPE, revision=revision, state=state, resident=RID, what=given_["what"], value=given_["value"],
        since=given_["since"], review_on=given_["review"], basis=given_["basis"], note=given_["note"],
    )  # fmt: skip
    assert there_and_back(station, GradeMapper(), row) == said(row, GradeMapper())


@proves
@given(
    texts=st.lists(PLAIN, min_size=5, max_size=5), name=SOME, relation=st.sampled_from(["10", "22", "99", ""]),
    guardian=st.booleans(), powers=st.lists(SOME, max_size=3), ordinal=st.integers(1, 9),
)  # fmt: skip
def test_a_contact(station: Station, **given_: Any) -> None:
    texts = dict(zip(("phone", "second_phone", "address", "note"), given_["texts"], strict=False))
    row = Contact(
        **ENVELOPE, resident=RID, name=given_["name"], relation=given_["relation"], guardian=given_["guardian"],
        powers=given_["powers"], ordinal=given_["ordinal"], **texts,
    )  # fmt: skip
    assert there_and_back(station, ContactMapper(), row) == said(row, ContactMapper())


@proves
@given(
    status=st.sampled_from(["enquiry", "reserved", "in", "ended", "withdrawn"]), begins=st.none() | DAYS,
    mode=st.sampled_from(["resident", "day", "week", "month", "home", "home_bed"]), expected=st.none() | DAYS,
    texts=st.lists(PLAIN, min_size=2, max_size=2), state=STATES, bed=st.none() | st.just(RID),
)  # fmt: skip
def test_a_stay(station: Station, **given_: Any) -> None:
    revision, state = given_["state"]
    ends = date(2026, 11, 20) if given_["status"] == "ended" else None
    row = Stay(
        **ENVELOPE, revision=revision, state=state, resident=RID, begins=given_["begins"], ends=ends, bed=given_["bed"],
        status=given_["status"], mode=given_["mode"], expected=given_["expected"], outcome=given_["texts"][0],
        note=given_["texts"][1],
    )  # fmt: skip
    assert there_and_back(station, StayMapper(), row) == said(row, StayMapper())


@proves
@given(
    resident=st.none() | st.just(RID), status=st.sampled_from(["reported", "reviewed", "closed"]), content=CONTENT,
    texts=st.lists(PLAIN, min_size=2, max_size=2), happened=PLAIN, code=SOME, state=STATES, at=INSTANTS,
)  # fmt: skip
def test_an_incident(station: Station, at: datetime, **given_: Any) -> None:
    revision, state = given_["state"]
    row = Incident(
        **{**ENVELOPE, "at": at}, revision=revision, state=state, number="01-000001", code=given_["code"],
        happened=given_["happened"], resident=given_["resident"], status=given_["status"], place=given_["texts"][0],
        harm=given_["texts"][1], content=given_["content"],
    )  # fmt: skip
    assert there_and_back(station, IncidentMapper(), row) == said(row, IncidentMapper())


@proves
@given(
    journal=st.sampled_from(sorted(SENT)), more=CONTENT, days=st.lists(st.none() | DAYS, min_size=3, max_size=3),
    state=STATES, whole=st.booleans(), odd=JSON, at=INSTANTS,
)  # fmt: skip
def test_an_entry(station: Station, at: datetime, **given_: Any) -> None:
    """With what its form holds, with anything else beside it, and with a value of any shape in every field."""
    form = ENTRIES[given_["journal"]]
    own = form if given_["whole"] else dict.fromkeys(form, given_["odd"])
    revision, state = given_["state"]
    row = Entry(
        **{**ENVELOPE, "at": at}, revision=revision, state=state, resident=RID, journal=given_["journal"],
        content={**given_["more"], **own}, begins=given_["days"][0], ends=given_["days"][1], due_on=given_["days"][2],
    )  # fmt: skip
    assert there_and_back(station, EntryMapper(), row) == said(row, EntryMapper())


def test_the_journals_that_go_are_those_with_a_shape() -> None:
    assert SENT == SHAPES.keys() == ENTRIES.keys()
