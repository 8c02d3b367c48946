"""No assessment screen clips, squeezes or overlaps anything, at any window, theme or text size."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from app.assessments.instruments import Fact, Instrument
from app.assessments.queries import History
from app.compose import Station
from app.core.resources import resource
from app.core.roles import Role
from tests.app.assessments.people import GB, Admit, filled, first, save, signed
from tests.ui.assessments.room import fits, room, until
from ui.style import look

LONG: dict[str, Fact] = {"A.4.1": ("痴呆F00～F03",), "A.2.14.1": "发生过3次及以上"}


@pytest.fixture
def resident(station: Station) -> UUID:
    rid = station.desk.do_now(
        Admit(name="阿卜杜热依木·买买提吐尔逊", bed="3号楼康复区 1205-12", codes=("F00.1",))
    )
    signed(station, rid, filled(station, 62))
    save(station, rid, filled(station, 62, dict(LONG)))
    return rid


@pytest.mark.parametrize(
    ("size", "dark", "scale"),
    [
        ((1440, 900), False, 1.0),
        ((1366, 768), True, 1.0),
        ((1280, 720), True, 1.0),  # 1920 x 1080 at 150 %
        ((900, 500), False, 1.0),
        ((1366, 768), False, 1.3),
    ],
)
async def test_every_page_fits(
    station: Station, resident: UUID, size: tuple[int, int], *, dark: bool, scale: float
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look.apply(app, dark=dark, scale=scale)
    async with room(station, size) as r:
        r.frame.go("assessments")
        await until(lambda: bool(r.worklist.table.rows_model.rows))
        await fits(r.frame.pages)
        work = await r.open(resident)
        assert work.beside.narrow == (size == (900, 500) or scale > 1)
        for code in ("assessed_on", "A.4.1", "A.5.8", "B.1.6", "B.3.9", "B.4.1", "conclusion"):
            work.page.go_to(code)
            await fits(r.frame.pages)
        first(station, resident, Role.HEAD_NURSE)
        await r.open(resident)
        assert work.page.strip.text()
        await fits(r.frame.pages)
        record = station.desk.ask_now(History(resident))[0].level.record
        r.frame.go("assessment", {"assessment": record})
        await until(lambda: r.form.record.record == record and not r.form.errands.running)
        await fits(r.frame.pages)


@pytest.mark.parametrize("instrument", [GB], ids=[GB.code])
def test_every_item_has_a_drawing(instrument: Instrument) -> None:
    for item in instrument.items.values():
        assert resource("icons", f"{item.icon}.svg").exists(), item.code
