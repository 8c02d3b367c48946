"""What a resident takes, told to other subjects: the assessment's medicines, the timeline."""

from __future__ import annotations

from datetime import timedelta

from app.assessments.record_queries import OpenForm
from app.core.roles import Role
from app.history.timeline import Timeline
from app.medication.orders import CancelOrder, StopOrder
from app.medication.running import RunningMedicines
from app.residents.stating import Seen
from tests.app.medication.house import Ward, at


def test_an_assessment_is_offered_the_medicines_that_run(ward: Ward) -> None:
    ward.order("氨氯地平", "5")
    stopped = ward.order("呋塞米", "20")
    ward.become(Role.DOCTOR)
    ward.do(StopOrder(Seen(stopped.rid, 2), "水肿消退"))
    form = ward.ask(OpenForm(ward.li, "gbt42195-2022"))
    assert form.from_record["A.4.2"] == (("氨氯地平片", "口服", "5 mg", "每日一次"),)


def test_what_runs_says_when_it_was_last_given(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    (row,) = ward.ask(RunningMedicines(ward.li))
    assert row.last is None
    ward.put(8, 10)
    ward.give(ward.slot("08:00"))
    (row,) = ward.ask(RunningMedicines(ward.li))
    assert row.last == at(8, 10)


def test_the_timeline_tells_orders_and_what_went_otherwise(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    wrong = ward.order("呋塞米", "20", checked=False)
    ward.become(Role.DOCTOR)
    ward.do(CancelOrder(Seen(wrong.rid, 1), "开错老人"))
    ward.become(Role.NURSE)
    ward.put(8, 10)
    ward.not_given(ward.slot("08:00"), 1)
    ward.put(9)
    told = [
        (line.title, line.words, line.tone)
        for line in ward.ask(Timeline(ward.li, at(0), at(0) + timedelta(days=1)))
        if line.sort == "用药"
    ]
    assert ("拒服", "08:00 阿托伐他汀片：拒服", "orange") in told
    assert ("取消医嘱", "呋塞米片：开错老人", "danger") in told
    assert ("长期医嘱", "阿托伐他汀片 20 mg 每日一次", "info") in told
