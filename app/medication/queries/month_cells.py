"""What one cell of the month grid says, on screen and paper: who signed, a code, or what its being blank means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from app.medication.derived import TAKEN, DoseFact, Held
from app.medication.lists import Reason, missed_words, reasons
from app.medication.rules.signs import ELSEWHERE
from app.medication.rules.slots import DoseState

BEFORE, AFTER = "before", "after"
"""Why nothing is asked for: the order had not begun yet, or was over. Empty: it is no day of the order."""
_TONES = {"refused": "orange", "away": "info", "held": "neutral", "not_given": "orange", "self": "violet"}
_AWAY = {"leave": "假", "hospital": "院"}
_KEPT = {DoseState.PAUSED: "停", DoseState.UNRECONCILED: "整"}


@dataclass(frozen=True)
class CellCode:
    """Why a dose was not given: `number` on the screen (that of the keyboard), `letter` in a ring on paper."""

    letter: str
    number: str
    words: str
    tone: str


@dataclass(frozen=True)
class MonthCell:
    """One nominal time on one day. `state` None: nothing is asked for, `gap` says why.

    `signs`: who gave it, then who checked it; with `doubled` whoever else recorded it too, and with `contradicts` a
    code as well. `word`: what stands there in words (假, 院, 停, 整). `doses`: how often, of one given when needed.
    """

    day: date
    state: DoseState | None = None
    gap: str = ""
    signs: tuple[str, ...] = ()
    code: CellCode | None = None
    word: str = ""
    doubled: bool = False
    contradicts: bool = False
    corrected: bool = False
    late: bool = False
    partial: bool = False
    doses: int = 0


@dataclass(frozen=True)
class Known:
    """What cells are told with: the signs of people, and the doses that were corrected."""

    signs: Mapping[UUID, str]
    corrected: Collection[UUID]

    def sign(self, person: UUID) -> str:
        return self.signs.get(person, ELSEWHERE)


def slot_cell(held: Held, known: Known) -> MonthCell:
    """The cell of a slot."""
    day, state, dose = held.slot.day, held.state, held.dose
    if dose is None:
        word = _AWAY.get(held.away, "外") if state is DoseState.AWAY else _KEPT.get(state, "")
        return MonthCell(day, state, word=word)
    return dose_cell(day, (dose,), known) if dose.others else _plain(day, dose, known)


def dose_cell(day: date, doses: tuple[DoseFact, ...], known: Known) -> MonthCell:
    """The cell of what was recorded: one dose with what other stations say of it, or all PRN doses of a day."""
    every = [one for dose in doses for one in dose.all]
    taken = [one for one in every if one.outcome in TAKEN]
    other = next((one for one in every if one.outcome not in TAKEN or one.outcome == "self"), None)
    signs = [known.sign(who) for one in taken if one.outcome != "self" for who in _signers(one)]
    return MonthCell(
        day,
        DoseState(doses[0].outcome),
        signs=tuple(signs),
        code=None if other is None else code_of(other.outcome, other.reason_code),
        doubled=any(dose.doubled for dose in doses),
        contradicts=any(dose.contradicts for dose in doses),
        corrected=any(one.rid in known.corrected for one in every),
        late=any(bool(one.late) for one in every),
        partial=any(one.outcome == "partial" for one in every),
        doses=len(every),
    )


def _plain(day: date, dose: DoseFact, known: Known) -> MonthCell:
    """The same for the many that one station recorded once."""
    signed = dose.outcome in ("given", "partial")
    return MonthCell(
        day,
        DoseState(dose.outcome),
        signs=tuple(known.sign(who) for who in _signers(dose)) if signed else (),
        code=None if signed else code_of(dose.outcome, dose.reason_code),
        corrected=dose.rid in known.corrected,
        late=bool(dose.late),
        partial=dose.outcome == "partial",
        doses=1,
    )


@cache
def code_of(outcome: str, number: int | None) -> CellCode:
    """The code of an outcome; one table for the keyboard, the grid and the paper."""
    if outcome == "missed":
        letter, words, _why = missed_words()
        return CellCode(letter, letter, words, "danger")
    reason = reasons().get(number or 0)
    if reason is None:
        return CellCode("N", "—", DoseState(outcome).words, _TONES.get(outcome, "neutral"))
    return CellCode(reason.letter, str(reason.number), reason.words, _tone(reason))


def every_code() -> tuple[CellCode, ...]:
    """All codes in the order of their numbers, and 漏."""
    return (*(code_of(one.outcome, one.number) for one in reasons().values()), code_of("missed", None))


def _tone(reason: Reason) -> str:
    return "orange" if reason.value else _TONES.get(reason.outcome, "neutral")


def _signers(dose: DoseFact) -> tuple[UUID, ...]:
    return (dose.author,) if dose.second is None else (dose.author, dose.second)
