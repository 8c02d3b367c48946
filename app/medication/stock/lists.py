"""What resources/medication/stock.toml and stores.toml say: warnings, words on offer, stores with their limits."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.resources import resource
from app.medication.rules.stock_alarms import Warnings
from app.medication.rules.stores import Store


@dataclass(frozen=True)
class Offered:
    """Words offered where a person says why or how."""

    difference: tuple[str, ...]
    disposal: tuple[str, ...]
    hand_back: tuple[str, ...]
    ways: tuple[str, ...]
    store_acts: tuple[str, ...]


@cache
def warnings() -> Warnings:
    read = _read("stock")
    near = sorted((one["months"], one["tone"]) for one in read["near"])
    return Warnings(read["low"]["days"], tuple(near))


@cache
def offered() -> Offered:
    words = _read("stock")["words"]
    return Offered(
        tuple(words["difference"]),
        tuple(words["disposal"]),
        tuple(words["hand_back"]),
        tuple(words["ways"]),
        tuple(_read("stores")["words"]["acts"]),
    )


@cache
def boxed() -> tuple[frozenset[str], frozenset[str]]:
    """Routes and units of what goes into a pill box."""
    box = _read("stock")["box"]
    return frozenset(box["routes"]), frozenset(box["units"])


@cache
def stores() -> dict[str, Store]:
    """By key, in the order of the file."""
    return {
        one["key"]: Store(
            one["key"],
            one["words"],
            one["keeps"],
            tuple(one["times"]),
            one.get("low"),
            one.get("high"),
            one.get("humidity_low"),
            one.get("humidity_high"),
        )
        for one in _read("stores")["store"]
    }


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads(resource("medication", f"{name}.toml").read_text(encoding="utf-8"))
    return read
