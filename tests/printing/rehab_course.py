"""A course of rehab to print: two evaluations, a plan with goals, twelve weeks of Barthel, two weeks held."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from app.core.roles import Role
from app.rehab.planning import AddGoal, ConfirmPlan, Consent, DrawnUp, GoalForm, IssuePlan, StateConsent
from app.rehab.planning.evaluating import Evaluate
from app.rehab.rules.evaluation import Evaluated
from app.residents.stating import Seen
from tests.app.rehab.course import barthel, became
from tests.app.rehab.house import DAY, Gym
from tests.app.rehab.test_evaluating import WALK, WEAK, first, middle

STROKES = {"strokes": [[[100, 50], [300, 200], [500, 80]], [[600, 50], [700, 250]]]}
BEGAN = DAY - timedelta(weeks=12)
CONTENT = {
    "precautions": [
        {"words": "转移时扶骨盆，不拉患侧手臂", "nursing": True},
        {"words": "系安全带", "nursing": False},
    ],
    "exercises": ["床上桥式运动，每日 2 组，每组 10 次"],
    "aids": ["四脚手杖", "踝足矫形器"],
    "education": ["先患侧后健侧穿衣"],
    "team": [
        {"role": "康复治疗师", "staff": "", "name": "林海涛"},
        {"role": "护士", "staff": "", "name": "林晓燕"},
    ],
    "guard": "步行训练一人监护",
}


def coursed(gym: Gym) -> DrawnUp:
    """All of it for 李桂兰; the clock is on DAY at 18:00 then, and the head nurse is at the desk."""
    gym.put(8, 0, BEGAN)
    start = barthel(gym, BEGAN, 20)
    evaluation = gym.do(Evaluate(gym.li, said(BEGAN, start)))
    drawn = gym.drawn_up(
        gym.item(dose={"sets": 3, "reps": 5}, per_week=3),
        gym.item(
            code="acupuncture", words="针刺", discipline="tcm", therapist=gym.staff["许德海"],
            week=("2 15:30",), per_week=1, serves=None, note="避开感觉减退处",
        ),
        ends=BEGAN + timedelta(weeks=30), content=CONTENT, evaluation=evaluation.rid,
        problems=tuple({"code": one.code, "words": one.words, "note": "左侧"} for one in (WEAK, WALK)),
        contraindications={"fragility": "T12 陈旧"},
    )  # fmt: skip
    gym.become("林海涛")
    seen = gym.do(IssuePlan(drawn.plan, gym.proof(Role.DOCTOR)))
    seen = gym.do(ConfirmPlan(seen))
    seen = gym.do(StateConsent(seen, Consent("李建国", "儿子", words="配合训练", drawn=STROKES)))
    for weeks, total in ((8, 25), (4, 35)):
        gym.put(9, 0, DAY - timedelta(weeks=weeks))
        barthel(gym, DAY - timedelta(weeks=weeks), total)
    gym.put(18)
    done = barthel(gym, DAY, 45)
    days = [DAY - timedelta(days=back) for back in range(13, -1, -1)]
    became(gym, days, OTHERWISE)
    gym.become("林海涛")
    gym.do(
        AddGoal(seen.rid, GoalForm("short", "持杖步行", 50, DAY + timedelta(days=40), unit="米", baseline=0))
    )
    review = said(DAY, done, middle, summary="坐站转移一人轻扶可完成，步行 20 米")
    again = gym.do(Evaluate(gym.li, review, Seen(seen.rid, seen.revision), DAY + timedelta(days=28)))
    gym.become(Role.HEAD_NURSE)
    assert again.rid != evaluation.rid
    return drawn


OTHERWISE = {
    0: {
        "dose": {"sets": 2, "reps": 5},
        "before": {"sbp": 132, "dbp": 78, "hr": 76, "spo2": 96, "pain": 1},
        "during": {"sbp": 156, "dbp": 82, "hr": 104, "rpe": 13},
        "after": {"sbp": 138, "dbp": 80, "hr": 88, "spo2": 95, "pain": 2, "rpe": 12},
        "soap": {"o": "一人轻扶完成", "p": "下次加一组"},
    },
    1: {"attendance": "refused", "why": "tired", "minutes": 0},
    2: {
        "attendance": "partly", "why": "tired", "minutes": 12, "reactions": ["dizzy"],
        "stopped": {"all": [{"code": "sbp", "words": "收缩压 >180", "effect": "stop", "found": 186}]},
    },
}  # fmt: skip


def said(day: object, record: UUID, form: object = first, summary: str = "可以开始坐站训练") -> Evaluated:
    """An evaluation of a day on a Barthel."""
    made: Evaluated = form(  # type: ignore[operator]  # first or middle
        evaluated_on=day, measures={"barthel": record}, vitals={"sbp": 132, "dbp": 78, "hr": 76},
        texts={"wishes_family": "能自己上厕所", "summary": summary},
    )  # fmt: skip
    return made
