"""Joint movements that are measured in an evaluation, from joints.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.rehab.lists.entry import ListEntry, by_code, read_list


@dataclass(frozen=True)
class Joint:
    """One movement. `most`: its usual range in degrees; `usual`: asked from the start; `one`: it has no sides."""

    code: str
    words: str
    most: float
    usual: bool = False
    one: bool = False

    @property
    def sides(self) -> tuple[str, ...]:
        return ("",) if self.one else ("left", "right")


@cache
def joints() -> Mapping[str, Joint]:
    """By code, in the order of the file."""
    return read_list("joints", build_joints)


def joint_words(code: str) -> str:
    """`肩前屈`; a code the list no longer has as it is."""
    known = joints().get(code)
    return known.words if known is not None else code


def build_joints(top: ListEntry) -> dict[str, Joint]:
    return by_code(top.tables("joint"), _joint)


def _joint(entry: ListEntry) -> Joint:
    return Joint(
        entry.text("code"),
        entry.text("words"),
        float(entry.number("most", 1, 180)),
        entry.flag("usual"),
        entry.flag("one"),
    )
