"""The room other tests stand in: a frame over a floor with many residents."""

from __future__ import annotations

from app.core.roles import Role
from tests.ui.medication.room import Ward, move_in, standing_at


async def test_many_residents_move_in_and_the_frame_stands(ward: Ward) -> None:
    ward.become(Role.HEAD_NURSE)
    rids = move_in(ward, 7)
    ward.become(Role.NURSE)
    assert len(ward.board().rows) == 9
    assert len(set(rids)) == 7
    async with standing_at(ward, "residents") as (stage, _view):
        assert stage.place == "residents"
