"""A relative or guardian as RelatedPerson and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, local
from app.fhir.carried import Whence
from app.fhir.coding import ROLE_CODE, code_in, coded, words
from app.fhir.elements import extension, extensions, filled, referred, said_in
from app.fhir.people import home_address, human_name, official_name
from app.fhir.registers import RegisterMapper
from app.residents.fhir.coded import column, concept
from app.residents.fhir.consent import REFUSED, refused, resident_here
from app.residents.rules import Wrong, read_name, read_phones
from db.models import Contact

GUARDIAN, POWER, ORDINAL, NOTE = (
    f"urn:carestation:{name}" for name in ("guardian", "power", "ordinal", "note")
)
_GUARD = coded(ROLE_CODE, "GUARD", "guardian")


class ContactMapper(RegisterMapper[Contact]):
    """Whom to call, and for what. Of a resident who refused the upload they stay here, too."""

    kind = "contact"
    resource = "RelatedPerson"
    model = Contact
    owned = frozenset({"active", "patient", "relationship", "name", "telecom", "address"})
    marks = frozenset({GUARDIAN, POWER, ORDINAL, NOTE, "official", "home", "phone"})

    def held(self, reader: Reader, records: Iterable[UUID]) -> Mapping[UUID, Held]:
        statement = select(Contact.rid, Contact.resident).where(Contact.rid.in_(set(records)))
        owners = {row[0]: row[1] for row in reader.session.execute(statement)}
        private = refused(reader, owners.values())
        return {rid: REFUSED for rid, resident in owners.items() if resident in private}

    def blank(self) -> Mapping[str, Any]:
        texts = ("name", "relation", "phone", "second_phone", "address", "note")
        return {**dict.fromkeys(texts, ""), "resident": None, "guardian": False, "ordinal": 1, "powers": []}

    def elements(self, house: House, row: Contact) -> dict[str, Any]:
        relation = concept("relation", row.relation)
        phones = [(1, words(row.phone)), (2, words(row.second_phone))]
        return filled(
            extension=[
                *extension(GUARDIAN, "Boolean", row.guardian),
                *extension(ORDINAL, "Integer", row.ordinal),
                *(one for power in row.powers for one in extension(POWER, "String", words(power))),
                *extension(NOTE, "String", words(row.note)),
            ],
            active=bool(words(row.name)),  # one that was taken out is emptied, not erased
            patient=local("Patient", row.resident),
            relationship=[*([relation] if relation else []), *([_GUARD] if row.guardian else [])],
            name=human_name(row.name),
            telecom=[{"system": "phone", "value": one, "rank": rank} for rank, one in phones if one],
            address=[{"use": "home", "text": words(row.address)}] if words(row.address) else [],
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        if body.get("active") is False and official_name(body):
            raise Refusal("区平台停用了这位联系人，请核对后在本站更正。")
        first, second = _phones(body)
        guardian, ordinal = said_in(body, GUARDIAN), said_in(body, ORDINAL)
        relations = (
            column("relation", one, "")
            for one in body.get("relationship") or []
            if not code_in(one, ROLE_CODE)
        )
        return {
            "resident": referred(body.get("patient"), "Patient") or before["resident"],
            "name": official_name(body) or before["name"],
            "relation": next(filter(None, relations), before["relation"]),
            "phone": first or before["phone"],
            "second_phone": second or before["second_phone"],
            "address": home_address(body) or before["address"],
            "guardian": guardian if isinstance(guardian, bool) else before["guardian"],
            "ordinal": ordinal if isinstance(ordinal, int) else before["ordinal"],
            "powers": [str(one) for one in extensions(body, POWER)] or before["powers"],
            "note": words(said_in(body, NOTE) or "") or before["note"],
        }

    def check(self, unit: Unit, said: dict[str, Any], row: Contact | None, by: Whence) -> None:
        if row is None and not said["name"] and not by.ours:
            raise Refusal("区平台上的这位联系人没有姓名。")
        resident_here(unit, said.get("resident", row.resident if row else None))
        if by.ours:
            return
        try:
            if "name" in said:
                said["name"] = read_name(said["name"])
            for key in ("phone", "second_phone"):
                if said.get(key):
                    said[key] = read_phones(said[key])
        except Wrong as wrong:
            raise Refusal(f"区平台改动的联系人有误：{wrong.text}。请核对后在本站更正。") from wrong


def _phones(body: dict[str, Any]) -> tuple[str, str]:
    """The first number and the second, by rank; one without a rank is the first, however many there are."""
    ranked: dict[bool, list[str]] = {True: [], False: []}
    for one in body.get("telecom") or []:
        if one.get("system") in ("phone", "sms", None) and (said := words(one.get("value") or "")):
            ranked[one.get("rank", 1) > 1].append(said)
    return "、".join(ranked[False]), "、".join(ranked[True])
