"""Aids: lent, returned, put right; a tag is never out twice; what a plan prescribes is asked for until it is lent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.rehab.aids import Aids, CorrectLoan, LendAid, LoanForm, RetractLoan, ReturnAid
from app.residents.stating import Seen
from tests.app.rehab.house import DAY, Gym

CHAIR = LoanForm("wheelchair", tag="LY-012", due_on=DAY + timedelta(days=30), condition="完好")


def test_an_aid_is_lent_and_comes_back(gym: Gym) -> None:
    rid = gym.do(LendAid(gym.li, CHAIR))
    (row,) = gym.ask(Aids()).out
    assert (row.name, row.words, row.tag, row.overdue, row.by) == (
        "李桂兰",
        "轮椅",
        "LY-012",
        False,
        "林海涛",
    )
    with pytest.raises(Refusal, match=r"轮椅（LY-012）借给李桂兰，还没有归还"):
        gym.do(LendAid(gym.wang, CHAIR))
    with pytest.raises(Refusal, match="归还时的状况"):
        gym.do(ReturnAid(row.seen, " "))
    gym.put(9)
    seen = gym.do(ReturnAid(Seen(rid, 1), "完好"))
    with pytest.raises(Refusal, match="已在 11-24 归还"):
        gym.do(ReturnAid(seen, "完好"))
    assert gym.ask(Aids()).loans == ()
    assert [one.returned_condition for one in gym.ask(Aids(gym.li)).loans] == ["完好"]
    gym.do(LendAid(gym.wang, CHAIR))


def test_what_is_due_back_is_told_first(gym: Gym) -> None:
    gym.do(LendAid(gym.li, CHAIR))
    gym.do(LendAid(gym.wang, LoanForm("walker", due_on=DAY + timedelta(days=1))))
    gym.put(8, day=DAY + timedelta(days=2))
    assert [(one.name, one.overdue) for one in gym.ask(Aids()).out] == [("王素芬", True), ("李桂兰", False)]


def test_a_plan_asks_for_its_aids_until_they_are_lent(gym: Gym) -> None:
    gym.plan(content={"aids": ["轮椅", "减压坐垫"]})
    assert [words for _, _, words in gym.ask(Aids(gym.li)).wanted] == ["轮椅", "减压坐垫"]
    gym.do(LendAid(gym.li, LoanForm(words="减压坐垫")))
    gym.do(LendAid(gym.li, CHAIR))
    assert gym.ask(Aids(gym.li)).wanted == ()


def test_a_loan_is_put_right_or_taken_back(gym: Gym) -> None:
    seen = Seen(gym.do(LendAid(gym.li, CHAIR)), 1)
    seen = gym.do(CorrectLoan(seen, LoanForm("wheelchair", tag="LY-013"), "笔误"))
    gym.do(LendAid(gym.wang, CHAIR))
    with pytest.raises(Refusal, match="没有归还"):
        gym.do(CorrectLoan(seen, CHAIR, "笔误"))
    gym.do(RetractLoan(seen, "录错老人"))
    assert [one.name for one in gym.ask(Aids()).out] == ["王素芬"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (LoanForm(), "请选择辅具"),
        (LoanForm("rocket"), "没有这种辅具"),
        (LoanForm("walker", due_on=DAY - timedelta(days=1)), "应还日期"),
        (LoanForm("walker", note="长" * 101), "最多 100 个字"),
    ],
)
def test_what_is_no_loan(gym: Gym, form: LoanForm, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        gym.do(LendAid(gym.li, form))


def test_a_caregiver_lends_nothing(gym: Gym) -> None:
    gym.become(Role.CAREGIVER)
    with pytest.raises(Refusal, match="借还辅具"):
        gym.do(LendAid(gym.li, CHAIR))
