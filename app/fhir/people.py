"""Names and addresses of people as one text: a Chinese name is not to be cut into family and given by guessing."""

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


def home_address(body: dict[str, Any]) -> str:
    """The home address as one text, put together from its parts where another program gives only those."""
    lines = [one for one in body.get("address") or [] if isinstance(one, dict)]
    lines.sort(key=lambda one: one.get("use") != "home")
    return next(filter(None, map(address_text, lines)), "")


def address_text(said: Any) -> str:
    """One Address as text."""
    if not isinstance(said, dict):
        return ""
    parts = [said.get(key) or "" for key in ("state", "city", "district")]
    return words(said.get("text") or "".join([*parts, *(said.get("line") or ())]))
