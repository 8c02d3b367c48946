"""待重整 and the platform: a revision that says the order is of later frees nothing; it is as old as it was here."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.fhir import House
from app.fhir.carrying import REVISION, stamp
from app.medication.queries.due_count import CountDueDoses
from app.medication.rules.slots import DoseState
from db.models import MedOrder
from tests.app.medication.house import DAY, Ward, at
from tests.app.medication.reconcile_house import OUT, Back
from tests.support.acts import Look
from tests.support.exchange import came, on_the_wire, part_of, remember, take

NAME = "阿托伐他汀"


def row(back: Back) -> MedOrder:
    found: MedOrder = back.ward.ask(
        Look(
            lambda reader: reader.session.query(MedOrder).filter_by(rid=back.orders[NAME], current=True).one()
        )
    )
    return found


def said(body: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The body with other words in its envelope."""
    changed = deepcopy(body)
    (envelope,) = (one for one in changed["extension"] if one["url"] == REVISION)
    for inner in envelope["extension"]:
        if inner["url"] in values:
            key = next(key for key in inner if key.startswith("value"))
            inner[key] = values[inner["url"]]
    return changed


def pulled(back: Back, when: datetime, recorded: datetime, number: int = 3) -> None:
    """Another program, or another station, wrote the next revision, ordered at `when`."""
    station = back.ward.station
    part = part_of(station, "med_order", back.orders[NAME], 2)
    remember(part)
    base, house = on_the_wire(part), House.of(station.settings)
    body = said(base, number=number, station="02", at=stamp(house, when), recorded=stamp(house, recorded))
    body["authoredOn"] = stamp(house, when)
    assert take(station, came(station, body, base)).changed


def held(ward: Ward) -> None:
    ward.put(8, 5)
    slot = ward.slot("08:00", NAME)
    assert slot.state is DoseState.UNRECONCILED
    with pytest.raises(Refusal, match="待重整"):
        ward.give(slot)
    assert ward.ask(CountDueDoses()) == 0


def test_a_pulled_revision_with_a_later_time_stays_held(ward: Ward) -> None:
    back = Back(ward).go()
    before = row(back).at
    ward.put(7, 30)
    pulled(back, at(7, 0), at(7, 10))
    assert (row(back).revision, row(back).at) == (3, before)
    held(ward)


def test_nor_does_a_second_one_nor_a_time_to_come(ward: Ward) -> None:
    back = Back(ward).go()
    before = row(back).at
    ward.put(7, 30)
    pulled(back, at(7, 0), at(7, 10))
    pulled(back, at(9, 0, DAY + timedelta(days=30)), at(7, 20), 4)
    assert (row(back).revision, row(back).at) == (4, before)
    held(ward)


def test_a_revision_that_says_it_was_ordered_earlier_is_believed(ward: Ward) -> None:
    back = Back(ward).go()
    ward.put(7, 30)
    earlier = at(4, 0, OUT)
    pulled(back, earlier, at(7, 10))
    assert row(back).at == earlier
