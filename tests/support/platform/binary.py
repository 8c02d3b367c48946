"""Files at the platform: a Binary is taken and given raw or as JSON; one server signs the addresses of its files."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field, replace

from tests.support.platform.behaviour import Behaviour
from tests.support.platform.exchange import Answer, Refused, Request, Resource
from tests.support.platform.store import Store, Version

BINARY = "Binary"
STORAGE = "https://storage.platform.example/binary/"
"""Where the server that signs addresses keeps its files: never its FHIR interface."""
_URL = re.compile(rb'"url":"Binary/([A-Za-z0-9.-]{1,64})(?:/_history/[^"]*)?"')
_SIGNED = re.compile(rb'"url":\s*"' + re.escape(STORAGE.encode()) + rb'([A-Za-z0-9.-]{1,64})/[^"]*"')


@dataclass
class Files:
    """What one server does with files. `apart`: those it keeps beside the resource, which then has no `data`."""

    behaviour: Behaviour
    store: Store
    apart: set[str] = field(default_factory=set)

    def is_raw(self, request: Request, json_types: set[str]) -> bool:
        """Whether a Binary's content is sent as it is."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        return request.path.partition("/")[0] == BINARY and kind not in json_types

    def admit(self, request: Request) -> None:
        """Refuse a file that is larger than this server has them."""
        most = self.behaviour.file_limit
        if most and request.path.partition("/")[0] == BINARY and len(request.body) > most:
            raise Refused(413, "too-long", f"{len(request.body)} bytes are too many")

    def taken(self, request: Request) -> Resource:
        """The Binary that raw content becomes."""
        kind = request.headers.get("content-type", "")
        if not self.behaviour.raw_files:
            raise Refused(415, "not-supported", f"Content-Type “{kind}” is not supported")
        resource: Resource = {"resourceType": BINARY, "contentType": kind}
        if about := request.headers.get("x-security-context", ""):
            resource["securityContext"] = {"reference": about}
        if "/" in request.path:
            resource["id"] = request.path.partition("/")[2]
        return resource | {"data": base64.b64encode(request.body).decode("ascii")}

    def kept(self, version: Version, *, raw: bool) -> None:
        """Remember how it was sent."""
        if self.behaviour.files_apart and raw:
            self.apart.add(version.id)

    def given_raw(self, request: Request, version: Version) -> Answer | None:
        """The content itself, for who does not ask for FHIR; None where JSON is the answer."""
        accepted = request.headers.get("accept", "*/*")
        if version.type != BINARY or not self.behaviour.raw_files or accepted.startswith("application/fhir"):
            return None
        resource = version.resource or {}
        try:
            content = base64.b64decode(resource.get("data", ""), validate=True)
        except binascii.Error as error:
            raise Refused(500, "exception", "Internal Server Error") from error
        headers = {"content-type": str(resource.get("contentType", "application/octet-stream"))}
        if about := (resource.get("securityContext") or {}).get("reference"):
            headers["x-security-context"] = str(about)
        return Answer(200, content, headers)

    def shown(self, resource: Resource) -> Resource:
        """As JSON: without the content that is kept beside it."""
        if resource.get("resourceType") != BINARY or resource.get("id") not in self.apart:
            return resource
        return {key: value for key, value in resource.items() if key != "data"}

    def signed(self, answer: Answer, seconds: int) -> Answer:
        """The addresses of files as this server says them: signed, another one at each answer."""
        if not self.behaviour.signed_files or b'"url":"Binary/' not in answer.body:
            return answer

        def there(found: re.Match[bytes]) -> bytes:
            id_ = found[1].decode()
            versions = self.store.versions(BINARY, id_)
            if not versions or versions[-1].resource is None:
                return b'"url":"Binary/%b"' % found[1]
            return f'"url":"{STORAGE}{id_}/{versions[-1].number}?Expires={seconds}&Signature=x~y-{seconds}"'.encode()

        return replace(answer, body=_URL.sub(there, answer.body))

    def unsigned(self, body: bytes) -> bytes:
        """The same where a resource comes back with them: kept as plain references."""
        return _SIGNED.sub(rb'"url":"Binary/\1"', body) if self.behaviour.signed_files else body


def content_of(resource: Resource) -> bytes:
    """What a Binary holds."""
    return base64.b64decode(resource.get("data", ""))
