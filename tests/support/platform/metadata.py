"""What the platform says about itself: its CapabilityStatement and where tokens are given."""

from __future__ import annotations

from tests.support.platform.behaviour import Behaviour
from tests.support.platform.elements import KNOWN
from tests.support.platform.exchange import Resource
from tests.support.platform.search import REFERENCE_PARAMETERS, SEARCHABLE, WITHOUT_IDENTIFIER

NAMES = {
    "hapi": ("HAPI FHIR Server", "7.4.0"),
    "medplum": ("Medplum", "5.0.2"),
    "wso2": ("WSO2 FHIR Server", "1.1.0"),
}
OTHERS = ("AuditEvent", "Binary", "CareTeam")
TOKEN = {"_id", "identifier", "_tag"}


def capability(behaviour: Behaviour, base: str, written: str, *, has_tokens: bool) -> Resource:
    """The CapabilityStatement, `written` at that instant."""
    name, version = NAMES.get(behaviour.name, (behaviour.name, "1"))
    rest: Resource = {
        "mode": "server",
        "resource": [_resource(type_, behaviour) for type_ in sorted({*KNOWN, *OTHERS})],
        "interaction": [{"code": "transaction"}, {"code": "batch"}],
    }
    if has_tokens:
        oauth = "http://terminology.hl7.org/CodeSystem/restful-security-service"
        rest["security"] = {"service": [{"coding": [{"system": oauth, "code": "SMART-on-FHIR"}]}]}
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": written,
        "kind": "instance",
        "software": {"name": name, "version": version},
        "implementation": {"description": f"A written platform that behaves like {name}", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [rest],
    }


def smart(token: str) -> Resource:
    """`.well-known/smart-configuration` (SMART App Launch 2, backend services)."""
    return {
        "token_endpoint": token,
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "scopes_supported": ["system/*.*"],
        "capabilities": ["client-confidential-symmetric"],
    }


def _resource(type_: str, behaviour: Behaviour) -> Resource:
    acts = ["read", "vread", "create", "update", "search-type", "history-instance"]
    acts += ["history-type"] if behaviour.type_history else []
    parameters = [name for name in SEARCHABLE if name != "identifier" or type_ not in WITHOUT_IDENTIFIER]
    return {
        "type": type_,
        "interaction": [{"code": act} for act in acts],
        "versioning": "versioned-update",
        "updateCreate": behaviour.own_ids,
        "conditionalCreate": True,
        "searchParam": [{"name": name, "type": _kind(name)} for name in parameters],
    }


def _kind(name: str) -> str:
    if name in REFERENCE_PARAMETERS:
        return "reference"
    return "token" if name in TOKEN else "date"
