"""What another program makes of any element we answer for: never ours unnoticed, and gone with our next revision."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compose import Station
from app.core.errors import Refusal
from app.fhir import Part
from app.fhir.merging import MARKED, merged
from app.registry import MAPPERS
from tests.app.fhir.people import admit
from tests.app.fhir.test_daily_properties import JSON
from tests.app.referrals.fhir.rows import TABLES, refer
from tests.support.acts import rows
from tests.support.examples import tries
from tests.support.exchange import came, on_the_wire, part_of, remember, take

RECORDS = {
    "partner": "partner", "agreement": "agreement", "visiting_doctor": "doctor", "referral": "referral/accepted",
    "referral_return": "return", "med_reconciliation": "reconciliation", "med_decision": "decision/change",
    "doctor_round": "round", "round_visit": "visit", "family_contract": "contract", "contract_service": "service",
    "home_bed": "bed",
}  # fmt: skip
OWNED = sorted((kind, element) for kind in RECORDS for element in MAPPERS[kind].owned)  # type: ignore[attr-defined]  # all of them are Translations
EDITS: tuple[Any, ...] = (None, {"text": "改过"}, [{"text": "改过"}], "改过")


class There:
    """Every kind of referrals as the platform holds it."""

    def __init__(self, station: Station, parts: dict[str, Part]) -> None:
        self.station, self.parts = station, parts

    def altered(self, kind: str, body: dict[str, Any]) -> Any:
        base = on_the_wire(self.parts[kind])
        return take(self.station, came(self.station, {**base, **body}, base))

    def held(self) -> list[list[tuple[Any, ...]]]:
        return [rows(self.station, f"select * from {table}") for table in TABLES]  # noqa: S608  # our own tables


@pytest.fixture
def there(station: Station) -> There:
    made: dict[str, UUID] = refer(station, admit(station))
    parts = {kind: part_of(station, kind, made[key]) for kind, key in RECORDS.items()}
    for part in parts.values():
        remember(part)
    return There(station, parts)


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_an_element_we_answer_for_is_refused_or_given_back(there: There, kind: str) -> None:
    """A safe one is shown to a person. Of the others what we say stands here, and there with the next revision."""
    before = there.held()
    part, mapper = there.parts[kind], MAPPERS[kind]
    base = on_the_wire(part)
    edits = [(element, value) for element in mapper.owned for value in EDITS]  # type: ignore[attr-defined]  # a GuardedMapper
    for element, value in edits:
        if value is None and element not in base:
            continue
        try:
            taken = there.altered(kind, {element: value})
        except Refusal:
            continue
        assert element not in mapper.safe, element  # type: ignore[attr-defined]  # a GuardedMapper
        assert not taken.changed
        again = merged(part, {**base, element: value})
        assert element in MARKED or again.get(element) == part.body.get(element), element
    assert there.held() == before


@settings(max_examples=tries(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(one=st.sampled_from(OWNED), value=JSON)
def test_no_shape_of_it_is_met_as_a_bug(there: There, one: tuple[str, str], value: Any) -> None:
    before = there.held()
    kind, element = one
    with suppress(Refusal):
        assert not there.altered(kind, {element: value}).changed
    assert there.held() == before


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_a_field_of_ours_is_never_taken_from_another_program(there: There, kind: str) -> None:
    before = there.held()
    base = on_the_wire(there.parts[kind])
    url = MAPPERS[kind].field  # type: ignore[attr-defined]  # a GuardedMapper
    mine = [one for one in base["extension"] if one["url"] == url]
    others = [one for one in base["extension"] if one["url"] != url]
    text = next(
        one
        for one in mine
        for inner in one["extension"]
        if inner.get("valueString") and inner["url"] == "value"
    )
    said = [
        {**inner, "valueString": "改过"} if inner["url"] == "value" else inner for inner in text["extension"]
    ]
    changed = [{**text, "extension": said} if one is text else one for one in mine]
    for extension in ([*others, *changed], others, [*others, *mine[:1]]):
        with pytest.raises(Refusal):
            there.altered(kind, {"extension": extension})
    assert there.held() == before
