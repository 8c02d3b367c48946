"""Words and codes kept in `resources`, for those who put them on the wire; a list that is not there says nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.core.resources import resource


@cache
def listing(*path: str) -> Mapping[str, Any]:
    """A file of resources, read."""
    try:
        return tomllib.loads(resource(*path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


@cache
def entries(table: str, *path: str) -> Mapping[str, Mapping[str, Any]]:
    """The entries of a table of such a file, by code."""
    return {str(one["code"]): one for one in listing(*path).get(table, ())}


def words_of(code: str, table: str, *path: str) -> str:
    """What a person reads for a code; the code itself where no list knows it."""
    return str(entries(table, *path).get(code, {}).get("words", code))
