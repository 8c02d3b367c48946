"""When an order was given, as it comes from the platform: never later than it was recorded, or than it was here."""

from __future__ import annotations

from uuid import UUID

from app.compose import Station
from app.fhir import House
from app.fhir.carrying import REVISION, stamp
from db.models import MedOrder
from tests.app.fhir.daily import EIGHT, later
from tests.app.fhir.medicines import medicate
from tests.app.fhir.people import admit
from tests.support.acts import Look
from tests.support.exchange import bodies, came, take


def order_of(station: Station, rid: UUID) -> MedOrder:
    found: MedOrder = station.desk.ask_now(
        Look(lambda reader: reader.session.query(MedOrder).filter_by(rid=rid, current=True).one())
    )
    return found


def test_an_order_that_comes_first_is_no_later_than_its_record(station: Station, other: Station) -> None:
    rid = medicate(station, admit(station))["order/same"]
    house, recorded = House.of(station.settings), order_of(station, rid).recorded_at
    for body in bodies(station):
        if body["resourceType"] == "MedicationRequest":
            for one in body["extension"]:
                if one["url"] == REVISION:
                    (at,) = (inner for inner in one["extension"] if inner["url"] == "at")
                    at["valueDateTime"] = stamp(house, later(2 * 24 * 60))
        take(other, came(other, body))
    assert order_of(other, rid).at == recorded < later(2 * 24 * 60)


def test_what_it_says_truly_is_kept(station: Station, other: Station) -> None:
    rid = medicate(station, admit(station))["order/same"]
    for body in bodies(station):
        take(other, came(other, body))
    assert order_of(other, rid).at == EIGHT
