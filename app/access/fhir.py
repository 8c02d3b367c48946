"""Institution, station and staff on the platform: Organization, Device, Practitioner; nothing of accounts or rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app import __version__
from app.core.errors import Refusal
from app.core.ids import named
from app.core.roles import PROFESSIONS
from app.core.unit import Reader, Unit
from app.fhir import Held, House, local
from app.fhir.carried import Whence
from app.fhir.coding import CERTIFICATE, INSTITUTION_CODE, text_of, words
from app.fhir.elements import extension, filled, identifier, said_in
from app.fhir.made import MadeMapper
from app.fhir.people import human_name, official_name
from app.fhir.registers import RegisterMapper
from db.models import Account, Staff

TITLE = "urn:carestation:title"
PROGRAM = "CareStation 医养工作站"


def station_rid(institution: UUID, number: str) -> UUID:
    """The identity of a station (Device): the same wherever its number is known."""
    return named(institution, number)


class InstitutionMapper(MadeMapper):
    """The institution as Organization; its rid is the institution's id."""

    resource = "Organization"

    def records(self, reader: Reader) -> tuple[UUID, ...]:
        return (reader.settings.institution_id,)

    def made(
        self, reader: Reader, house: House, records: frozenset[UUID]
    ) -> dict[UUID, dict[str, Any] | Held]:
        return _known(records, house.institution, {
            "identifier": [{"system": INSTITUTION_CODE, "value": house.code}],
            "active": True,
            "type": [{"text": reader.settings.institution_type}],
            "name": words(house.name),
        })  # fmt: skip

    def marks(self, house: House) -> frozenset[str]:
        return frozenset({house.system, INSTITUTION_CODE})


class StationMapper(MadeMapper):
    """This station as Device: its name, number, owner and the program's version."""

    resource = "Device"

    def records(self, reader: Reader) -> tuple[UUID, ...]:
        return (station_rid(reader.settings.institution_id, reader.settings.station_number),)

    def made(
        self, reader: Reader, house: House, records: frozenset[UUID]
    ) -> dict[UUID, dict[str, Any] | Held]:
        name = words(house.station_name) or f"{house.station}号站"
        return _known(records, station_rid(house.institution, house.station), {
            "identifier": [{"system": f"{house.system}:station", "value": house.station}],
            "status": "active",
            "deviceName": [{"name": name, "type": "user-friendly-name"}],
            "type": {"text": PROGRAM},
            "version": [{"value": __version__}],
            "owner": local("Organization", house.institution),
        })  # fmt: skip

    def marks(self, house: House) -> frozenset[str]:
        return frozenset({house.system, f"{house.system}:station"})


def _known(
    records: frozenset[UUID], rid: UUID, elements: dict[str, Any]
) -> dict[UUID, dict[str, Any] | Held]:
    return {rid: elements} if rid in records else {}


class StaffMapper(RegisterMapper[Staff]):
    """A person who works here as Practitioner. Roles and accounts stay: who may do what is decided at each station."""

    kind = "staff"
    resource = "Practitioner"
    model = Staff
    owned = frozenset({"name", "active", "qualification"})
    marks = frozenset({TITLE, "official"})
    fixed = frozenset({"number"})

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:staff"})

    def blank(self) -> Mapping[str, Any]:
        empty = {"number": "", "name": "", "profession": "", "title": "", "certificate": ""}
        return {**empty, "active": True, "roles": []}

    def elements(self, house: House, row: Staff) -> dict[str, Any]:
        number = {"system": f"{house.system}:staff", "value": words(row.number.rpartition("·")[2])}
        held = [{"system": CERTIFICATE, "value": words(row.certificate)}] if words(row.certificate) else []
        qualified = filled(identifier=held, code=filled(text=words(row.profession)))
        return filled(
            identifier=[number],
            extension=extension(TITLE, "String", words(row.title)),
            name=human_name(row.name),
            active=row.active,
            qualification=[qualified] if "code" in qualified else [],
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        first: dict[str, Any] = next(iter(body.get("qualification") or []), {})
        profession = text_of(first.get("code"))
        active = body.get("active")
        return {
            **before,
            "number": identifier(body, f"{house.system}:staff") or before["number"],
            "name": official_name(body) or before["name"],
            "profession": profession if profession in PROFESSIONS else before["profession"],
            "title": words(said_in(body, TITLE) or "") or before["title"],
            "certificate": identifier(first, CERTIFICATE) or before["certificate"],
            "active": active if isinstance(active, bool) else before["active"],
        }

    def check(self, unit: Unit, said: dict[str, Any], row: Staff | None, by: Whence) -> None:
        if not said.get("name", "-"):
            raise Refusal("区平台上的这位人员没有姓名。")
        if row is None:
            if not said["number"]:
                raise Refusal("区平台上的这位人员没有工号。")
            said["number"] = _free_number(unit, said["number"], by.station)
        elif "active" in said and unit.session.get(Account, by.rid) is not None:
            del said["active"]  # who may sign in is decided here, or another program could lock everybody out


def _free_number(unit: Unit, number: str, station: str) -> str:
    """The number, or 02·0412 where somebody here has the one that station 02 gave."""
    wanted = number
    while (
        unit.session.scalar(select(Staff.rid).where(func.lower(Staff.number) == wanted.lower())) is not None
    ):
        wanted = f"{station}·{wanted}"
    return wanted
