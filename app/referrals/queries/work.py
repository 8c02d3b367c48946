"""What waits in referrals, over all of them, and whom of it is told: one line a matter, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.moving.before import asked_by
from app.referrals.queries.list import open_lines
from app.referrals.queries.rows import ReferralLine
from app.referrals.rules.waiting import LATE, TOLD, Wait, What
from db.models import Referral

_ASKS_FOR_NOTHING = frozenset({What.RETURN, What.ASSESS, What.PAPERS})
"""What the worklist of returns has."""


@dataclass(frozen=True)
class WorkLine:
    """One matter of one referral. `mine`: this person may do it; an approval of one's own may not."""

    line: ReferralLine
    wait: Wait
    mine: bool

    @property
    def late(self) -> int:
        return self.wait.late


def to_be_told(reader: Reader) -> tuple[WorkLine, ...]:
    """What this person is told on the workbench: whoever works on referrals what is late or owed, whoever approves
    them what waits for it and the answers that are so late that it is theirs."""
    reader.require(Right.READ_RESIDENTS)
    actor = reader.actor
    lines = [one for one in _all(reader) if one.wait.what not in _ASKS_FOR_NOTHING]
    lines.sort(key=lambda one: (-one.late, one.wait.by is None, one.wait.by or reader.now))
    found = []
    for one in lines:
        approval = one.wait.what is What.APPROVAL
        if (actor.may(Right.APPROVE_REFERRALS) and (one.mine if approval else one.late >= TOLD)) or (
            actor.may(Right.REFER)
            and not approval
            and (one.late >= LATE or one.wait.what is not What.ARRIVAL)
        ):
            found.append(one)
    return tuple(found)


def _all(reader: Reader) -> Iterator[WorkLine]:
    actor = reader.actor
    for line in open_lines(reader):
        for wait in line.waits:
            if wait.what is What.APPROVAL:
                yield WorkLine(line, wait, actor.may(Right.APPROVE_REFERRALS) and not _own(reader, line))
            else:
                yield WorkLine(line, wait, actor.may(Right.REFER))


def _own(reader: Reader, line: ReferralLine) -> bool:
    row = reader.session.query(Referral).filter(Referral.rid == line.rid, Referral.current).first()
    return row is not None and reader.actor.rid in asked_by(reader, row)
