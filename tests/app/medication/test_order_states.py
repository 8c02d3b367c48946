"""States of an order by generated walks: every move that is allowed works, every other is refused, none is lost."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Reader
from app.medication.lists import windows
from app.medication.orders import CancelOrder, CheckOrders, PauseOrder, ResumeOrder, StopOrder
from app.medication.rules.states import MOVES, Course, Standing, standing_of
from app.residents.stating import Seen
from db.models import MedOrder
from tests.app.medication.house import Ward, at
from tests.support.acts import Look

ACTS: dict[str, Callable[[Seen], object]] = {
    "checked": lambda seen: CheckOrders((seen,)),
    "paused": lambda seen: PauseOrder(seen, "禁食"),
    "resumed": ResumeOrder,
    "stopped": lambda seen: StopOrder(seen, "停药", doctor_name="陈永康"),
    "cancelled": lambda seen: CancelOrder(seen, "开错"),
}
ALLOWED = {
    "issued": {"checked", "cancelled"},
    "checked": {"paused", "stopped", "cancelled"},
    "paused": {"resumed", "stopped"},
    "stopped": set[str](),
    "cancelled": set[str](),
}


def _row(ward: Ward, number: str) -> MedOrder:
    def look(reader: Reader) -> MedOrder:
        found = reader.session.scalar(select(MedOrder).where(MedOrder.number == number, MedOrder.current))
        assert found is not None
        return found

    row: MedOrder = ward.ask(Look(look))
    return row


@pytest.mark.parametrize("seed", range(12))
def test_a_walk_reaches_only_allowed_states(ward: Ward, seed: int) -> None:
    dice = random.Random(seed)
    issued = ward.order("阿托伐他汀", "20", checked=False)
    ward.become(Role.HEAD_NURSE)
    for _step in range(14):
        row = _row(ward, issued.number)
        act = dice.choice(sorted(ACTS))
        seen = Seen(row.rid, row.revision)
        if act in ALLOWED[row.status]:
            ward.do(ACTS[act](seen))
            after = _row(ward, issued.number)
            assert after.status == ("checked" if act == "resumed" else act)
            assert after.revision == row.revision + 1
        else:
            with pytest.raises(Refusal):
                ward.do(ACTS[act](seen))
            assert _row(ward, issued.number).revision == row.revision


def test_the_moves_of_the_rules_are_those_of_the_walk() -> None:
    for status, moves in MOVES.items():
        said = {"checked" if one == "resumed" else one for one in ALLOWED[status]}
        assert set(moves) == said


def test_an_order_that_was_given_is_stopped_and_never_cancelled(ward: Ward) -> None:
    issued = ward.order("阿托伐他汀", "20")
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    ward.become(Role.HEAD_NURSE)
    row = _row(ward, issued.number)
    with pytest.raises(Refusal, match="已有给药记录"):
        ward.do(CancelOrder(Seen(row.rid, row.revision), "开错"))


def test_a_stale_hand_changes_nothing(ward: Ward) -> None:
    """Two screens: who acts on what was changed meanwhile is refused in words."""
    issued = ward.order("阿托伐他汀", "20")
    ward.become(Role.HEAD_NURSE)
    ward.do(PauseOrder(Seen(issued.rid, 2), "禁食"))
    with pytest.raises(Refusal, match="刚被周敏改过"):
        ward.do(StopOrder(Seen(issued.rid, 2), "停药", doctor_name="陈永康"))


def test_what_runs_ends_and_lapses_by_the_clock() -> None:
    sos = windows().sos
    begins = at(8)
    assert standing_of(Course("long", "checked", begins, None, 0), at(9), sos) is Standing.CHECKED
    assert standing_of(Course("long", "checked", begins, None, 2), at(9), sos) is Standing.RUNNING
    assert standing_of(Course("long", "checked", begins, at(10), 2), at(10), sos) is Standing.DONE
    assert standing_of(Course("sos", "checked", begins, None, 0), at(19, 59), sos) is Standing.CHECKED
    assert standing_of(Course("sos", "checked", begins, None, 0), at(20), sos) is Standing.UNUSED
    assert standing_of(Course("sos", "checked", begins, None, 1), at(20), sos) is Standing.DONE
    assert standing_of(Course("stat", "checked", begins, None, 1), at(9), sos) is Standing.DONE
    assert standing_of(Course("long", "stopped", begins, at(10), 1), at(9), sos) is Standing.RUNNING
    assert standing_of(Course("long", "stopped", begins, at(10), 1), at(11), sos) is Standing.STOPPED
