"""References: `Type/urn:uuid:<rid>` here, `Type/<server id>` there; nobody else needs to know the server's ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

_LOCAL = re.compile(r"^([A-Za-z]+)/urn:uuid:([0-9a-f-]{36})$")
_REMOTE = re.compile(r"^([A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/.+)?$")


@dataclass(frozen=True, order=True)
class Ref:
    """A resource by its type and the identity made here."""

    type: str
    rid: UUID


def local(kind: str, rid: UUID) -> dict[str, str]:
    """A Reference to a resource by its identity, to be resolved while sending."""
    return {"reference": f"{kind}/urn:uuid:{rid}"}


def references(body: Any) -> frozenset[Ref]:
    """Every local reference anywhere in a body."""
    found = (_LOCAL.match(text) for text in _texts(body))
    return frozenset(Ref(match[1], UUID(match[2])) for match in found if match)


def resolved(body: Any, id_of: Callable[[Ref], str | None]) -> Any:
    """A copy whose local references name the server's ids; raises KeyError for one that is not there yet."""

    def there(text: str) -> str:
        match = _LOCAL.match(text)
        if match is None:
            return text
        ref = Ref(match[1], UUID(match[2]))
        server_id = id_of(ref)
        if server_id is None:
            raise KeyError(ref)
        return f"{ref.type}/{server_id}"

    return _rewritten(body, there)


def localised(body: Any, rid_of: Callable[[str, str], UUID | None]) -> Any:
    """A copy whose references to resources known here name their identities; all others stay as they came."""

    def here(text: str) -> str:
        match = _REMOTE.match(text)
        rid = rid_of(match[1], match[2]) if match else None
        return f"{match[1]}/urn:uuid:{rid}" if match and rid else text

    return _rewritten(body, here)


def refers(key: str, value: str) -> bool:
    """A Reference, or an Attachment's url that leads to a Binary of the same server."""
    return key == "reference" or (key == "url" and value.startswith("Binary/"))


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str):
                if refers(key, value):
                    yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _rewritten(node: Any, change: Callable[[str], str], key: str = "") -> Any:
    if isinstance(node, dict):
        return {key: _rewritten(value, change, key) for key, value in node.items()}
    if isinstance(node, list):
        return [_rewritten(value, change) for value in node]
    return change(node) if isinstance(node, str) and refers(key, node) else node
