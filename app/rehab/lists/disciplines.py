"""Disciplines of rehab from disciplines.toml: PT, OT, ST, 中医 …, their colour, and who may hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.roles import PROFESSIONS, Role
from app.rehab.lists.entry import TONES, ListEntry, by_code, read_list


@dataclass(frozen=True)
class Discipline:
    """One discipline. `short` stands on a badge, `legend` beside its colour; `roles` and `professions` may hold it."""

    code: str
    short: str
    words: str
    legend: str
    tone: str
    roles: tuple[str, ...]
    professions: tuple[str, ...]

    def held_by(self, roles: frozenset[Role], profession: str) -> bool:
        """Whether a person of these roles and this profession may hold it."""
        return any(role.value in self.roles for role in roles) and profession in self.professions


@cache
def disciplines() -> Mapping[str, Discipline]:
    """By code, in the order of the file."""
    return read_list("disciplines", build_disciplines)


def discipline_words(code: str) -> str:
    """`运动治疗`; a code the list no longer has as it is."""
    known = disciplines().get(code)
    return known.words if known is not None else code


def build_disciplines(top: ListEntry) -> dict[str, Discipline]:
    return by_code(top.tables("discipline"), _discipline)


def _discipline(entry: ListEntry) -> Discipline:
    return Discipline(
        entry.text("code"),
        entry.text("short"),
        entry.text("words"),
        entry.text("legend"),
        entry.one_of("tone", TONES),
        entry.some_of("roles", tuple(role.value for role in Role)),
        entry.some_of("professions", PROFESSIONS),
    )
