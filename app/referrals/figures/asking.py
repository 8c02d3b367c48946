"""The question on figures of referrals: over which days, of whom, which part of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.care.floors import FloorName, floor_of_each, floors_of
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.figures.backs import back_figures, backs
from app.referrals.figures.courses import Groups, courses, sent_figures, time_figures
from app.referrals.figures.covered import covered_figures
from app.referrals.figures.lists import GroupKind, lists
from app.referrals.figures.rounds import round_figures
from app.referrals.figures.span import Over
from app.referrals.rules.figures import Figure

SENT, TIMES, BACK, CONTRACTS, ROUNDS = "sent", "times", "back", "contracts", "rounds"


@dataclass(frozen=True)
class GroupFigures:
    """Figures that count alike, with what they count."""

    kind: GroupKind
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class SectionFigures:
    code: str
    words: str
    groups: tuple[GroupFigures, ...]


@dataclass(frozen=True)
class FiguresFound:
    """`floors`: those that may be chosen; `floor` in words, empty for the whole house."""

    since: date
    until: date
    floor: str
    floors: tuple[FloorName, ...]
    sections: tuple[SectionFigures, ...]


@dataclass(frozen=True)
class ReferralFigures(Question[FiguresFound]):
    """From `since` to `until`, both days included. `floor`: only of who lives there now; `section`: only that part,
    of figures.toml; empty: everything."""

    since: date
    until: date
    floor: UUID | None = None
    section: str = ""


@answers(ReferralFigures)
def referral_figures(reader: Reader, question: ReferralFigures) -> FiguresFound:
    """Refuses days the wrong way round, and a floor nobody lives on."""
    reader.require(Right.READ_RESIDENTS)
    if question.since > question.until:
        raise Refusal("开始日期在结束日期之后，请核对。", field="since")
    floors = floors_of(reader)
    whose, words = None, ""
    if question.floor is not None:
        words = next((one.words for one in floors if one.rid == question.floor), "")
        if not words:
            raise Refusal("没有这一层，或这一层没有在住老人。", field="floor")
        whose = frozenset(rid for rid, floor in floor_of_each(reader).items() if floor == question.floor)
    over = Over(reader, question.since, question.until, whose)
    wanted = [code for code in lists().sections if question.section in ("", code)]
    groups = _groups(over, wanted)
    sections = tuple(
        SectionFigures(
            code,
            lists().sections[code],
            tuple(
                GroupFigures(kind, groups.get(kind.code, ()))
                for kind in lists().groups.values()
                if kind.section == code
            ),
        )
        for code in wanted
    )
    return FiguresFound(question.since, question.until, words, floors, sections)


def _groups(over: Over, wanted: Collection[str]) -> Groups:
    found: Groups = {}
    if {SENT, TIMES} & set(wanted):
        rows = courses(over)
        found |= sent_figures(over, rows) if SENT in wanted else {}
        found |= time_figures(over, rows) if TIMES in wanted else {}
    if BACK in wanted:
        found |= back_figures(over, backs(over))
    if CONTRACTS in wanted:
        found |= covered_figures(over)
    if ROUNDS in wanted:
        found |= round_figures(over)
    return found
