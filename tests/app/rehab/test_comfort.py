"""Residents in the stage of comfort: their template comes first, and load is not stepped up without words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.rehab.planning import ChangeItem
from app.rehab.queries.drawing import StartPlan
from app.rehab.queries.evaluation import StartEvaluation
from app.residents.stating import Seen
from app.residents.stays.grades import DecideGrade, GradeForm
from tests.app.rehab.house import DAY, Gym


def _hospice(gym: Gym) -> None:
    gym.become(Role.DOCTOR)
    gym.do(DecideGrade(gym.li, "care_stage", GradeForm("hospice", DAY, note="本人和家属选择安宁疗护")))
    gym.become("林海涛")


def test_the_template_of_comfort_is_offered_first(gym: Gym) -> None:
    assert "palliative" not in gym.ask(StartPlan(gym.li)).offered
    _hospice(gym)
    assert gym.ask(StartPlan(gym.li)).offered[0] == "palliative"
    assert "palliative" not in gym.ask(StartPlan(gym.wang)).offered
    measures = [one.code for one in gym.ask(StartEvaluation(gym.li)).measures]
    assert measures[:2] == ["esas-r", "pps"]


@pytest.mark.parametrize(("template", "stage"), [("palliative", ""), ("", "hospice")])
def test_load_is_not_stepped_up_where_comfort_comes_first(gym: Gym, template: str, stage: str) -> None:
    drawn = gym.plan(gym.item(dose={"sets": 2, "reps": 5}), template=template)
    if stage:
        _hospice(gym)
    seen = Seen(drawn.items[0], 1)
    more = gym.item(dose={"sets": 3, "reps": 5}, serves=None, minutes=40)
    with pytest.raises(Refusal, match=r"训练量不递增（每次 30 → 40 分钟、组数 2 → 3）"):
        gym.do(ChangeItem(seen, more, "笔误"))
    less = gym.do(ChangeItem(seen, replace(more, dose={"sets": 1, "reps": 5}, minutes=20), "笔误"))
    gym.do(ChangeItem(less, replace(more, minutes=25), "其他：本人要求多练"))


def test_elsewhere_it_is_stepped_up(gym: Gym) -> None:
    drawn = gym.plan(gym.item(dose={"sets": 2}))
    gym.do(ChangeItem(Seen(drawn.items[0], 1), gym.item(dose={"sets": 4}, serves=None), "笔误"))
