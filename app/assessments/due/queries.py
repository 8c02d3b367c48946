"""Questions about due assessments: the worklist of the house, the number of it, what is due of one resident."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from app.assessments.due.house import House, Pair
from app.assessments.due.reckoning import VIEWS, Owed, in_need, owed, seen_in
from app.assessments.due.rows import DraftRow, DueCounts, DuePage, DueRow
from app.assessments.due.rules import EVENTS, OPEN
from app.assessments.due.showing import drafts_of, due_rows
from app.assessments.shelf import instruments
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader


@dataclass(frozen=True)
class DueList(Question[DuePage]):
    """Lines of everybody in the house, the longest due first. `view` is one of VIEWS; `words` as in the search of
    residents; `instrument` a code, empty for all."""

    words: str = ""
    view: str = "due"
    instrument: str = ""
    limit: int = 200
    offset: int = 0


@dataclass(frozen=True)
class CountDue(Question[int]):
    """The number beside 评估 in the sidebar: assessments overdue or due within a week."""


@dataclass(frozen=True)
class CountDues(Question[DueCounts]):
    """How many lines each view has; `words` as in the search of residents."""

    words: str = ""


@dataclass(frozen=True)
class DuesOf(Question[tuple[DueRow, ...]]):
    """Everything due of one resident, also what is due later, put off or not called for; the longest due first.

    Instruments with nothing due are not in it. Empty for who is not in the house.
    """

    resident: UUID


@answers(DueList)
def due_list(reader: Reader, question: DueList) -> DuePage:
    reader.require(Right.READ_RESIDENTS)
    facts, every, drafts = _all(reader, question.words)
    inside = [one for one in every if seen_in(question.view, one, drafts, reader.today)]
    wanted = [one for one in inside if question.instrument in ("", one.instrument.code)]
    wanted.sort(key=in_need)
    page = wanted[question.offset : question.offset + question.limit]
    by_instrument = Counter(one.instrument.code for one in inside)
    counts = _counts(reader, facts, every, drafts, by_instrument)
    return DuePage(due_rows(reader, facts, page, drafts), len(wanted), counts)


@answers(CountDues)
def count_dues(reader: Reader, question: CountDues) -> DueCounts:
    reader.require(Right.READ_RESIDENTS)
    facts, every, drafts = _all(reader, question.words)
    return _counts(reader, facts, every, drafts, Counter())


@answers(CountDue)
def count_due(reader: Reader, _question: CountDue) -> int:
    reader.require(Right.READ_RESIDENTS)
    _facts, every = owed(reader)
    return sum(seen_in("due", one, {}, reader.today) for one in every)


@answers(DuesOf)
def dues_of(reader: Reader, question: DuesOf) -> tuple[DueRow, ...]:
    reader.require(Right.READ_RESIDENTS)
    facts, every = owed(reader, question.resident)
    return due_rows(reader, facts, sorted(every, key=in_need), drafts_of(reader, question.resident))


def of_the_shift(reader: Reader, most: int) -> DuePage:
    """What is overdue, for the workbench: after an event first, then by interval; who was never assessed with it
    comes last, since a station that is new to an instrument has many of them."""
    facts, every, drafts = _all(reader)
    late = [one for one in every if seen_in("overdue", one, drafts, reader.today)]
    late.sort(key=lambda one: (_urgency(one), in_need(one)))
    return DuePage(
        due_rows(reader, facts, late[:most], drafts),
        len(late),
        _counts(reader, facts, every, drafts, Counter()),
    )


def _urgency(one: Owed) -> int:
    causes = {cause.code for cause in one.line.causes} if one.line is not None else set()
    return 0 if causes & EVENTS else 2 if one.first else 1


def _all(reader: Reader, words: str = "") -> tuple[House, list[Owed], dict[Pair, DraftRow]]:
    """Every line, with one for each draft of an instrument of which nothing is due."""
    facts, every = owed(reader, words=words)
    drafts = drafts_of(reader)
    lodgers = {one.resident: one for one in facts.lodgers}
    open_ones = {
        (one.lodger.resident, one.instrument.code) for one in every if one.line and one.line.state == OPEN
    }
    shelf = instruments(reader.session)
    every.extend(
        Owed(lodgers[whom], shelf[code], None)
        for whom, code in drafts
        if whom in lodgers and code in shelf and (whom, code) not in open_ones
    )
    return facts, every, drafts


def _counts(
    reader: Reader, facts: House, every: list[Owed], drafts: dict[Pair, DraftRow], by_instrument: Counter[str]
) -> DueCounts:
    numbers = {view: sum(seen_in(view, one, drafts, reader.today) for one in every) for view in VIEWS}
    shelf = tuple((one.code, one.short) for one in instruments(reader.session).values())
    return DueCounts(residents=len(facts.lodgers), by_instrument=dict(by_instrument), shelf=shelf, **numbers)
