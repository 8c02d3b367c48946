"""Reviews: due by their date, asked for by a fall or a return from hospital, gone once somebody evaluated."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.revising import next_revision
from app.core.unit import Unit
from app.rehab.queries.reviews import Reviews
from db.models import Assessment, Incident, RehabEvaluation
from tests.app.rehab.house import DAY, Gym, at
from tests.support.acts import Act


def fall(gym: Gym, hour: int) -> None:
    def write(unit: Unit) -> None:
        row = Incident(
            **unit.stamp(at=at(hour)), revision=1, resident=gym.li, number="01-000001", code="fall",
            happened="在走廊跌倒",
        )  # fmt: skip
        unit.session.add(row)

    gym.do(Act(write))


def evaluate(gym: Gym) -> None:
    def write(unit: Unit) -> None:
        row = RehabEvaluation(
            **unit.stamp(), revision=1, resident=gym.li, number="KP-01-000001", stage="middle", cause="review",
            phase="recovery", evaluated_on=unit.today, diagnosis="脑卒中", content={}, problems={},
            contraindications={}, measures={},
        )  # fmt: skip
        unit.session.add(row)

    gym.do(Act(write))


def barthel(gym: Gym, total: int) -> None:
    def write(unit: Unit) -> None:
        row = Assessment(
            **unit.stamp(), revision=1, resident=gym.li, number="01-000009", instrument="barthel",
            instrument_version="1", assessed_on=unit.today, occasion="复评", answers={}, information={}, sub_scores={},
            total=total, initial_level=None, level=None, why=[],
        )  # fmt: skip
        unit.session.add(row)

    gym.do(Act(write))


def words(gym: Gym) -> list[str]:
    return [one.words for one in gym.ask(Reviews())]


def test_a_review_is_told_a_week_before_its_date(gym: Gym) -> None:
    gym.plan()
    assert words(gym) == []
    gym.put(8, day=DAY + timedelta(days=14))
    assert words(gym) == ["12-15 到期"]
    gym.put(8, day=DAY + timedelta(days=23))
    assert words(gym) == ["12-15 到期，已过 2 天"]
    assert gym.ask(Reviews(UUID(int=5))) == ()


def test_a_fall_asks_for_one_until_somebody_evaluated(gym: Gym) -> None:
    gym.plan()
    gym.put(10)
    fall(gym, 9)
    (row,) = gym.ask(Reviews(gym.li))
    assert (row.event, row.words) == (True, "11-24 跌倒，待复评")
    gym.put(11)
    evaluate(gym)
    assert words(gym) == []


def test_a_typo_put_right_in_an_evaluation_does_not_answer_a_fall(gym: Gym) -> None:
    gym.plan()
    gym.put(8)
    evaluate(gym)
    gym.put(10)
    fall(gym, 9)
    gym.put(11)

    def mend(unit: Unit) -> None:
        row = unit.session.scalars(select(RehabEvaluation).where(RehabEvaluation.current)).one()
        next_revision(unit, row, "笔误", {"diagnosis": "脑卒中后"})

    gym.do(Act(mend))
    assert words(gym) == ["11-24 跌倒，待复评"]


def test_a_fall_before_the_plan_is_none_of_its_business(gym: Gym) -> None:
    gym.put(10)
    fall(gym, 9)
    gym.put(6, day=DAY + timedelta(days=1))
    gym.plan()
    assert words(gym) == []


def test_back_from_hospital(gym: Gym) -> None:
    gym.plan()
    gym.put(18)
    gym.home.away("hospital", at(8), at(17))
    assert words(gym) == ["11-24 住院返回，待复评"]


def test_a_measure_that_changed_much(gym: Gym) -> None:
    barthel(gym, 50)
    gym.put(7)
    gym.plan()
    evaluate(gym)
    gym.put(9)
    barthel(gym, 60)
    assert words(gym) == []
    gym.put(10)
    barthel(gym, 39)
    assert words(gym) == ["11-24 Barthel 50 → 39，变化超过 20%，待复评"]
