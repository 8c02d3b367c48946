"""What only this program says, field by field, as extensions and back: nothing of it changes on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from app.fhir.coding import kept
from app.fhir.elements import said_in

_SMALL = 2**31


def fields(url: str, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One extension a field, its value in FHIR's own type where there is one, else as JSON."""
    named = ((key, value) for key, value in sorted(content.items()) if kept(key).strip())
    return [
        {"url": url, "extension": [{"url": "key", "valueString": kept(key)}, _typed(value)]}
        for key, value in named
    ]


def fields_in(body: dict[str, Any], url: str) -> dict[str, Any] | None:
    """The fields a body says; None where it says none."""
    found = {}
    for one in body.get("extension") or []:
        if one.get("url") == url:
            text = said_in(one, "json")
            found[str(said_in(one, "key"))] = said_in(one, "value") if text is None else json.loads(text)
    return found or None


def _typed(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"url": "value", "valueBoolean": value}
        case int() if -_SMALL <= value < _SMALL:
            return {"url": "value", "valueInteger": value}
        case float() if isfinite(value):
            return {"url": "value", "valueDecimal": value}
        case str() if value and value == kept(value).strip():
            return {"url": "value", "valueString": value}
    text = json.dumps(value, ensure_ascii=False)
    return {"url": "json", "valueString": text if text == kept(text) else json.dumps(value)}
