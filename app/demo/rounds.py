"""Doctors of the demo: last week's round with its findings, the next one being prepared, contracts, one home bed."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from app.demo.days import DOCTOR, NURSE, SOCIAL_WORKER, Days, Person
from app.demo.stays import long_here
from app.demo.training import proof_of
from app.referrals.contracts import DeliverService, RateSatisfaction, SignContract
from app.referrals.contracts.forms import ContractForm, Member, Signer
from app.referrals.contracts.lists import lists
from app.referrals.home_beds import ApplyHomeBed, EvaluateHomeBed, VisitHomeBed
from app.referrals.home_beds.opening import Applicant, Application, Opening
from app.referrals.home_beds.visiting import BedVisit
from app.referrals.revising import Seen
from app.referrals.rounds import (
    AskAbout,
    BeginRound,
    CosignVisits,
    EndRound,
    PlanRound,
    RoundById,
    RoundForm,
    SignVisits,
    Visit,
    VisitForm,
)

FAMILY_DOCTOR = "沈家宁"
_ASKED = (
    (
        "夜间咳嗽 3 天，白天精神可",
        "两肺呼吸音清，无啰音。",
        "上呼吸道感染恢复期",
        ("氨溴索口服液 10 ml 每日 3 次，5 天",),
    ),
    ("晨起血压偏高，要不要加药", "血压 152/86，心律齐。", "高血压控制欠佳", ()),
    ("双下肢轻度水肿", "踝部凹陷性水肿 1 度，颈静脉不充盈。", "考虑静脉回流差，心功能稳定", ()),
    ("食欲差，体重下降 1.5 kg", "腹软无压痛。", "进食量不足，建议营养评估", ()),
)
"""Question, what was examined, what the doctor thinks, what is to be changed in the medicines."""
_NEXT = ("血糖近一周偏高，请看降糖药", "右膝疼痛，能否调整训练", "家属想了解认知情况")


def have_doctors(days: Days, partners: Mapping[str, UUID]) -> None:
    """All of it; `partners` are filled by then."""
    people = long_here(days)
    days.at(days.moment(min(days.count, 20), 15), functools.partial(_sign, days, days.people, partners))
    if len(people) < 10 or days.count < 8:
        return
    held: list[UUID] = []
    days.at(
        days.moment(9, 10), functools.partial(_plan, days, 6, held, people[8:12], [one[0] for one in _ASKED])
    )
    days.at(days.moment(6, 14, 30), functools.partial(_hold, days, held, people[8:12]))
    following: list[UUID] = []
    days.at(days.moment(5, 9, 40), functools.partial(_plan, days, -1, following, people[9:12], _NEXT))
    days.at(days.moment(min(days.count, 25), 10), functools.partial(_home_bed, days, people[2]))


def _sign(days: Days, people: Sequence[Person], partners: Mapping[str, UUID]) -> None:
    """Two of three have a contract; one in nine of these is over soon."""
    days.become(SOCIAL_WORKER)
    desk = days.station.desk
    for place, person in enumerate(people):
        if place % 3 == 2:
            continue
        package = lists().packages[("basic", "personal", "basic", "advanced")[place % 4]]
        ends = days.today + timedelta(days=25 if place % 9 == 0 else 190 + place)
        cells = person.invented.cells
        signer = Signer(cells["紧急联系人"], cells["与老人关系"], on_paper=True)
        form = ContractForm(
            FAMILY_DOCTOR, ends - timedelta(days=364), ends, signer, package.code, package.services, "19900020011",
            partners.get("community"), team=(Member("护士", "方雨晴"), Member("公卫医师", "贺建民")), fee=package.fee,
            groups=("age65",), renews=place % 2 == 0,
        )  # fmt: skip
        signed = desk.do_now(SignContract(person.rid, form))
        for code in ("follow_up", "check_up", "medicines")[: place % 4]:
            result = "按计划完成"
            desk.do_now(DeliverService(signed.contract.rid, code, provider=FAMILY_DOCTOR, result=result))
        if place % 6 == 0:
            desk.do_now(RateSatisfaction(signed.contract, 5 - place % 2))


def _plan(
    days: Days, back: int, kept: list[UUID], people: Sequence[Person], questions: Sequence[str]
) -> None:
    """A round of the doctor here, so many days before the end, with what the nurses ask."""
    days.become(NURSE)
    desk = days.station.desk
    day = days.today - timedelta(days=back)
    kept.append(desk.do_now(PlanRound(RoundForm(day, staff=days.actor(DOCTOR).rid))))
    for person, question in zip(people, questions, strict=False):
        desk.do_now(AskAbout(person.rid, question, kept[0]))


def _hold(days: Days, kept: Sequence[UUID], people: Sequence[Person]) -> None:
    days.become(DOCTOR)
    desk = days.station.desk
    desk.do_now(BeginRound(_seen(days, kept[0])))
    for person, (question, examined, thinks, orders) in zip(people, _ASKED, strict=True):
        form = VisitForm(question, examined=examined, assessment=thinks, orders=orders, problem=bool(orders))
        desk.do_now(Visit(kept[0], person.rid, form))
    desk.do_now(SignVisits(kept[0], proof_of(days, DOCTOR)))
    days.become(NURSE)
    desk.do_now(CosignVisits(kept[0], proof_of(days, NURSE)))
    desk.do_now(EndRound(_seen(days, kept[0])))


def _seen(days: Days, rid: UUID) -> Seen:
    return days.station.desk.ask_now(RoundById(rid)).line.seen


def _home_bed(days: Days, person: Person) -> None:
    """Applied for, opened on the day, one round of the doctor."""
    cells = person.invented.cells
    days.become(DOCTOR)
    desk, doctor = days.station.desk, days.actor(DOCTOR)
    applicant = Applicant(cells["紧急联系人"], cells["与老人关系"], on_paper=True)
    wanted = Application(applicant, ("disabled",), cells["主要诊断"].split("；")[0])
    applied = desk.do_now(ApplyHomeBed(person.rid, wanted))
    opening = Opening(doctor.name, days.date() + timedelta(days=60), 1, days.actor(NURSE).name, doctor.rid)
    desk.do_now(
        EvaluateHomeBed(applied.bed, days.date(), "长期卧床，生命体征平稳，适合院内家庭病床。", opening)
    )
    desk.do_now(VisitHomeBed(applied.bed.rid, BedVisit("doctor", {"assessment": "病情平稳，继续原方案。"})))
