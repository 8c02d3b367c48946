"""Our elements put into the platform's last body, so that what we do not know is preserved."""

from __future__ import annotations

from typing import Any

from app.fhir.part import Part

SERVERS_OWN = frozenset({"versionId", "lastUpdated", "source"})
"""Of `meta`: written by the server, never sent."""

MARKED = {"identifier": "system", "extension": "url", "name": "use", "address": "use", "telecom": "system"}
"""Lists that several programs fill: what tells their entries apart."""
ANYBODYS = frozenset({"name", "address", "telecom"})
"""Lists whose entries may go without their mark; one that does is taken for ours."""


def merged(part: Part, base: dict[str, Any] | None, server_id: str | None = None) -> dict[str, Any]:
    """The body to send: `base` with our elements in it. An element we own and no longer have is taken out.

    Identifiers of other systems, extensions of other urls, tags of other systems, and names, addresses and telecom of
    other uses and systems stay.
    """
    old = base or {}
    body = {key: value for key, value in old.items() if key not in part.owned}
    body.update(part.body)
    body["resourceType"] = part.type
    if server_id is not None:
        body["id"] = server_id
    for key, mark in MARKED.items():
        if key in part.owned:
            ours = part.marks | {None} if key in ANYBODYS else part.marks
            _join(body, key, _kept(old.get(key), mark, ours), part.body.get(key), mark)
    meta = {key: value for key, value in (old.get("meta") or {}).items() if key not in SERVERS_OWN}
    tags = (part.body.get("meta") or {}).get("tag")
    _join(meta, "tag", (old.get("meta") or {}).get("tag"), tags, "system")
    body["meta"] = meta
    return body


def _kept(theirs: Any, mark: str, ours: frozenset[str | None]) -> Any:
    """What stands under marks we do not answer for."""
    return [one for one in theirs if one.get(mark) not in ours] if isinstance(theirs, list) else theirs


def _join(body: dict[str, Any], key: str, theirs: Any, ours: Any, mark: str) -> None:
    """Ours first, then whatever stands there under marks we do not use."""
    if not isinstance(theirs, list):
        theirs = []
    if not isinstance(ours, list):
        if ours is not None:  # a type whose element repeats not (QuestionnaireResponse.identifier)
            body[key] = ours
            return
        ours = []
    known = {one.get(mark) for one in ours}
    together = [*ours, *(one for one in theirs if one.get(mark) not in known)]
    if together:
        body[key] = together
    else:
        body.pop(key, None)
