"""A real frame over the medication house, for the tests and pictures of its screens: keys, sheets, many residents."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar
from uuid import UUID

from app.compose import Station
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds
from app.residents.rules import read_place
from app.residents.service import CreateResident
from tests.app.medication.house import DAY, Ward, at
from tests.ui.care.floor import back, press, sheet
from tests.ui.residents.stage import Stage, on_stage, until
from ui.kit.view import View

__all__ = ["DAY", "Stage", "Ward", "at", "back", "move_in", "press", "sheet", "shown", "standing_at", "until"]

SURNAMES, GIVEN = "赵钱孙周吴郑冯陈褚卫蒋沈", "秀英桂兰淑珍玉梅凤霞"
V = TypeVar("V", bound=View)


class Housed(Protocol):
    """A house of tests with its station."""

    @property
    def station(self) -> Station: ...


@asynccontextmanager
async def standing_at(
    house: Housed,
    place: str,
    params: Mapping[str, Any] | None = None,
    *,
    size: tuple[int, int] = (1440, 900),
) -> AsyncIterator[tuple[Stage, Any]]:
    """The frame of whoever is at the desk, at a place; its view once it shows what it asked for."""
    async with on_stage(house.station, size) as stage:
        view = stage.view(place, params)
        await stage.settle()
        yield stage, view


async def shown(stage: Stage, kind: type[V]) -> V:
    """The view a key led to, once it shows what it asked for."""
    await until(lambda: isinstance(stage.frame.pages.view, kind))
    await stage.settle()
    view = stage.frame.pages.view
    assert isinstance(view, kind)
    return view


def move_in(ward: Ward, count: int) -> list[UUID]:
    """So many more residents on the same floor, in rooms 302 and on, three beds each."""
    rids = []
    for number in range(count):
        room, bed = f"{302 + number // 3}", number % 3 + 1
        if bed == 1:
            ward.do(AddBeds("2号楼", "3层", room, "1-3", "nursing"))
        name = SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % 5 * 2 :][:2]
        form = ResidentForm(
            name,
            "2",
            DAY.replace(year=1938 + number % 20),
            place=read_place(bed=f"2号楼{room}-{bed}"),
            admitted_on=DAY.replace(day=1),
        )
        rids.append(ward.do(CreateResident(form)))
    return rids
