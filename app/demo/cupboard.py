"""The medicine cupboard of the demo: what the ward received, what a family brought, the refrigerator's log."""

from __future__ import annotations

import functools
from datetime import timedelta

from app.core.errors import Refusal
from app.demo.days import HEAD_NURSE, NURSE, Days
from app.medication.stock.moving import ReceiveStock
from app.medication.stock.own import AgreeOwnSupply
from app.medication.stock.stores import RecordReading

WARD = (
    ("amlodipine-tab-5", "56", 540),
    ("valsartan-cap-80", "10", 400),
    ("metformin-tab-0.5g", "60", 300),
    ("aspirin-ec-tab-100", "20", 600),
    ("atorvastatin-tab-20", "16", 26),
    ("calcium-d3-tab-600-125", "20", 480),
    ("donepezil-tab-5", "20", 500),
    ("memantine-tab-10", "20", 80),
    ("omeprazole-ec-cap-20", "12", 300),
    ("insulin-glargine-pen-300u", "10", 420),
)
"""Code, packs, days until it expires: some of it soon, one of it almost used up."""
OWN = ("lactulose-solution-15ml", "12", 300)
"""What a family brought for one resident."""


def fill_cupboard(days: Days) -> None:
    """The ward is stocked before the first dose; the refrigerator is read twice a day."""
    first = min(30, days.count)
    days.at(days.moment(first, 5), functools.partial(_receive, days))
    days.at(days.moment(1, 10), functools.partial(_agree, days))
    for ago in range(min(5, days.count), -1, -1):
        for hour in (8, 16):
            days.at(days.moment(ago, hour, 5), functools.partial(_read, days, ago, hour))


def _receive(days: Days) -> None:
    days.become(HEAD_NURSE)
    for place, (code, packs, left) in enumerate(WARD):
        expires = days.today + timedelta(days=left)
        lot = f"{expires:%y%m}{place + 11:02d}"
        days.station.desk.do_now(
            ReceiveStock(code, packs=packs, lot=lot, expires=expires, supplier="市医药公司")
        )


def _agree(days: Days) -> None:
    """自备药: the agreement of a family, and what they brought."""
    days.become(NURSE)
    resident = days.people[min(3, len(days.people) - 1)].rid
    code, packs, left = OWN
    days.station.desk.do_now(AgreeOwnSupply(resident, "李敏", "女儿", "由护士保管，按医嘱给药"))
    expires = days.today + timedelta(days=left)
    days.station.desk.do_now(ReceiveStock(code, owner=resident, packs=packs, lot="R2609", expires=expires))


def _read(days: Days, ago: int, hour: int) -> None:
    days.become(NURSE)
    dice = days.dice(f"fridge {ago} {hour}")
    warm = ago == 2 and hour == 16
    celsius = "9.1" if warm else f"{dice.uniform(3.4, 5.6):.1f}"
    act = "门未关严，关好后 30 分钟复测 5.2 ℃，药品外观正常" if warm else ""
    for order in (
        RecordReading("fridge", celsius, act=act),
        RecordReading("room", f"{dice.uniform(20, 23):.1f}", "52"),
    ):
        try:
            days.station.desk.do_now(order)
        except Refusal:
            continue  # the institution keeps no such store
