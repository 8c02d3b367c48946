"""Referrals in a resident's timeline: one line for each move, struck ones marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from app.core.happened import Happened
from app.core.unit import Reader
from app.referrals.queries.rows import standing_rows, statement
from app.referrals.rules.states import Status
from db.models import Referral

TONES = {
    Status.DEPARTED: "orange", Status.REJECTED: "warn", Status.DECLINED: "warn", Status.NO_SHOW: "warn",
    Status.MOVED: "orange", Status.RETURNED: "ok", Status.DIED: "danger",
}  # fmt: skip


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """Moves of every referral of a resident from one moment (included) to another (not)."""
    for found, _divided in standing_rows(reader, statement().where(Referral.resident == resident)):
        row = found[0]
        for one in row.moves.get("all", ()):
            at, to = datetime.fromisoformat(one["at"]), Status(one["to"])
            if not since <= at < until:
                continue
            struck = one.get("taken_back")
            whither = f" · {row.partner_words}" if row.partner_words else ""
            yield Happened(
                at=at,
                kind="referral",
                rid=row.rid,
                sort="转诊",
                title=f"转诊{to.words}" + ("（已撤销）" if struck else ""),
                words=f"{row.number}{whither}" + (f" · {one['reason']}" if one.get("reason") else ""),
                by=one.get("by_name", ""),
                tone="neutral" if struck else TONES.get(to, "info"),
                icon="ambulance",
            )
