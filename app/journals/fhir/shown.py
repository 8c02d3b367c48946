"""What a person reads for the fields of a journal and their choices, as the journal's own file has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.fhir.lists import listing, words_of


@cache
def _fields(journal: str) -> Mapping[str, Mapping[str, Any]]:
    return {str(one["key"]): one for one in listing("journals", f"{journal}.toml").get("field", ())}


def label(journal: str, key: str) -> str:
    """A field's label; its key where the file does not say."""
    return str(_fields(journal).get(key, {}).get("label", key))


def choice(journal: str, key: str, value: str) -> str:
    """The words of a choice; the value itself where it is none."""
    field = _fields(journal).get(key, {})
    found = field.get("choices", {}).get(value)
    if found is None and "codes" in field:
        return words_of(value, "entry", "codes", f"{field['codes']}.toml")
    return value if found is None else str(found)
