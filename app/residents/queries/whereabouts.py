"""Where a resident was: the stays in the house and the times away, as sheets and charts need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from db.models import Absence, Stay


@dataclass(frozen=True)
class StaySpan:
    """One stay, by days; `ends` empty while it lasts, `death` when it ended so."""

    begins: date
    ends: date | None
    death: bool


@dataclass(frozen=True)
class AwaySpan:
    """One time away, `code` leave or hospital; `ends` empty while it lasts."""

    code: str
    begins: datetime
    ends: datetime | None


@dataclass(frozen=True)
class WhereaboutsRow:
    """Stays and times away, oldest first."""

    stays: tuple[StaySpan, ...]
    away: tuple[AwaySpan, ...]

    def stay_on(self, day: date) -> StaySpan | None:
        """The stay that holds a day."""
        holding = (one for one in self.stays if one.begins <= day and (one.ends is None or day <= one.ends))
        return next(holding, None)


@dataclass(frozen=True)
class Whereabouts(Question[WhereaboutsRow]):
    """Stays and times away of one resident."""

    resident: UUID


@answers(Whereabouts)
def whereabouts(reader: Reader, question: Whereabouts) -> WhereaboutsRow:
    reader.require(Right.READ_RESIDENTS)
    stays = select(Stay).where(Stay.resident == question.resident, Stay.current, Stay.state != "retracted")
    away = select(Absence).where(
        Absence.resident == question.resident, Absence.current, Absence.state != "retracted"
    )
    spans = (
        StaySpan(one.begins, one.ends, one.outcome == "death")
        for one in reader.session.scalars(stays)
        if one.begins is not None and one.status in ("in", "ended")
    )
    return WhereaboutsRow(
        tuple(sorted(spans, key=lambda one: one.begins)),
        tuple(
            AwaySpan(one.code, one.begins, one.ends)
            for one in reader.session.scalars(away.order_by(Absence.begins))
        ),
    )
