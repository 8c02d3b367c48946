"""What becomes of a session, from attendance.toml: attendance with reasons, reactions, and short notes to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.care.lists import Reason
from app.incidents.kinds import catalogue
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.entry import TONES, ListEntry, by_code, read_list

SOAP = ("s", "o", "a", "p")


@dataclass(frozen=True)
class Attendance:
    """What became of a session. `held`: it counts as held; `why`: it wants a reason; `task`: what it asks for."""

    code: str
    number: int
    words: str
    letter: str
    tone: str
    held: bool
    why: bool
    task: str


@dataclass(frozen=True)
class Reaction:
    """What was seen of the resident. `symptom`: a person may feel it, so it is asked; `incident`: the kind of incident
    that is proposed, empty for none."""

    code: str
    words: str
    symptom: bool
    incident: str


@dataclass(frozen=True)
class Lists:
    """Everything attendance.toml says; `phrases`: by discipline and part of SOAP."""

    attendances: Mapping[str, Attendance]
    reasons: tuple[Reason, ...]
    reactions: Mapping[str, Reaction]
    phrases: Mapping[tuple[str, str], tuple[str, ...]]


def attendances() -> Mapping[str, Attendance]:
    """By code, in the order of their digits."""
    return _read().attendances


def reasons_of(attendance: str) -> tuple[Reason, ...]:
    """The reasons an attendance may have, in the order of the file."""
    return tuple(one for one in _read().reasons if attendance in one.of)


def reason_words(code: str) -> str:
    return next((one.words for one in _read().reasons if one.code == code), code)


def reactions() -> Mapping[str, Reaction]:
    """By code, in the order of the file."""
    return _read().reactions


def symptoms() -> tuple[Reaction, ...]:
    """What is asked before and during a training."""
    return tuple(one for one in reactions().values() if one.symptom)


def phrases(discipline: str, part: str) -> tuple[str, ...]:
    """Short notes for a part of SOAP (`s` `o` `a` `p`): those of the discipline, then those of every one."""
    known = _read().phrases
    return (*known.get((discipline, part), ()), *known.get(("", part), ()))


@cache
def _read() -> Lists:
    return read_list("attendance", build_attendance)


def build_attendance(top: ListEntry) -> Lists:
    known = by_code(top.tables("attendance"), _attendance)
    return Lists(
        known,
        tuple(by_code(top.tables("reason"), lambda entry: _reason(entry, known)).values()),
        by_code(top.tables("reaction"), _reaction),
        _phrases(top),
    )


def _attendance(entry: ListEntry) -> Attendance:
    return Attendance(
        entry.text("code"),
        entry.number("number", 1, 9),
        entry.text("words"),
        entry.text("letter"),
        entry.one_of("tone", TONES),
        entry.flag("held"),
        entry.flag("why"),
        entry.text("task", ""),
    )


def _reason(entry: ListEntry, known: Mapping[str, Attendance]) -> Reason:
    of = entry.some_of("of", tuple(known))
    return Reason(entry.text("code"), entry.text("words"), of, entry.flag("words_needed"))


def _reaction(entry: ListEntry) -> Reaction:
    incident = entry.text_of("incident", catalogue().kinds)
    return Reaction(entry.text("code"), entry.text("words"), entry.flag("symptom"), incident)


def _phrases(top: ListEntry) -> dict[tuple[str, str], tuple[str, ...]]:
    """`[soap]` for every discipline, `[soap.pt]` for one."""
    soap = top.table("soap")
    found = {("", part): soap.texts(part) for part in SOAP}
    for key in soap:
        if key not in SOAP:
            if key not in disciplines():
                soap.refuse(key, f"没有“{key}”这个专业")
            own = soap.table(key)
            found |= {(key, part): own.texts(part) for part in own if part in SOAP}
            own.end()
    soap.end()
    return found
