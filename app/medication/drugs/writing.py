"""A medicine as the content of a form or an own record: what it says of itself, and nothing that is said by default."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from decimal import Decimal
from typing import Any

from app.medication.drugs.classes import classes
from app.medication.rules.amounts import amount_words
from app.medication.rules.drug import Drug, Limit, Part

_DEFAULTS = {one.name: one.default for one in fields(Drug)}


def content_of(drug: Drug) -> dict[str, Any]:
    """What `parse_drug` reads back as the same medicine; amounts are texts."""
    said = {
        name: _plain(getattr(drug, name))
        for name, usual in _DEFAULTS.items()
        if name not in ("own", "source", "classes", "limit", "contains") and getattr(drug, name) != usual
    }
    if drug.classes:
        said["classes"] = narrowed(drug.classes)
    if drug.limit is not None:
        said["limit"] = _limit(drug.limit)
    if drug.contains:
        said["contains"] = _contains(drug.contains)
    return {key: value for key, value in said.items() if value not in ("", [], ())}


def narrowed(keys: Collection[str]) -> list[str]:
    """The classes without those that only follow from another."""
    wider = {above for key in keys for above in classes()[key].within}
    return [key for key in keys if key not in wider]


def _limit(limit: Limit) -> dict[str, str]:
    amounts = {"low": limit.low, "high": limit.high, "day": limit.day}
    said = {key: amount_words(amount) for key, amount in amounts.items() if amount is not None}
    return {"unit": limit.unit, **said}


def _contains(parts: tuple[Part, ...]) -> dict[str, str]:
    return {part.ingredient: f"{amount_words(part.amount)} {part.unit}" for part in parts}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return amount_words(value)
    return list(value) if isinstance(value, tuple) else value
