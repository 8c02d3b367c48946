"""From the figures of referrals to their sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.sheets.referral_figures import FigureGroup, FigureLine, FigurePaper, FigureSection
from app.referrals.figures import GroupFigures, ReferralFigures
from app.referrals.figures.asking import referral_figures
from app.referrals.rules.periods import MONTH, QUARTER, YEAR, period


@dataclass(frozen=True)
class ReferralFiguresOf(Question[FigurePaper]):
    """The figures from `first` to `last` (None: this month), of the whole house or of who lives on a floor (`record`);
    `place` says nothing here."""

    place: UUID
    first: date | None = None
    last: date | None = None
    record: UUID | None = None


@answers(ReferralFiguresOf)
def referral_figures_of(reader: Reader, question: ReferralFiguresOf) -> FigurePaper:
    reader.require(Right.PRINT_RECORDS)
    month = period(MONTH, question.first or reader.today)
    first, last = question.first or month.first, question.last or month.last
    found = referral_figures(reader, ReferralFigures(first, last, question.record))
    return FigurePaper(
        institution=reader.settings.institution_name,
        span=span_words(first, last),
        floor=found.floor or "全院",
        until=min(last, reader.today),
        sections=tuple(
            FigureSection(one.words, tuple(_group(each) for each in one.groups)) for one in found.sections
        ),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def span_words(first: date, last: date) -> str:
    """A whole month, quarter or year by its name, other days from when to when."""
    for kind in (MONTH, QUARTER, YEAR):
        whole = period(kind, first)
        if (whole.first, whole.last) == (first, last):
            return whole.words
    return f"{first} 至 {last}"


def _group(group: GroupFigures) -> FigureGroup:
    lines = tuple(FigureLine(one.words, one.value, one.of, one.part) for one in group.figures)
    return FigureGroup(group.kind.words, group.kind.definition, lines)
