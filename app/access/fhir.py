"""Institution, station and staff on the platform: Organization, Device, Practitioner; nothing of accounts or rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app import __version__
from app.core.errors import Refusal
from app.core.ids import named
from app.core.roles import PROFESSIONS
from app.core.unit import Reader, Unit
from app.fhir import Arrival, House, Part, Revision, Taken, local
from app.fhir.carried import Whence
from app.fhir.coding import CERTIFICATE, INSTITUTION_CODE, text_of, words
from app.fhir.elements import extension, filled, identifier, said_in
from app.fhir.people import human_name, official_name
from app.fhir.registers import RegisterMapper
from app.fhir.translation import framed
from db.models import Account, Staff

TITLE = "urn:carestation:title"
PROGRAM = "CareStation 医养工作站"


def station_rid(institution: UUID, number: str) -> UUID:
    """The identity of a station (Device): the same wherever its number is known."""
    return named(institution, number)


class _OfSettings:
    """A resource made of settings: it stands for no row, and nothing that comes is taken in."""

    def __init__(self, kind: str) -> None:
        self.types = (kind,)
        self.takes: frozenset[str] = frozenset()

    def body(self, reader: Reader, house: House) -> tuple[UUID, dict[str, Any]]:
        raise NotImplementedError

    def claims(self, body: dict[str, Any]) -> bool:
        return body.get("resourceType") in self.types

    def parts(self, reader: Reader, asked: Sequence[Revision]) -> dict[Revision, tuple[Part, ...]]:
        """The resource as settings have it now, whichever revision is asked: it carries none."""
        house = House.of(reader.settings)
        rid, elements = self.body(reader, house)
        kind = self.types[0]
        whole = framed(house, kind, rid, None, elements)
        marks = frozenset({house.system, INSTITUTION_CODE, f"{house.system}:station"})
        part = Part(kind, rid, whole, frozenset({*elements, "identifier"}), marks)
        return {one: (part,) for one in asked if one.record == rid}

    def take(self, unit: Unit, arrival: Arrival) -> Taken:
        """Settings are decided here: what the platform holds of them is remembered, not taken."""
        return Taken(arrival.rid, arrival.revision, unit.station, changed=False)


class InstitutionMapper(_OfSettings):
    """The institution as Organization; its rid is the institution's id."""

    def __init__(self) -> None:
        super().__init__("Organization")

    def body(self, reader: Reader, house: House) -> tuple[UUID, dict[str, Any]]:
        return house.institution, {
            "identifier": [{"system": INSTITUTION_CODE, "value": house.code}],
            "active": True,
            "type": [{"text": reader.settings.institution_type}],
            "name": words(house.name),
        }


class StationMapper(_OfSettings):
    """This station as Device: its name, number, owner and the program's version."""

    def __init__(self) -> None:
        super().__init__("Device")

    def body(self, reader: Reader, house: House) -> tuple[UUID, dict[str, Any]]:
        name = words(house.station_name) or f"{house.station}号站"
        return station_rid(house.institution, house.station), {
            "identifier": [{"system": f"{house.system}:station", "value": house.station}],
            "status": "active",
            "deviceName": [{"name": name, "type": "user-friendly-name"}],
            "type": {"text": PROGRAM},
            "version": [{"value": __version__}],
            "owner": local("Organization", house.institution),
        }


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
