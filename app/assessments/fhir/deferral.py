"""The decision to put off an assessment that is due, or not to do it, as Task and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.assessments.fhir.furnished import furnished, instrument_of
from app.assessments.fhir.links import INSTRUMENT
from app.core.errors import Refusal
from app.core.unit import Reader, Unit
from app.fhir import Held, House, local
from app.fhir.carried import Whence
from app.fhir.carrying import stamp
from app.fhir.clinicals import ClinicalMapper
from app.fhir.coding import code_in, coded, words
from app.fhir.elements import day, extension, filled, instant, referred, said_in
from app.residents.fhir.consent import records_held, resident_here
from db.models import AssessmentDeferral

DUE = "urn:carestation:assessment-due"
ASKED, CAUSED_ON = "urn:carestation:asked-instrument", "urn:carestation:caused-on"
ERROR = "entered-in-error"
_STATUSES = {True: "on-hold", False: "rejected"}
"""By whether it is only put off."""


class DeferralMapper(ClinicalMapper[AssessmentDeferral]):
    """A Questionnaire is no request that could be in focus: the instrument is named by an extension."""

    kind = "assessment_deferral"
    resource = "Task"
    model = AssessmentDeferral
    owned = frozenset(
        {
            "status", "statusReason", "intent", "code", "description", "for", "authoredOn", "requester", "restriction",
        }
    )  # fmt: skip
    marks = frozenset({ASKED, CAUSED_ON})
    author_element = "requester"

    def held(self, reader: Reader, rows: Iterable[AssessmentDeferral]) -> Mapping[UUID, Held]:
        return records_held(reader, rows)

    def house(self, reader: Reader) -> House:
        return furnished(reader)

    def elements(self, house: House, row: AssessmentDeferral) -> dict[str, Any]:
        instrument = instrument_of(house, row.instrument, "")
        reason, until = words(row.reason or ""), row.until
        return filled(
            extension=[
                *extension(ASKED, "Uri", INSTRUMENT + row.instrument),
                *extension(CAUSED_ON, "Date", row.caused_on.isoformat()),
            ],
            status=ERROR if row.state == "retracted" else _STATUSES[until is not None],
            statusReason={"text": reason} if reason else {},
            intent="plan",
            code=coded(DUE, row.cause),
            description=instrument.title if instrument else row.instrument,
            **{"for": local("Patient", row.resident)},
            authoredOn=stamp(house, row.at),
            restriction={"period": {"end": until.isoformat()}} if until else {},
        )

    def read(self, house: House, body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        status = body.get("status")
        asked, caused = str(said_in(body, ASKED) or ""), said_in(body, CAUSED_ON)
        end = day(((body.get("restriction") or {}).get("period") or {}).get("end"), house.zone, "评估延期")
        until = end if end is not None or status == _STATUSES[False] else before.get("until")
        if status not in (None, ERROR, _STATUSES[until is not None]):
            raise Refusal(f"区平台把这次评估延期的状态改成了“{words(status)}”，请核对后在本站更正。")
        return {
            "resident": referred(body.get("for"), "Patient") or before.get("resident"),
            "instrument": asked.removeprefix(INSTRUMENT) or before.get("instrument", ""),
            "cause": code_in(body.get("code"), DUE) or before.get("cause", ""),
            "caused_on": date.fromisoformat(caused) if caused else before.get("caused_on"),
            "until": until,
            "at": instant(body.get("authoredOn"), before.get("at")),
        }

    def check(self, unit: Unit, said: dict[str, Any], by: Whence, *, retracted: bool) -> None:
        resident_here(unit, said["resident"])
        if not (said["instrument"] and said["cause"] and said["caused_on"]):
            raise Refusal("区平台上的这次评估延期缺少量表、到期原因或起算日期，请核对。")
