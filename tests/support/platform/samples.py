"""Small resources and bundles to try a platform with; the people in them are invented."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import httpx

from tests.support.platform.exchange import Resource
from tests.support.platform.server import Platform

INSTITUTION = "urn:uuid:0190f3a0-0000-7000-8000-000000000001"
TAG = {"system": INSTITUTION, "code": "station"}


def patient(rid: str = "", **elements: Any) -> Resource:
    """A resident with an identifier of our making."""
    value = rid or str(uuid.uuid4())
    return {
        "resourceType": "Patient",
        "meta": {"tag": [TAG]},
        "identifier": [{"system": INSTITUTION, "value": value}],
        "name": [{"text": "沈桂芳"}],
        "gender": "female",
        "birthDate": "1941-03-08",
        **elements,
    }


def observation(subject: str, **elements: Any) -> Resource:
    """A total of an assessment."""
    return {
        "resourceType": "Observation",
        "meta": {"tag": [TAG]},
        "identifier": [{"system": INSTITUTION, "value": str(uuid.uuid4())}],
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "96761-2"}]},
        "subject": {"reference": subject},
        "valueInteger": 60,
        **elements,
    }


def post(resource: Resource, *, full_url: str = "", condition: str = "") -> Resource:
    """A bundle entry that creates."""
    request = {"method": "POST", "url": resource["resourceType"]}
    entry: Resource = {"resource": resource, "request": request}
    if condition:
        request["ifNoneExist"] = condition
    if full_url:
        entry["fullUrl"] = full_url
    return entry


def put(resource: Resource, match: str = "") -> Resource:
    """A bundle entry that updates."""
    request = {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"}
    return {"resource": resource, "request": request | ({"ifMatch": match} if match else {})}


def bundle(kind: str, entries: Sequence[Resource]) -> Resource:
    """A transaction or a batch."""
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)}


def client(platform: Platform, **more: Any) -> httpx.Client:
    """A bare client of a platform, without a station's patience."""
    headers = {"content-type": "application/fhir+json", "accept": "application/fhir+json"}
    return httpx.Client(
        base_url=platform.address, headers=headers, trust_env=False, timeout=httpx.Timeout(5), **more
    )
