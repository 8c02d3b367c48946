"""Every resource we make is valid FHIR, with the longest real data, and names its author.

`fhir.resources` ships R4B, not R4. Where they differ, none of our types is touched: R4B changed Citation, Evidence,
EvidenceReport, EvidenceVariable, ResearchDefinition, the medication-definition family, SubscriptionStatus and
SubscriptionTopic, NutritionProduct; `CodeableReference` came in and stands in none of ours; `Device`, `Observation`,
`Provenance`, `QuestionnaireResponse` and the rest here are as in R4.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.compose import Station
from app.core.roles import Role
from app.fhir import Held, House, Revision
from app.fhir.reference import references
from app.registry import MAPPERS, ORDER, RECORDS, mapper_of, mappers_of_type
from app.residents.fhir import ResidentMapper
from app.residents.fhir.coded import SYSTEMS
from app.residents.queries import FormOf
from app.residents.service import EditResident
from app.sync.push.queue import Made
from db.models import Resident
from tests.app.fhir.assessing import case_of, enter, say
from tests.app.fhir.daily import live
from tests.app.fhir.medicines import medicate
from tests.app.fhir.people import LONGEST, admit, admit_without_allergies, assessed
from tests.app.referrals.fhir.rows import refer
from tests.app.rehab.fhir.rows import rehabilitate
from tests.support.exchange import bodies, part_of, parts_of, waiting
from tests.support.station import MORNING, become


def validate(body: dict[str, Any]) -> None:
    get_fhir_model_class(body["resourceType"]).model_validate_json(orjson.dumps(body))


def own(station: Station) -> list[Revision]:
    """Institution, station and questionnaires in use, as the engine asks for them."""
    asked = station.desk.ask_now(Made(MAPPERS))
    return [Revision(kind, rid, 1, "01") for kind, rid in asked]


def test_every_resource_is_valid(station: Station) -> None:
    resident = admit(station)
    live(station, resident)
    say(station, resident, assessed(station, resident))
    enter(station, resident, case_of("morse", level=2))
    medicate(station, resident)
    rehabilitate(station, resident)
    refer(station, resident)
    admit_without_allergies(station)
    made = bodies(station, own(station))
    for body in made:
        validate(body)
    assert {body["resourceType"] for body in made} == set(ORDER)


def test_each_refers_only_to_what_was_sent_before(station: Station) -> None:
    resident = admit(station)
    say(station, resident, assessed(station, resident))
    asked = [*own(station), *waiting(station)]
    parts = [
        part for found in parts_of(station, asked).values() if not isinstance(found, Held) for part in found
    ]
    made = {part.ref for part in parts}
    for part in parts:
        assert part.needs <= made, part.ref
        assert all(ORDER.index(ref.type) <= ORDER.index(part.type) for ref in part.needs)


def test_the_author_is_who_wrote_it_whoever_sends_it(station: Station) -> None:
    resident = admit(station)
    actor = become(station, Role.NURSE)
    record = assessed(station, resident)
    writer = station.account("0317")
    assert writer is not None
    become(station, Role.MANAGER)
    response = part_of(station, "assessment", record)
    assert response.body["author"] == {"reference": f"Practitioner/urn:uuid:{writer.rid}"}
    assert actor.rid != writer.rid
    provenances = [part for part in all_parts(station, "assessment", record) if part.type == "Provenance"]
    signers = [part.body["agent"][0]["who"]["reference"][-36:] for part in provenances]
    assert signers == [
        str(account.rid) for number in ("0412", "0610") if (account := station.account(number))
    ]
    totals = [part for part in all_parts(station, "assessment", record) if part.type == "Observation"]
    assert [part.body["performer"] for part in totals] == [
        [response.body["author"]]
    ] * 6  # total, level, four parts


def all_parts(station: Station, kind: str, rid: Any) -> tuple[Any, ...]:
    asked = Revision(kind, rid, 1, "01")
    found = parts_of(station, [asked])[asked]
    assert not isinstance(found, Held)
    return found


def test_an_id_number_stands_in_its_identifier_and_in_no_reference(station: Station) -> None:
    resident = admit(station)
    assessed(station, resident)
    found = parts_of(station, waiting(station)).values()
    for part in (part for parts in found if not isinstance(parts, Held) for part in parts):
        assert not [ref for ref in references(part.body) if LONGEST.id_number in str(ref)]
        assert LONGEST.id_number not in str(part.rid)
    patient = part_of(station, "resident", resident)
    holders = [one for one in patient.body["identifier"] if one["value"] == LONGEST.id_number]
    assert [one["system"] for one in holders] == ["urn:oid:2.16.156.10011.1.3"]


def test_no_credential_and_no_role_leaves(station: Station) -> None:
    sent = orjson.dumps([body for body in bodies(station) if body["resourceType"] == "Practitioner"]).decode()
    for secret in ("roles", 'administrator"]', "argon2", "slot"):
        assert secret not in sent


def test_every_kind_that_syncs_has_a_mapper_and_every_type_its_place() -> None:
    for record in RECORDS.values():
        syncs = record.model is None or record.model.__syncs__
        assert record.syncs == syncs == (record.kind in MAPPERS)
    made = {kind for mapper in MAPPERS.values() for kind in mapper.types}
    assert sorted(made) == sorted(ORDER)
    for mapper in MAPPERS.values():
        assert mapper.takes <= set(mapper.types)
    assert mappers_of_type("Patient") == {"resident": MAPPERS["resident"]}
    assert mapper_of({"resourceType": "Binary"}) is None


def test_code_lists_have_systems() -> None:
    assert all(
        system.startswith(("urn:oid:2.16.156.10011.", "urn:carestation:")) for system in SYSTEMS.values()
    )


def test_the_content_of_an_older_revision_is_sent_as_it_was(station: Station) -> None:
    resident = admit(station)
    first = part_of(station, "resident", resident).body
    form = station.desk.ask_now(FormOf(resident))
    station.desk.do_now(EditResident(resident, replace(form.form, phone="021-55550888"), form.revision))
    assert part_of(station, "resident", resident, 1).body == first
    second = part_of(station, "resident", resident, 2).body
    assert second["telecom"] == [{"system": "phone", "value": "021-55550888"}]


TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    ["\u3000", "张\x00三", "👵🏻", "\u3000李 四\r\n"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    name=TEXT,
    address=TEXT,
    phone=TEXT,
    birth=st.none() | st.dates(),
    sex=st.sampled_from("0129"),
    remarks=st.dictionaries(TEXT, TEXT, max_size=3),
    codes=st.lists(TEXT, max_size=3),
)
def test_whatever_a_roster_holds_is_valid_and_read_as_it_was_sent(station: Station, **said: Any) -> None:
    house = House.of(station.settings)
    row = Resident(
        rid=house.institution, station="01", author=house.institution, author_role="nurse", at=MORNING,
        recorded_at=MORNING, number="01-000001", name=said["name"], sex=said["sex"], birth_date=said["birth"],
        address=said["address"], phone=said["phone"], insurance=said["codes"], remarks=said["remarks"],
        ethnicity=said["name"][:5], marital_status=said["address"][:5],
    )  # fmt: skip
    mapper = ResidentMapper()
    body = orjson.loads(orjson.dumps(mapper.part(house, row).body))
    validate({**body, "managingOrganization": {"reference": "Organization/1"}})
    read = mapper.read(house, body, mapper.blank())
    envelope = ("rid", "station", "author", "author_role", "at", "recorded_at")
    again = Resident(**{key: getattr(row, key) for key in envelope}, **read)
    assert mapper.read(house, mapper.whole(house, again), mapper.blank()) == read
    assert (read["sex"], read["birth_date"]) == (said["sex"], said["birth"])
