"""Two resources for one record: the one every station would choose stays, the other is set aside, never deleted."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from app.fhir import Ref
from app.fhir.identity import UNIDENTIFIED
from app.sync.doubted import Doubted, Looked
from app.sync.patience import Lost
from app.sync.push.answers import version_of
from app.sync.push.bodies import SUPERSEDED
from app.sync.push.delivery import Delivery
from app.sync.push.identity import search
from app.sync.push.keeping import Adopt

_log = logging.getLogger(__name__)
_ERROR = "entered-in-error"
_VERIFICATION = {
    "Condition": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
    "AllergyIntolerance": "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
}
_STATUS = {
    "Device": _ERROR,
    "EpisodeOfCare": _ERROR,
    "Encounter": _ERROR,
    "Coverage": _ERROR,
    "Consent": _ERROR,
    "Flag": _ERROR,
    "DocumentReference": _ERROR,
    "Observation": _ERROR,
    "Medication": _ERROR,
    "MedicationRequest": _ERROR,
    "MedicationDispense": _ERROR,
    "MedicationAdministration": _ERROR,
    "DetectedIssue": _ERROR,
    "RequestGroup": _ERROR,
    "ClinicalImpression": _ERROR,
    "CarePlan": _ERROR,
    "ServiceRequest": _ERROR,
    "Procedure": _ERROR,
    "Questionnaire": "retired",
    "QuestionnaireResponse": _ERROR,
    "RiskAssessment": _ERROR,
    "Communication": _ERROR,
    "Task": _ERROR,
    "Location": "inactive",
}
_INACTIVE = frozenset({"Patient", "Practitioner", "Organization", "RelatedPerson"})


async def look_for_twins(delivery: Delivery) -> None:
    """What is doubted is searched; of twins one stays, and it is the one that is known here from now on."""
    refs = await delivery.line.ask(Doubted())
    if not refs:
        return
    found = await search(delivery, refs)
    for ref, bodies in found.items():
        if len(bodies) > 1:
            await delivery.line.do(Adopt(ref, await settled(delivery, ref, bodies)))
    await delivery.line.do(Looked())


async def settled(delivery: Delivery, ref: Ref, bodies: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The one that stays: the least (lastUpdated, id), the same for every station. The others are set aside."""
    ordered = sorted(
        bodies, key=lambda body: (str((body.get("meta") or {}).get("lastUpdated")), str(body["id"]))
    )
    for loser in ordered[1:]:
        await _set_aside(delivery, ref, loser, ordered[0])
    return ordered[0]


async def _set_aside(delivery: Delivery, ref: Ref, loser: dict[str, Any], winner: dict[str, Any]) -> None:
    """Best effort: one that cannot be changed now is met again at the next search."""
    version = version_of(loser)
    headers = {"if-match": f'W/"{version}"'} if version else {}
    body = superseded(delivery.line.house.system, ref, loser, str(winner["id"]))
    try:
        await delivery.line.wire.send("PUT", f"{ref.type}/{loser['id']}", body, headers)
    except Lost as lost:
        _log.info("a twin may not have been set aside: %s", lost.words)


def superseded(system: str, ref: Ref, loser: dict[str, Any], winner: str) -> dict[str, Any]:
    """The loser, entered in error (or not active), its identity moved under another system."""
    kind = ref.type
    body = {**loser, "meta": _moved_tags(system, ref, loser)}
    if "identifier" in body:
        listed = body["identifier"]
        moved = [_moved(system, one) for one in (listed if isinstance(listed, list) else [listed])]
        body["identifier"] = moved if isinstance(listed, list) else moved[0]
    if kind in _VERIFICATION:
        body["verificationStatus"] = {"coding": [{"system": _VERIFICATION[kind], "code": _ERROR}]}
        body.pop("clinicalStatus", None)  # FHIR R4 con-5, ait-2: none on what was entered in error
    if kind in _STATUS:
        body["status"] = _STATUS[kind]
    if kind == "Goal":
        body["lifecycleStatus"] = _ERROR
    if kind in _INACTIVE:
        body["active"] = False
    if kind == "Patient":
        body["link"] = [{"other": {"reference": f"Patient/{winner}"}, "type": "replaced-by"}]
    return body


def _moved(system: str, one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "system": system + SUPERSEDED} if one.get("system") == system else one


def _moved_tags(system: str, ref: Ref, loser: dict[str, Any]) -> dict[str, Any]:
    meta = {key: value for key, value in (loser.get("meta") or {}).items() if key != "lastUpdated"}
    tags = [one for one in meta.get("tag") or [] if one.get("system") != f"{system}:rid"]
    if ref.type in UNIDENTIFIED:
        # some servers keep a tag for good: this one says what to think of it
        tags.append({"system": f"{system}:rid{SUPERSEDED}", "code": str(ref.rid)})
    return {**meta, "tag": tags}
