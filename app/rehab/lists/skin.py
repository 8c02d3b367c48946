"""How the skin of a treated place may look, from skin.toml, and what that means before and after a treatment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.rehab.lists.attendance import reactions
from app.rehab.lists.contraindications import contraindications
from app.rehab.lists.entry import TONES, ListEntry, by_code, read_list


@dataclass(frozen=True)
class SkinState:
    """`means`: the contraindication it is before a treatment; `reaction`: what it is told as after one."""

    code: str
    words: str
    tone: str
    means: str = ""
    reaction: str = ""


@cache
def skin_states() -> Mapping[str, SkinState]:
    """By code, in the order of the file."""
    return read_list("skin", build_skin)


def build_skin(top: ListEntry) -> dict[str, SkinState]:
    return by_code(top.tables("state"), _state)


def _state(entry: ListEntry) -> SkinState:
    return SkinState(
        entry.text("code"),
        entry.text("words"),
        entry.one_of("tone", TONES),
        entry.text_of("means", contraindications()),
        entry.text_of("reaction", reactions()),
    )
