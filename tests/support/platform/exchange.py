"""What goes to and fro: a request as it was recorded, an answer, and the ways of saying no in FHIR's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson

Resource = dict[str, Any]
FHIR_JSON = "application/fhir+json; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """One request as it arrived. `path` is what stands below the base ("Patient/12"; "" for the base itself)."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    when: datetime

    @cached_property
    def json(self) -> Any:
        """The body, parsed; None where it is no JSON. A copy of its own: the platform keeps nothing of it."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return None

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The query (and the form of a `_search`), decoded, in order."""
        pairs = parse_qsl(self.query, keep_blank_values=True)
        if self.path.endswith("_search"):
            pairs += parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return tuple(pairs)

    @cached_property
    def entries(self) -> list[Resource]:
        """The entries of a bundle that was sent; empty for anything else."""
        body = self.json
        if not isinstance(body, dict) or body.get("resourceType") != "Bundle":
            return []
        return [entry for entry in body.get("entry") or [] if isinstance(entry, dict)]

    @property
    def bundle(self) -> str:
        """`transaction`, `batch`, or "" when no bundle was sent."""
        body = self.json
        return str(body.get("type", "")) if isinstance(body, dict) and "entry" in body else ""

    def speaks_of(self, type_: str) -> bool:
        """Whether it reads, searches or carries a resource of this type, alone or in a bundle."""
        own = self.path.split("/")[0] == type_
        return own or any(
            (entry.get("resource") or {}).get("resourceType") == type_ for entry in self.entries
        )

    @property
    def urls(self) -> list[str]:
        """Every URL it holds, decoded: its own, those of its entries, their conditions."""
        found = [f"{self.path}?{self.query}", self.headers.get("if-none-exist", "")]
        for entry in self.entries:
            act = entry.get("request") or {}
            found += [str(act.get("url", "")), str(act.get("ifNoneExist", ""))]
        return [unquote(url) for url in found]


@dataclass
class Answer:
    """What is said back. A header set to "" is not sent."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    is_lost: bool = False  # done, and never said

    @classmethod
    def of(cls, status: int, content: Resource | None = None, **headers: str) -> Answer:
        """JSON in FHIR's media type; header names with `_` for `-`."""
        said = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        if content is not None:
            said.setdefault("content-type", FHIR_JSON)
        return cls(status, b"" if content is None else orjson.dumps(content), said)


class Refused(Exception):
    """The platform says no, with an OperationOutcome. `expression` is the FHIRPath of what is wrong, where known."""

    def __init__(
        self, status: int, code: str, diagnostics: str, *, expression: str = "", **headers: str
    ) -> None:
        super().__init__(diagnostics)
        self.status = status
        self.code = code
        self.diagnostics = diagnostics
        self.expression = expression
        self.headers = headers

    @property
    def outcome(self) -> Resource:
        """The OperationOutcome that explains it."""
        return outcome(self.code, self.diagnostics, self.expression)

    @property
    def answer(self) -> Answer:
        """The refusal as an answer to a request of its own."""
        return Answer.of(self.status, self.outcome, **self.headers)


def outcome(code: str, diagnostics: str, expression: str = "", severity: str = "error") -> Resource:
    """An OperationOutcome with one issue; `code` of http://hl7.org/fhir/issue-type."""
    issue: Resource = {"severity": severity, "code": code, "diagnostics": diagnostics}
    if expression:
        issue["expression"] = [expression]
    return {"resourceType": "OperationOutcome", "issue": [issue]}
