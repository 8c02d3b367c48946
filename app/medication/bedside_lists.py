"""What is looked at at the bedside, from resources/medication/bedside.toml: swallowing, tablets, short reasons."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource


@dataclass(frozen=True)
class BedsideLists:
    """`checks`: how swallowing was watched; the reasons are those a nurse chooses from, in the order of keys."""

    icd: tuple[str, ...]
    words: tuple[str, ...]
    watched_routes: frozenset[str]
    checks: tuple[str, ...]
    whole_routes: frozenset[str]
    textures: frozenset[str]
    diets: frozenset[str]
    tubes: frozenset[str]
    late: tuple[str, ...]
    alone: tuple[str, ...]
    despite: tuple[str, ...]

    def forgets_to_swallow(self, diagnoses: Iterable[tuple[str, str]]) -> bool:
        """Whether one of the diagnoses (words, code) asks for a look into the mouth."""
        return any(
            code.upper().startswith(self.icd) or any(word in words for word in self.words)
            for words, code in diagnoses
        )


@cache
def bedside_lists() -> BedsideLists:
    read = tomllib.loads(resource("medication", "bedside.toml").read_text(encoding="utf-8"))
    swallow, whole, reasons = read["swallow"], read["whole"], read["reasons"]
    return BedsideLists(
        icd=tuple(swallow["icd"]),
        words=tuple(swallow["words"]),
        watched_routes=frozenset(swallow["routes"]),
        checks=tuple(swallow["checks"]),
        whole_routes=frozenset(whole["routes"]),
        textures=frozenset(whole["textures"]),
        diets=frozenset(whole["diets"]),
        tubes=frozenset(whole["tubes"]),
        late=tuple(reasons["late"]),
        alone=tuple(reasons["alone"]),
        despite=tuple(reasons["despite"]),
    )
