"""Somebody came back who took nothing before: the hospital's list is entered all the same, and waits for decisions."""

from __future__ import annotations

from app.medication.reconciling import CountReconciliations, NoteInquiry, OpenReconciliations
from tests.app.medication.house import Ward, at
from tests.app.medication.reconcile_house import OUT, Back, item


def bare(ward: Ward) -> Back:
    ward.put(6, 30)
    ward.away("hospital", at(9, 0, OUT), at(6, 30))
    return Back(ward)


def test_an_empty_case_is_open_for_the_list_and_presses_nobody(ward: Ward) -> None:
    back = bare(ward)
    assert back.now.rows == ()
    assert ward.ask(OpenReconciliations()) == ()
    assert ward.ask(CountReconciliations()) == 0


def test_what_the_hospital_gave_waits_for_a_decision_and_becomes_an_order(ward: Ward) -> None:
    back = bare(ward)
    back.lists(item("氨溴索", "30mg", "tid", days="7"))
    assert back.row("氨溴索").new
    assert ward.ask(CountReconciliations()) == 1
    done = back.decide("氨溴索", "take", change=back.form("氨溴索", "30", "tid", days="7"))
    assert done.issued is not None
    assert ward.ask(CountReconciliations()) == 0


def test_the_ward_may_be_asked_twice_and_then_say_that_nothing_was_given(ward: Ward) -> None:
    back = bare(ward)
    for words in ("没人接", "没有带药"):
        ward.do(NoteInquiry(ward.li, back.absence, words))
    assert back.now.note.count("电话核对") == 2
    back.lists(came_with="none")
    assert back.now.came_with == "none"
    assert ward.ask(OpenReconciliations()) == ()
