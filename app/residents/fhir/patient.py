"""A resident as Patient and back: national identifiers and codes, one name text, everything else ours as extensions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, local
from app.fhir.carried import Whence
from app.fhir.coding import ARCHIVE_NUMBER, CITIZEN_ID, SEX, words
from app.fhir.elements import day, extension, extensions, filled, identifier, referred, said_in
from app.fhir.people import address_text, home_address, human_name, official_name
from app.fhir.registers import RegisterMapper
from app.residents.codes import code_list
from app.residents.fhir.coded import column, concept
from app.residents.fhir.consent import REFUSED, refused
from app.residents.rules import Wrong, read_id_number, read_name, read_phones
from app.residents.search_row import keep_search
from db.models import Resident

GENDERS = {"1": "male", "2": "female", "0": "unknown", "9": "unknown"}
SEX_SAID, INSURANCE, REMARK = (f"urn:carestation:{name}" for name in ("sex", "insurance", "remark"))
HOUSEHOLD, NURSE = "urn:carestation:household-address", "urn:carestation:nurse"
SINGLE = {
    name: f"urn:carestation:{name.replace('_', '-')}"
    for name in (
        "ethnicity", "education", "care_level", "residence", "occupation", "blood_type", "rhesus", "living"
    )
}  # fmt: skip
PAPERS = {entry.code: f"urn:carestation:id-document:{entry.code}" for entry in code_list("id_type").entries}
PAPERS["01"] = CITIZEN_ID
"""Systems of identity papers by WS/T 364.3 CV02.01.101; only the citizen's number has a published one."""


class ResidentMapper(RegisterMapper[Resident]):
    """The register row of a resident. Whoever refused the upload stays here."""

    kind = "resident"
    resource = "Patient"
    model = Resident
    owned = frozenset(
        {
            "name", "gender", "telecom", "address", "maritalStatus", "managingOrganization", "birthDate",
            "generalPractitioner",
        }
    )  # fmt: skip
    marks = frozenset(
        {
            SEX_SAID, INSURANCE, REMARK, HOUSEHOLD, NURSE, ARCHIVE_NUMBER,
            *SINGLE.values(), *PAPERS.values(), "official", "home", "phone",
        }
    )  # fmt: skip
    fixed = frozenset({"number"})

    def house_marks(self, house: House) -> frozenset[str]:
        return frozenset({f"{house.system}:resident"})

    def owns(self, row: Resident) -> frozenset[str]:
        """A birth date we do not know is not ours to take out: half of one may stand there."""
        return self.owned if row.birth_date else self.owned - {"birthDate"}

    def held(self, reader: Reader, records: Iterable[UUID]) -> Mapping[UUID, Held]:
        return dict.fromkeys(refused(reader, records), REFUSED)

    def blank(self) -> Mapping[str, Any]:
        texts = (
            "number",
            "name",
            "marital_status",
            "phone",
            "address",
            "archive_number",
            "household_address",
        )
        nothing: dict[str, Any] = {
            "birth_date": None, "id_number": None, "insurance": [], "remarks": {}, "doctor": None, "nurse": None,
        }  # fmt: skip
        return {**dict.fromkeys((*texts, *SINGLE), ""), **nothing, "sex": "0", "id_type": "01"}

    def elements(self, house: House, row: Resident) -> dict[str, Any]:
        return filled(
            identifier=_identifiers(house, row),
            extension=_extensions(row),
            name=human_name(row.name),
            gender=GENDERS[row.sex],
            birthDate=row.birth_date.isoformat() if row.birth_date else None,
            telecom=[{"system": "phone", "value": one} for one in words(row.phone).split("、") if one],
            address=[{"use": "home", "text": words(row.address)}] if words(row.address) else [],
            maritalStatus=concept("marital_status", row.marital_status),
            managingOrganization=local("Organization", house.institution),
            generalPractitioner=[local("Practitioner", row.doctor)] if row.doctor else [],
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        paper, number = _paper(body, before)
        insurance = [one for said in extensions(body, INSURANCE) if (one := column("insurance", said, ""))]
        return {
            "number": identifier(body, f"{house.system}:resident") or before["number"],
            "name": official_name(body) or before["name"],
            "sex": _sex(body, before["sex"]),
            "birth_date": day(body.get("birthDate"), house.zone, "出生日期") or before["birth_date"],
            "id_type": paper,
            "id_number": number,
            "phone": _phone(body) or before["phone"],
            "address": home_address(body) or before["address"],
            "household_address": address_text(said_in(body, HOUSEHOLD)) or before["household_address"],
            "archive_number": identifier(body, ARCHIVE_NUMBER) or before["archive_number"],
            "doctor": _doctor(body) or before["doctor"],
            "nurse": referred(said_in(body, NURSE), "Practitioner") or before["nurse"],
            "marital_status": column("marital_status", body.get("maritalStatus"), before["marital_status"]),
            **{name: column(name, said_in(body, url), before[name]) for name, url in SINGLE.items()},
            "insurance": insurance or before["insurance"],
            "remarks": _remarks(body) or before["remarks"],
        }

    def check(self, unit: Unit, said: dict[str, Any], row: Resident | None, by: Whence) -> None:
        if row is None and not (said["name"] and said["number"]):
            raise Refusal("区平台上的这份档案缺少姓名或老人编号。")
        if not by.ours:
            _check_words(unit, said, row)
        number = None if row is not None else said["number"]
        if number and unit.session.scalar(select(Resident.rid).where(Resident.number == number)) is not None:
            raise Refusal(f"老人编号 {number} 在本站已是另一位老人，请核对两站的站点编号。")
        _refuse_known(unit, said, row, by.rid)

    def settled(self, unit: Unit, row: Resident) -> None:
        keep_search(unit, row.rid)


def _identifiers(house: House, row: Resident) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"system": f"{house.system}:resident", "value": words(row.number)}]
    if archive := words(row.archive_number):
        found.append({"system": ARCHIVE_NUMBER, "value": archive})
    number = words(row.id_number or "")
    if number:
        shown = code_list("id_type").words(row.id_type)
        system = PAPERS.get(row.id_type, PAPERS["99"])
        found.append({"use": "official", "type": {"text": shown}, "system": system, "value": number})
    return found


def _extensions(row: Resident) -> list[dict[str, Any]]:
    found = extension(SEX_SAID, "Coding", {"system": SEX, "code": row.sex})
    for name, url in SINGLE.items():
        if said := concept(name, getattr(row, name)):
            found.append({"url": url, "valueCodeableConcept": said})
    if household := words(row.household_address):
        found.append({"url": HOUSEHOLD, "valueAddress": {"text": household}})
    if row.nurse:
        found.append({"url": NURSE, "valueReference": local("Practitioner", row.nurse)})
    for one in row.insurance:
        if said := concept("insurance", one):
            found.append({"url": INSURANCE, "valueCodeableConcept": said})
    for heading, value in row.remarks.items():
        if words(heading):
            inner = [
                *extension("heading", "String", words(heading)),
                *extension("value", "String", words(value)),
            ]
            found.append({"url": REMARK, "extension": inner})
    return found


def _sex(body: dict[str, Any], before: str) -> str:
    """GB/T 2261.1 from gender; unknown has two codes there, the extension says which."""
    gender = body.get("gender")
    if gender in (None, ""):
        return before
    if gender == "unknown":
        said = said_in(body, SEX_SAID)
        code = said.get("code") if isinstance(said, dict) else None
        return code if code in ("0", "9") else "0"
    for code, word in GENDERS.items():
        if word == gender:
            return code
    raise Refusal(f"区平台上的性别“{words(gender)}”在国家标准（GB/T 2261.1）中没有对应，请核对。")


def _paper(body: dict[str, Any], before: Mapping[str, Any]) -> tuple[str, str | None]:
    """Kind and number of the paper; the citizen's number where there are several, unless ours still stands there."""
    found = {code: said for code, system in PAPERS.items() if (said := identifier(body, system))}
    if not found or (before["id_number"] and found.get(before["id_type"]) == before["id_number"]):
        return before["id_type"], before["id_number"]
    return next(iter(found.items()))


def _phone(body: dict[str, Any]) -> str:
    spoken = (one for one in body.get("telecom") or [] if one.get("system") in ("phone", "sms", None))
    return "、".join(dict.fromkeys(words(one["value"]) for one in spoken if words(one.get("value") or "")))


def _doctor(body: dict[str, Any]) -> UUID | None:
    """The first doctor named who is one of ours."""
    named = (referred(one, "Practitioner") for one in body.get("generalPractitioner") or [])
    return next(filter(None, named), None)


def _remarks(body: dict[str, Any]) -> dict[str, str]:
    found = {}
    for one in body.get("extension") or []:
        if one.get("url") == REMARK and (heading := said_in(one, "heading")):
            found[str(heading)] = str(said_in(one, "value") or "")
    return found


def _check_words(unit: Unit, said: dict[str, Any], row: Resident | None) -> None:
    """What another program changed must be what a nurse could have typed."""
    paper = said.get("id_type", row.id_type if row else "01")
    try:
        if "name" in said:
            said["name"] = read_name(said["name"])
        if said.get("phone"):
            said["phone"] = read_phones(said["phone"])
        if said.get("id_number") and paper == "01":
            said["id_number"] = read_id_number(said["id_number"], unit.today).number
    except Wrong as wrong:
        raise Refusal(f"区平台改动的档案有误：{wrong.text}。请核对后在本站更正。") from wrong


def _refuse_known(unit: Unit, said: dict[str, Any], row: Resident | None, rid: UUID) -> None:
    number = said.get("id_number", row.id_number if row else None)
    paper = said.get("id_type", row.id_type if row else "01")
    if not number or not {"id_number", "id_type"} & set(said):
        return
    statement = select(Resident.rid, Resident.number).where(
        Resident.id_type == paper, Resident.id_number == number
    )
    known = unit.session.execute(statement).first()
    if known is not None and known[0] != rid:
        raise Refusal(f"这个证件号码在本站已登记为 {known[1]}，请核对是否同一位老人。")
