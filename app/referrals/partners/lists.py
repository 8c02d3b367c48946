"""The lists of partners: kinds, capabilities, agreements, licences. resources/referrals/partners.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource


@dataclass(frozen=True)
class Capability:
    """What a partner can take. `lacking`: said of one that cannot; `causes`: the causes of referrals that need it."""

    code: str
    words: str
    lacking: str
    causes: frozenset[str]


@dataclass(frozen=True)
class Paper:
    """A kind of agreement or licence. `remind`: days before its end it becomes work; `green`: it opens the channel."""

    code: str
    words: str
    short: str
    remind: int
    green: bool = False


@dataclass(frozen=True)
class PartnerLists:
    """All of it. `kinds`: words by code; texts that are offered and may be written otherwise are plain tuples."""

    kinds: Mapping[str, str]
    capabilities: Mapping[str, Capability]
    agreements: Mapping[str, Paper]
    licences: Mapping[str, Paper]
    levels: tuple[str, ...]
    departments: tuple[str, ...]
    titles: tuple[str, ...]
    endings: tuple[str, ...]

    @property
    def green(self) -> frozenset[str]:
        """Codes of the agreements that open the green channel."""
        return frozenset(code for code, one in self.agreements.items() if one.green)


@cache
def lists() -> PartnerLists:
    read = tomllib.loads(resource("referrals", "partners.toml").read_text("utf-8"))
    return PartnerLists(
        kinds={one["code"]: one["words"] for one in read["kind"]},
        capabilities={
            one["code"]: Capability(one["code"], one["words"], one["lacking"], frozenset(one["causes"]))
            for one in read["capability"]
        },
        agreements=_papers(read["agreement"]),
        licences=_papers(read["licence"]),
        levels=tuple(read["levels"]),
        departments=tuple(read["departments"]),
        titles=tuple(read["titles"]),
        endings=tuple(read["endings"]),
    )


def _papers(rows: list[dict[str, str | int | bool]]) -> dict[str, Paper]:
    made = (
        Paper(
            str(one["code"]),
            str(one["words"]),
            str(one.get("short", one["words"])),
            int(one["remind"]),
            bool(one.get("green")),
        )
        for one in rows
    )
    return {one.code: one for one in made}


def lacks(capabilities: list[str], cause: str) -> str:
    """What a partner lacks for a cause, in words; empty where it can take it, or where nobody said what it can."""
    needed = [one for one in lists().capabilities.values() if cause in one.causes]
    if not needed or not capabilities or any(one.code in capabilities for one in needed):
        return ""
    return needed[0].lacking
