"""From 转诊 to the pack: an emergency whose chart is up to date, real window, real keys, nothing but this computer."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest

from app.referrals.queries.list import ReferralList
from app.referrals.rules.states import Status
from tests.app.referrals.house import Desk
from tests.support.acts import rows
from tests.ui.referrals.form_room import ill
from tests.ui.referrals.paper_room import saved_as_pdf, to_the_paper
from tests.ui.referrals.room import until
from tests.ui.residents.stage import on_stage
from ui.residents.chart_view import ChartView

MOST_KEYS, MOST_SECONDS = 5, 10.0
_log = logging.getLogger(__name__)


async def test_five_keys_and_ten_seconds_to_the_pdf(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ill(desk)
    monkeypatch.chdir(tmp_path)
    async with on_stage(desk.station) as stage:
        chart = stage.view("chart", {"resident": desk.li})
        assert isinstance(chart, ChartView)
        await until(lambda: chart.chart is not None)
        await stage.settle()
        begun = time.perf_counter()
        count = await to_the_paper(stage, chart)
        drawn_after = time.perf_counter() - begun
        count += await saved_as_pdf(stage, chart)
        took = time.perf_counter() - begun

        await stage.settle()
        files = sorted(tmp_path.glob("*.pdf"))  # noqa: ASYNC240  # a folder of one file
        assert len(files) == 1
        assert files[0].read_bytes().startswith(b"%PDF")
        _log.info("转诊 → PDF: %d keys, drawn after %.1f s, saved after %.1f s", count, drawn_after, took)
        assert count <= MOST_KEYS
        assert took <= MOST_SECONDS
        (line,) = desk.ask(ReferralList()).rows
        assert line.status is Status.SUBMITTED
        assert rows(desk.station, "select count(*) from audit where act = 'print'")[0][0] == 1
