"""Names of people: one text, since a Chinese name is not to be cut into family and given name by guessing."""

from __future__ import annotations

from typing import Any

from app.fhir.coding import words


def human_name(name: str) -> list[dict[str, Any]]:
    """The list a name stands in."""
    return [{"use": "official", "text": words(name)}] if words(name) else []


def official_name(body: dict[str, Any]) -> str:
    """The official name as one text; family and given name joined where another program gives no text."""
    names = [one for one in body.get("name") or [] if isinstance(one, dict)]
    names.sort(key=lambda one: one.get("use") != "official")
    for one in names:
        joined = f"{one.get('family') or ''}{''.join(one.get('given') or ())}"
        if found := words(one.get("text") or joined):
            return found
    return ""
