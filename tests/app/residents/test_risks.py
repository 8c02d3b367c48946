"""Risks on the bed board: from the nine-risk check that holds, and from no other."""

from __future__ import annotations

from app.compose import Station
from app.journals import AddEntry
from app.journals.journal_file import journal_called
from app.residents.queries import BedBoard
from app.residents.queries.risks import KEYS, Risk
from tests.ui.residents.stage import people


def checked(**said: str) -> dict[str, str | tuple[str, ...]]:
    """A nine-risk check in which only these were found."""
    content: dict[str, str | tuple[str, ...]] = {}
    for field in journal_called("nine-risk").fields:
        if field.choices:
            content[field.key] = said.get(field.key, "none")
        elif said.get(field.key.removesuffix("_measures"), "none") != "none":
            content[field.key] = "有人陪同"
    return content


def risks_on(station: Station) -> dict[str, tuple[Risk, ...]]:
    board = station.desk.ask_now(BedBoard())
    beds = [bed for room in board.rooms for bed in room.beds]
    return {bed.who.name: bed.who.risks for bed in beds if bed.who is not None}


def test_the_board_says_what_needs_protection(station: Station) -> None:
    first, second, *_ = people(station, 3)
    station.desk.do_now(AddEntry(first, "nine-risk", checked(fall="high", choking="guard", scald="high")))
    station.desk.do_now(AddEntry(second, "nine-risk", checked()))
    risks = list(risks_on(station).values())
    assert risks[0] == (Risk("fall", high=True), Risk("choking", high=False))
    assert risks[1:] == [(), ()]


def test_a_newer_check_takes_the_place_of_the_one_before(station: Station) -> None:
    (rid, *_) = people(station, 1)
    station.desk.do_now(AddEntry(rid, "nine-risk", checked(fall="high")))
    station.desk.do_now(AddEntry(rid, "nine-risk", checked(wandering="guard")))
    assert list(risks_on(station).values()) == [(Risk("wandering", high=False),)]


def test_every_risk_of_the_board_is_one_of_the_nine() -> None:
    assert set(KEYS) <= {field.key for field in journal_called("nine-risk").fields}
