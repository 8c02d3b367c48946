"""The lists of contracts: packages, services, groups. resources/referrals/contracts.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from app.core.resources import resource
from app.referrals.rules.contracts import Belonging


@dataclass(frozen=True)
class Fee:
    """Yuan a year: paid by the person, by the insurance, out of public money."""

    own: float = 0
    insurance: float = 0
    public: float = 0

    @property
    def whole(self) -> float:
        return self.own + self.insurance + self.public


@dataclass(frozen=True)
class Owed:
    """A service and how often a year; 0 as needed."""

    code: str
    words: str
    per_year: int = 0


@dataclass(frozen=True)
class Package:
    code: str
    words: str
    services: tuple[Owed, ...]
    fee: Fee


@dataclass(frozen=True)
class Group:
    code: str
    words: str
    belonging: Belonging


@dataclass(frozen=True)
class ContractLists:
    """All of it. Days as in `terms` of the file."""

    packages: Mapping[str, Package]
    services: Mapping[str, str]
    groups: Mapping[str, Group]
    roles: tuple[str, ...]
    relations: tuple[str, ...]
    endings: tuple[str, ...]
    years: int
    most_years: int
    remind_days: int
    press_days: int


@cache
def lists() -> ContractLists:
    read = tomllib.loads(resource("referrals", "contracts.toml").read_text("utf-8"))
    services = {one["code"]: one["words"] for one in read["service"]}
    terms = read["terms"]
    return ContractLists(
        packages={
            one["code"]: Package(
                one["code"],
                one["words"],
                tuple(Owed(code, services[code], times) for code, times in one["services"].items()),
                Fee(**one["fee"]),
            )
            for one in read["package"]
        },
        services=services,
        groups={
            one["code"]: Group(
                one["code"],
                one["words"],
                Belonging(one.get("age"), tuple(one.get("icd", ())), one.get("level")),
            )
            for one in read["group"]
        },
        roles=tuple(read["roles"]),
        relations=tuple(read["relations"]),
        endings=tuple(read["endings"]),
        years=terms["years"],
        most_years=terms["most_years"],
        remind_days=terms["remind_days"],
        press_days=terms["press_days"],
    )


def groups_of(age: int | None, codes: Collection[str], level: int | None) -> tuple[str, ...]:
    """The groups somebody belongs to by the chart, in the order of the file."""
    return tuple(code for code, group in lists().groups.items() if group.belonging.holds(age, codes, level))


def package_words(code: str) -> str:
    """A package in words; one the list knows no more by its code."""
    known = lists().packages
    return known[code].words if code in known else code
