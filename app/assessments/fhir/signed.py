"""Signatures of an assessment as Provenance and back; the seal stays at the station whose key made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.fhir import station_rid
from app.access.signing import Signable, Signed, receive
from app.assessments.record import KIND
from app.core.errors import Refusal
from app.core.ids import named
from app.core.unit import Reader, Unit
from app.fhir import Arrival, House, NotYet, Part, Taken, identified, local
from app.fhir.carrying import moment, stamp
from app.fhir.coding import PARTICIPANT, coded, words
from app.fhir.elements import extension, referred, said_in
from app.fhir.translation import framed
from db.models import Assessment, Signature, Staff

SIGNATURE = "urn:carestation:signature"
OWNED = frozenset({"extension", "target", "recorded", "agent"})
_TEXTS = ("number", "name", "profession", "title", "certificate")


def given(reader: Reader, records: Iterable[UUID]) -> dict[tuple[UUID, int, str], list[Signature]]:
    """Signatures of records by record, revision and station, in the order they were given."""
    statement = select(Signature).where(Signature.kind == KIND, Signature.record.in_(set(records)))
    found: dict[tuple[UUID, int, str], list[Signature]] = {}
    for row in reader.session.scalars(statement.order_by(Signature.ordinal)):
        found.setdefault((row.record, row.revision, row.station), []).append(row)
    return found


def signers(reader: Reader, rows: Iterable[Signature]) -> frozenset[UUID]:
    """Which signers are people of this institution."""
    wanted = {row.signer for row in rows}
    return frozenset(reader.session.scalars(select(Staff.rid).where(Staff.rid.in_(wanted))))


def provenance(house: House, row: Signature, known: frozenset[UUID]) -> Part:
    """One signature: who (person and station), when, of which revision, with the titles the person had then."""
    rid = named(row.record, "provenance", str(row.revision), row.station, str(row.ordinal))
    logical = {"type": "Practitioner", "identifier": identified(house, row.signer)}
    who = local("Practitioner", row.signer) if row.signer in known else logical
    inner = [
        *extension("revision", "Integer", row.revision),
        *extension("station", "String", row.station),
        *extension("ordinal", "Integer", row.ordinal),
        *extension("signer", "String", str(row.signer)),
    ]
    for key in _TEXTS:
        inner += extension(key, "String", words(getattr(row, key)))
    elements = {
        "extension": [{"url": SIGNATURE, "extension": inner}],
        "target": [local("QuestionnaireResponse", row.record)],
        "recorded": stamp(house, row.at),
        "agent": [
            {"type": coded(PARTICIPANT, "verifier", "Verifier"), "who": who},
            {
                "type": coded(PARTICIPANT, "assembler", "Assembler"),
                "who": local("Device", station_rid(house.institution, row.station)),
            },
        ],
    }
    return Part(
        "Provenance", rid, framed(house, "Provenance", rid, None, elements), OWNED, frozenset({SIGNATURE})
    )


def take_signature(unit: Unit, arrival: Arrival) -> Taken:
    """Keep the signature of another station beside its record; a Provenance that is none is left alone."""
    record = referred(next(iter(arrival.body.get("target") or []), None), "QuestionnaireResponse")
    row = None if record is None else _current(unit, record)
    if record is None or row is None:
        raise NotYet("这个签名的评估还没有收到。")
    said = next((one for one in arrival.body.get("extension") or [] if one.get("url") == SIGNATURE), None)
    if said is None:
        return Taken(record, row.revision, row.station, changed=False)
    what, signature = _read(arrival, record, said)
    written = receive(unit, what, signature)
    if written:
        unit.note("receive_signature", KIND, record)
        unit.tell(KIND, record)
    return Taken(record, what.revision, what.station, changed=written)


def _current(unit: Unit, record: UUID) -> Assessment | None:
    return unit.session.scalar(select(Assessment).where(Assessment.rid == record, Assessment.current))


def _read(arrival: Arrival, record: UUID, said: dict[str, Any]) -> tuple[Signable, Signed]:
    texts = {key: words(said_in(said, key) or "") for key in _TEXTS}
    try:
        what = Signable(KIND, record, int(said_in(said, "revision")), str(said_in(said, "station")))
        signature = Signed(
            ordinal=int(said_in(said, "ordinal")),
            signer=UUID(said_in(said, "signer")),
            at=moment(arrival.body["recorded"]),
            genuine=False,
            elsewhere=True,
            **texts,
        )
    except (KeyError, TypeError, ValueError):
        raise Refusal("区平台上的这个签名读不懂，请核对。") from None
    if not 1 <= signature.ordinal <= 3:
        raise Refusal("区平台上的这个签名读不懂，请核对。")
    return what, signature
