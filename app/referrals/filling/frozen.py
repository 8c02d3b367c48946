"""The facts of a referral as they were when it was sent and again when the resident left: kept with it as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from app.referrals.filling.filled import Filled
from app.referrals.writing.forms import FACTS


def freeze(filled: Filled) -> dict[str, Any]:
    """As JSON: without the texts, which the referral itself keeps, and without criteria nothing speaks for."""
    kept = replace(
        filled, texts={}, sbar={}, sources={}, criteria=tuple(one for one in filled.criteria if one.met)
    )
    frozen = _plain(kept)
    assert isinstance(frozen, dict)  # noqa: S101 - what a dataclass becomes
    return frozen


def thaw(kept: Mapping[str, Any]) -> Filled:
    """The facts again as `freeze` was given them."""
    thawed = _back(Filled, kept)
    assert isinstance(thawed, Filled)  # noqa: S101 - what was asked for
    return thawed


def with_offered(filled: Filled, attachments: Mapping[str, Any]) -> Filled:
    """The facts, and what a referral was offered when it was sent: what was ticked then is found for good."""
    kept = frozen_facts(attachments)
    if kept is None:
        return filled
    offered = {(one.what, one.rid, one.words): one for one in (*kept.attachments, *filled.attachments)}
    return replace(filled, attachments=tuple(offered.values()))


def frozen_facts(attachments: Mapping[str, Any]) -> Filled | None:
    """The facts a referral was sent with, or left with; None where it was not sent yet."""
    kept = attachments.get(FACTS)
    return thaw(kept) if kept else None


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def _back(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (UnionType, Union):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_back(get_args(hint)[0], one) for one in value)
    if hint in (datetime, date):
        return hint.fromisoformat(value)
    if hint is UUID:
        return UUID(value)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _back(hints[name], one) for name, one in value.items() if name in hints})
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
