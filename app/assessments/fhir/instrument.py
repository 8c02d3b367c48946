"""The shipped instruments' translator: a version goes as Questionnaire before the first answers given to it do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from app.assessments.fhir.links import FILE
from app.assessments.fhir.questionnaire import OWNED, questionnaire
from app.assessments.instruments import Instrument, shipped
from app.core.ids import named
from app.core.unit import Reader
from app.fhir import Held, House
from app.fhir.elements import said_in
from app.fhir.made import MadeMapper
from db.models import Assessment, Outbox

OUTDATED = Held("不上传（本站已换用这份量表的新版本）。")


def questionnaire_rid(institution: UUID, code: str, version: str) -> UUID:
    """One resource a version of an instrument, the same for every station of the institution."""
    return named(institution, "questionnaire", code, version)


class InstrumentMapper(MadeMapper):
    """Instruments of the program. The institution's own are records, with a translator of theirs."""

    resource = "Questionnaire"
    owned = OWNED

    def records(self, reader: Reader) -> tuple[UUID, ...]:
        """Those that an assessment which waits was made with."""
        waits = and_(Outbox.kind == Assessment.__kind__, Outbox.state != "acked")
        statement = (
            select(Assessment.instrument, Assessment.instrument_version)
            .join(Outbox, and_(waits, Outbox.record == Assessment.rid))
            .distinct()
        )
        used = {tuple(row) for row in reader.session.execute(statement)}
        return tuple(rid for rid, one in known_instruments(reader).items() if (one.code, one.version) in used)

    def made(
        self, reader: Reader, house: House, records: frozenset[UUID]
    ) -> dict[UUID, dict[str, Any] | Held]:
        known = known_instruments(reader)
        return {rid: questionnaire(house, known[rid]) if rid in known else OUTDATED for rid in records}

    def claims(self, body: dict[str, Any]) -> bool:
        """An own instrument carries its file."""
        return super().claims(body) and said_in(body, FILE) is None


def known_instruments(reader: Reader) -> dict[UUID, Instrument]:
    """Every instrument of the program, by its record."""
    institution = reader.settings.institution_id
    return {questionnaire_rid(institution, one.code, one.version): one for one in shipped().values()}
