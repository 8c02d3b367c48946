"""Lines of the programme that have fewer fixed times than were prescribed; and how much each resident is to get."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.assessments.due.people import lodgers
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.rehab.around import resident_names, short_of
from app.rehab.facts import ItemFact
from app.rehab.queries.week_rows import ProgrammeLine
from app.rehab.reading import items_of, plans_of
from app.residents.stating import Seen


@dataclass(frozen=True)
class Programme:
    """What is to be done in a week: its items, how many sessions each resident is to get, the words of their plans."""

    items: tuple[ItemFact, ...]
    per_week: Counter[UUID]
    plans: dict[UUID, str]

    @property
    def disciplines(self) -> dict[UUID, str]:
        """Of which discipline most items of each therapist are."""
        found: dict[UUID, Counter[str]] = defaultdict(Counter)
        for one in self.items:
            if one.therapist is not None:
                found[one.therapist][one.discipline] += 1
        return {rid: counted.most_common(1)[0][0] for rid, counted in found.items()}


def programme_of(reader: Reader, monday: date) -> Programme:
    """Of plans that run in this week or are drawn up for it."""
    sunday = monday + timedelta(days=6)
    plans = {
        rid: plan
        for rid, plan in plans_of(reader, None).items()
        if plan.status in ("drawn_up", "running") and plan.begins <= sunday and plan.ends >= monday
    }
    if not plans:
        return Programme((), Counter(), {})
    items = tuple(
        one
        for one in items_of(reader, {plan.resident for plan in plans.values()}).values()
        if one.plan in plans and one.begins <= sunday and (one.ends is None or one.ends >= monday)
    )
    per_week: Counter[UUID] = Counter()
    for one in items:
        per_week[one.resident] += one.per_week
    return Programme(items, per_week, {plan.resident: plan.words for plan in plans.values()})


@dataclass(frozen=True)
class ProgrammeLines(Question[tuple[ProgrammeLine, ...]]):
    """Everything that is to be trained from today on, of the residents whom `words` find (name, pinyin, bed)."""

    words: str = ""


@answers(ProgrammeLines)
def programme_lines(reader: Reader, question: ProgrammeLines) -> tuple[ProgrammeLine, ...]:
    reader.require(Right.READ_RESIDENTS)
    found = (
        {one.resident for one in lodgers(reader, words=question.words)} if question.words.strip() else None
    )
    programme = programme_of(reader, reader.today)
    return tuple(
        one for one in lines_of(reader, programme, reader.today) if found is None or one.resident in found
    )


def lines_of(reader: Reader, programme: Programme, today: date) -> list[ProgrammeLine]:
    """What goes on from a date, those with most missing first, then by name."""
    going = [one for one in programme.items if one.ends is None or one.ends >= today]
    names = resident_names(reader, {one.resident for one in going})
    found = [
        ProgrammeLine(
            Seen(one.rid, one.revision), one.resident, names.get(one.resident, ""), one.words, one.discipline,
            short_of(one.discipline), one.therapist, one.minutes, tuple(one.week), one.per_week,
        )
        for one in going
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.missing, one.name, one.words))
