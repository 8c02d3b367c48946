"""Home beds as lines of a resident's timeline: opened, closed, and every round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.happened import Happened
from app.core.unit import Reader
from app.referrals.home_beds.lists import indication_words
from app.referrals.home_beds.visiting import DOCTOR, KINDS, TEXTS
from db.models import HomeBed, RoundVisit

SORT = "家庭病床"


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    rows = reader.session.scalars(
        select(HomeBed).where(HomeBed.resident == resident, HomeBed.current, HomeBed.state != "retracted")
    )
    for row in rows:
        for at, title, words, by in _steps(row):
            if since <= at < until:
                yield Happened(at, "home_bed", row.rid, SORT, title, words, by, "info", "bed-single")
    visits = reader.session.scalars(
        select(RoundVisit).where(
            RoundVisit.resident == resident,
            RoundVisit.home_bed.is_not(None),
            RoundVisit.current,
            RoundVisit.state != "retracted",
            RoundVisit.at.between(since, until),
        )
    )
    for one in visits:
        said = "；".join(str(one.content[key]) for key in TEXTS if one.content.get(key))
        kind = str(one.content.get("who", DOCTOR))
        by = str(one.content.get("name") or one.doctor_name)
        tone = "danger" if one.refer else "info"
        yield Happened(
            one.at, "round_visit", one.rid, SORT, KINDS.get(kind, kind), said, by, tone, "stethoscope"
        )


def _steps(row: HomeBed) -> Iterator[tuple[datetime, str, str, str]]:
    """Applied for and not decided yet; decided; closed: when, what, why, by whom."""
    if row.status == "applied":
        yield row.at, "申请家庭病床", indication_words(row.indications), str(row.applicant.get("name", ""))
    elif row.evaluation:
        title = "未建家庭病床" if row.status == "declined" else "家庭病床建床"
        decided = datetime.fromisoformat(row.evaluation["at"])
        yield decided, title, str(row.evaluation.get("words", "")), str(row.evaluation.get("by_name", ""))
    if row.status == "closed":
        yield row.at, "家庭病床撤床", str(row.closing.get("why", "")), str(row.closing.get("by_name", ""))
