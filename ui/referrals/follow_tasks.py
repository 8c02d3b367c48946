"""The moves of a referral as tasks of the sheet, by act."""

from __future__ import annotations

from app.referrals.rules.acts import Act
from ui.forms.act_sheet import Task
from ui.referrals.follow_before_tasks import BEFORE
from ui.referrals.follow_moves import Moves
from ui.referrals.follow_outside_tasks import OUTSIDE

_TASKS = {**BEFORE, **OUTSIDE}
CHOOSES_PARTNER = frozenset({Act.SUBMIT, Act.MOVE_ON})
"""Acts that ask for a hospital."""


def task_of(act: Act, moves: Moves) -> Task | None:
    """The task of an act; None where it asks nothing, or is done elsewhere."""
    make = _TASKS.get(act)
    return None if make is None else make(moves)
