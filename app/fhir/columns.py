"""Columns of a record as fields on the wire, and back: every one comes back as it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from app.core.errors import Refusal
from app.fhir.fields import fields_in
from db.base import Clinical, Json, from_text


def keys_of(model: type[Clinical], *without: str) -> tuple[str, ...]:
    """The columns beside the envelope, without those that have an element of their own."""
    envelope = {*Clinical.__annotations__, *_origin(), *without}
    return tuple(one.key for one in inspect(model).column_attrs if one.key not in envelope)


def told(row: Any, keys: Iterable[str]) -> dict[str, Any]:
    """The columns that hold something, as JSON has them."""
    found = {key: _plain(getattr(row, key)) for key in keys}
    return {key: value for key, value in found.items() if value is not None and value not in ("", {})}


def heard(model: type[Clinical], keys: Iterable[str], said: Mapping[str, Any]) -> dict[str, Any]:
    """The columns again; what was not said is empty."""
    columns = inspect(model).columns
    return {
        key: from_text(columns[key], said[key]) if said.get(key) is not None else _empty(columns[key])
        for key in keys
    }


def said_fields(body: dict[str, Any], url: str) -> dict[str, Any]:
    """The fields a body says; refuses one from which another program took them."""
    found = fields_in(body, url)
    if found is None:
        raise Refusal("区平台上的这份记录缺少本站写的内容，没有采用，请核对。")
    return found


def _origin() -> set[str]:
    return {name for base in Clinical.__mro__ for name in getattr(base, "__annotations__", {})}


def _plain(value: Any) -> Any:
    match value:
        case UUID():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case _:
            return value


def _empty(column: Any) -> Any:
    if column.nullable:
        return None
    return {} if isinstance(column.type, Json) else ""
