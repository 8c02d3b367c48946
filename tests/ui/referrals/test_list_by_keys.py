"""The list of referrals by keys."""

from __future__ import annotations

from tests.app.referrals.house import Desk
from tests.ui.referrals.room import until
from tests.ui.residents.stage import on_stage


async def test_it_opens(desk: Desk) -> None:
    desk.away()
    desk.begun(desk.wang)
    async with on_stage(desk.station) as stage:
        view = stage.view("referrals")
        await until(lambda: view.table.rows_model.rows)
