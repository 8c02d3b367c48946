"""The home bed of one resident, as the chart shows it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.home_beds.asking import HomeBedLine, home_bed_lines
from db.models import HomeBed

_RUNNING = ("open", "applied")


@dataclass(frozen=True)
class HomeBedOf(Question[HomeBedLine | None]):
    """The one that is open or applied for; None where there is none."""

    resident: UUID


@answers(HomeBedOf)
def home_bed_of(reader: Reader, question: HomeBedOf) -> HomeBedLine | None:
    reader.require(Right.READ_RESIDENTS)
    row = reader.session.scalar(
        select(HomeBed)
        .where(
            HomeBed.resident == question.resident,
            HomeBed.current,
            HomeBed.state != "retracted",
            HomeBed.status.in_(_RUNNING),
        )
        .order_by(HomeBed.at.desc())
        .limit(1)
    )
    return None if row is None else next(iter(home_bed_lines(reader, row=row)), None)
