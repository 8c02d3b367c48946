"""Visits of rounds in a resident's timeline, with everything they advised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core.happened import Happened
from app.core.unit import Reader
from app.referrals.rounds.forms import TEXTS
from db.models import RoundVisit


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """Visits on rounds of a resident from one moment (included) to another (not), with what the doctor advised."""
    rows = reader.session.scalars(
        select(RoundVisit).where(
            RoundVisit.resident == resident,
            RoundVisit.doctor_round.is_not(None),
            RoundVisit.at >= since,
            RoundVisit.at < until,
            RoundVisit.current,
            RoundVisit.state != "retracted",
        )
    )
    for row in rows:
        tone = "orange" if row.refer else "warn" if row.problem else "ok"
        advised = [f"用药：{one['words']}" for one in row.orders.get("all", ())]
        advised += [
            f"{TEXTS[key]}：{row.content[key]}"
            for key in ("exams", "refer", "nursing", "rehab", "education")
            if row.content.get(key)
        ]
        words = " · ".join((row.content.get("assessment", ""), *advised))
        yield Happened(
            row.at, "round_visit", row.rid, "巡诊", "巡诊", words, row.doctor_name, tone, "stethoscope"
        )
