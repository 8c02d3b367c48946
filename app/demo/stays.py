"""The stays of the demo: who asked, who is away, who left, died or came back, and levels decided."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from app.core.orders import Order
from app.demo.days import DOCTOR, HEAD_NURSE, NURSE, SOCIAL_WORKER, Days, Person
from app.residents.forms import ContactForm, ResidentForm
from app.residents.queries import BedBoard, LevelProposal
from app.residents.rules.windows import When
from app.residents.service import CreateResident
from app.residents.stays import (
    AbsenceForm,
    Admit,
    AwayForm,
    DecideGrade,
    Discharge,
    EndForm,
    GradeForm,
    Leave,
    RecordAbsence,
    Reserve,
    Return,
    Withdraw,
)

_ENQUIRIES = (
    ("沈玉珍", "2", date(1945, 8, 3), ContactForm("沈国强", "", "19900010001"), "女儿来电，想要朝南的床"),
    ("唐世昌", "1", date(1939, 2, 17), ContactForm("唐敏", "", "19900010002"), "社区转介，脑梗后半年"),
    ("冯素芬", "2", date(1950, 12, 9), ContactForm("冯志远", "", "19900010003"), "儿子来院参观"),
    ("曹德明", "1", date(1943, 6, 30), ContactForm("曹慧敏", "", "19900010004"), "电话咨询日托"),
)
_VISITS = (
    AwayForm("女儿家", "家人生日", "女儿"),
    AwayForm("儿子家", "探亲", "儿子"),
    AwayForm("市中医院门诊", "复诊", "护理员马丽"),
    AwayForm("老同事聚会", "聚会", "侄子"),
)
_WARDS = (
    AwayForm("市第一人民医院", "肺部感染", "家属"),
    AwayForm("市中心医院", "髋部骨折", "家属、护士", keep_until=None),
    AwayForm("市第一人民医院", "心力衰竭加重", "家属"),
)


def come_and_go(days: Days) -> None:
    """Everything of the stays. Half of the residents at least are simply there."""
    few = _few(days)
    _asked(days)
    _in_the_past(days, few[:8])
    _away_now(days, few[8:11])
    _gone(days, few[11:14])
    _levels(days)


def long_here(days: Days) -> list[Person]:
    """Who has been here long, and whom nothing of this file happens to."""
    return _few(days)[14:]


def _few(days: Days) -> list[Person]:
    dice = days.dice("stays")
    found = [one for one in days.people[5:] if _admitted(one) < days.today - timedelta(days=150)]
    dice.shuffle(found)
    return found[: len(days.people) // 2]


def _asked(days: Days) -> None:
    """Four enquiries; one gets a bed, one is withdrawn."""
    if len(days.people) < 20:
        return
    for place, (name, sex, birth, contact, _note) in enumerate(_ENQUIRIES):
        form = ResidentForm(name, sex, birth, contacts=(contact,))
        days.at(days.moment(9 - place, 10, 20), functools.partial(_ask, days, form, place))


def _ask(days: Days, form: ResidentForm, place: int) -> None:
    rid = _do(days, SOCIAL_WORKER, CreateResident(form, enquiry=True))
    if place == 3:
        later = Withdraw(rid, "家属改请居家护理")
        days.station.desk.do_now(later)
    if place == 0 and (bed := _free_bed(days)) is not None:
        until = max(days.today + timedelta(days=2), days.today)
        days.station.desk.do_now(Reserve(rid, bed, until, _ENQUIRIES[0][4]))


def _free_bed(days: Days) -> Any:
    desk = days.station.desk
    for floor in desk.ask_now(BedBoard()).floors:
        for room in desk.ask_now(BedBoard(floor.rid)).rooms:
            for bed in room.beds:
                if bed.who is None:
                    return bed.rid
    return None


def _in_the_past(days: Days, people: list[Person]) -> None:
    """What was before the station came, written down when it came; and leaves of the last weeks as they were."""
    began = days.moment(days.count, 9, 40)
    for place, one in enumerate(people):
        if place % 2:
            out = days.today - timedelta(days=days.count + 20 + 9 * place)
            ward = AbsenceForm(
                "hospital", When(out, 560), When(out + timedelta(days=8), 930), _WARDS[place % 3]
            )
            days.at(began, _act(days, NURSE, RecordAbsence(one.rid, ward)))
        back = 3 + 3 * place
        if back + 2 < days.count:
            out_at = days.moment(back + 1, 16, 30)
            home = days.moment(back, 18, 10)
            days.at(out_at, _act(days, NURSE, Leave(one.rid, _VISITS[place % 4])))
            days.at(home, _act(days, NURSE, Return(one.rid, "精神好，饮食如常")))


def _away_now(days: Days, people: list[Person]) -> None:
    """Three on leave, the third until the day after tomorrow."""
    for place, one in enumerate(people):
        until = When(days.today + timedelta(days=2 * (place == 2)), 1170)
        visit = _VISITS[place]
        away = AwayForm(visit.whither, visit.why, visit.escort, planned=until)
        days.at(days.moment(1, 17, 10 * place), _act(days, NURSE, Leave(one.rid, away)))


def _gone(days: Days, people: list[Person]) -> None:
    """One went home, one died, one came back after weeks at home."""
    if len(people) < 3:
        return
    home, dead, again = people
    went = EndForm("home", note="儿子接回家中照料")
    days.at(days.moment(1, 17, 20), _act(days, SOCIAL_WORKER, Discharge(home.rid, went)))
    died = EndForm("death", confirmed_by="陈永康医师", note="家属在场")
    days.at(days.moment(1, 21, 5), _act(days, NURSE, Discharge(dead.rid, died)))
    left, came = (days.today - timedelta(days=days.count + back) for back in (70, 48))
    first = days.moment(days.count, 10, 15)
    away = EndForm("home", note="家属接回休养")
    days.at(first, _act(days, SOCIAL_WORKER, Discharge(again.rid, away, When(left, 900))))
    bed = functools.partial(_admit_again, days, again, came)
    days.at(first + timedelta(minutes=5), bed)


def _admit_again(days: Days, one: Person, day: date) -> None:
    order = Admit(one.rid, _free_bed(days), when=When(day, 620), note="再次入住")
    _do(days, SOCIAL_WORKER, order)


def _levels(days: Days) -> None:
    """Stages and nursing grades by the doctor, care levels confirmed by the head nurse from what was assessed."""
    decide = days.moment(days.count, 14)
    for place, one in enumerate(days.people):
        ability = one.invented.ability
        if ability < 0.9 and place % 4 != 3:
            grade = "1" if ability < 0.2 else "2" if ability < 0.5 else "3"
            form = GradeForm(grade, days.today - timedelta(days=days.count), None, "按病情和自理能力")
            days.at(decide, _act(days, DOCTOR, DecideGrade(one.rid, "nursing_grade", form)))
        if place % 3 != 2:
            days.at(decide, functools.partial(_stages, days, one))
        if place % 5 != 4:
            days.at(days.moment(1, 16, 30), functools.partial(_confirm, days, one))


def _stages(days: Days, one: Person) -> None:
    """治疗 → 康复 → 稳定 over the time since admission, the weakest in hospice care."""
    begun = _admitted(one)
    here = (days.today - timedelta(days=days.count) - begun).days
    plan = [("treatment", 0, "入住时病情需要"), ("rehabilitation", here // 4, "病情平稳，开始康复训练")]
    plan.append(("stable", here // 2, "功能平稳，维持性照护"))
    if one.invented.ability < 0.2 and here % 3 == 0:
        plan.append(("hospice", here - 5, "家属同意以舒适照护为主"))
    if one.invented.ability >= 0.9:
        plan = [("stable", 0, "入住时病情稳定")]
    seen: set[date] = set()
    for number, (stage, after, why) in enumerate(plan):
        since = begun + timedelta(days=max(after, 0))
        if here < 4 or since in seen:
            continue
        seen.add(since)
        review = days.today + timedelta(days=13) if number == len(plan) - 1 else None
        _do(days, DOCTOR, DecideGrade(one.rid, "care_stage", GradeForm(stage, since, review, why)))


def _confirm(days: Days, one: Person) -> None:
    said = days.station.desk.ask_now(LevelProposal(one.rid))
    if said.value:
        form = GradeForm(
            said.value, days.today - timedelta(days=1), None, "按最近一次能力评估", dict(said.basis)
        )
        _do(days, HEAD_NURSE, DecideGrade(one.rid, "care_level", form))


def _admitted(one: Person) -> date:
    return date.fromisoformat(one.invented.cells["入住日期"])


def _act(days: Days, who: str, order: Order[Any]) -> Callable[[], object]:
    return functools.partial(_do, days, who, order)


def _do(days: Days, who: str, order: Order[Any]) -> Any:
    days.become(who)
    return days.station.desk.do_now(order)
