"""The workbench: numbers that agree with their worklists, to-dos in order of need, and nothing without the right."""

from __future__ import annotations

from app.assessments.due.queries import CountDues
from app.compose import Station
from app.core.roles import Actor, Role
from app.today.board import Today
from tests.ui.residents.stage import assessed, people


def test_the_numbers_are_those_of_the_worklists(station: Station) -> None:
    people(station, 12)
    board = station.desk.ask_now(Today())
    tiles = {tile.key: tile for tile in board.tiles}
    counts = station.desk.ask_now(CountDues())
    assert tiles["residents"].number == str(counts.residents)
    assert tiles["assessments"].number == str(counts.due)
    assert tiles["assessments"].way.place == "assessments"
    assert sum(board.levels.values()) == counts.residents


def test_an_overdue_assessment_is_something_to_do_and_makes_its_number_urgent(station: Station) -> None:
    (rid, *_) = people(station, 2)
    assessed(station, rid, 58, due_in=-3)
    board = station.desk.ask_now(Today())
    todo = next(todo for todo in board.todos if "能力评估" in todo.title)
    asked = {"resident": rid, "instrument": "gbt42195-2022", "occasion": "常规评估"}
    assert (todo.when, todo.way.place, todo.way.params) == ("逾期 3 天", "assessment", asked)
    assert next(tile for tile in board.tiles if tile.key == "assessments").urgent


def test_who_may_not_read_residents_sees_none_of_it(station: Station) -> None:
    people(station, 2)
    before = station.desk.actor
    assert before is not None
    station.desk.actor = Actor(before.rid, "0001", "何伟", frozenset({Role.ADMINISTRATOR}), "管理人员")
    board = station.desk.ask_now(Today())
    assert {tile.key for tile in board.tiles} <= {"outbox"}
    assert (board.todos, board.levels) == ((), {})
