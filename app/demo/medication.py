"""The medicines of the demo: orders by diagnosis, rounds given day by day with a few things gone otherwise."""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from app.access import proof
from app.access.proof import Proof
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.unit import Reader
from app.demo.days import DOCTOR, HEAD_NURSE, NURSE, Days, Person
from app.demo.prescribed import LONGEST_NAME, course, prescribed
from app.medication.checking.questions import CheckForm
from app.medication.derived import derive
from app.medication.giving import Give, GiveAll, GivePrn, NotGiven, Said
from app.medication.orders import (
    Answered,
    CheckOrders,
    Issued,
    IssueOrders,
    OrderForm,
    StopOrder,
    TranscribeOrders,
)
from app.medication.prescriptions import PrescribeLong
from app.medication.queries.round import rows_by_resident
from app.medication.queries.slot_rows import SlotRow
from app.medication.rules import prompts
from app.medication.running import Running, RunningMedicines
from app.residents.stating import Seen

OTHER_NURSE = "0413"
BACK, LONG_BACK = 4, 28
"""Days of doses everybody has, and the few whose month is full."""
TIMES = ((8, 4), (12, 10), (17, 40), (21, 10))
"""When the nurse has walked a round."""
_ODD = (1, 1, 1, 7, 4, 9)
"""Reasons of the odd dose that was not given."""
_RARE = 0.015


@dataclass(frozen=True)
class Waits(Question[tuple[SlotRow, ...]]):
    """Every dose of some residents that is due now."""

    residents: tuple[UUID, ...]


@answers(Waits)
def waits(reader: Reader, question: Waits) -> tuple[SlotRow, ...]:
    rids = list(question.residents)
    whole = derive(reader, rids, [reader.today])
    shown = rows_by_resident(reader, rids, [held for held in whole if held.state.open])
    return tuple(slot for slots in shown.values() for slot in slots)


def medicate(days: Days) -> None:
    """Orders on one morning, rounds from then on; the last round of today is under way."""
    full = [
        one for one in days.people if one.invented.cells["姓名"] in (LONGEST_NAME, "李桂兰")
    ] or days.people[:1]
    others = [one for one in days.people if one not in full]
    for people, back in ((full, min(LONG_BACK, days.count)), (others, min(BACK, days.count))):
        days.at(days.moment(back, 5, 10), functools.partial(_order, days, people))
        for ago in range(back, -1, -1):
            for hour, minute in TIMES:
                at = days.moment(ago, hour, minute)
                last = at + timedelta(hours=1) > days.now
                days.at(at, functools.partial(_walk, days, people, under_way=last))
    days.at(days.moment(min(24, days.count), 16), functools.partial(_prescribe, days, full[-1]))
    for ago in (3, 2, 1):
        days.at(days.moment(ago, 8, 2), functools.partial(_refuse, days, others[-1:]))
    days.at(days.now - timedelta(minutes=40), functools.partial(_when_needed, days, days.people))
    days.at(days.moment(2, 15, 30), functools.partial(_afterwards, days, full[0], others[:4]))


def _order(days: Days, people: Sequence[Person]) -> None:
    """The doctor issues, the head nurse checks. What the checks ask for is answered."""
    issued: list[Issued] = []
    for person in people:
        forms = tuple(prescribed(person, days.dice(f"orders {person.rid}")))
        issued += _issue(days, person.rid, forms)
    if issued:
        days.become(HEAD_NURSE)
        days.station.desk.do_now(CheckOrders(tuple(Seen(one.rid, 1) for one in issued)))


def _issue(days: Days, resident: UUID, forms: tuple[OrderForm, ...]) -> list[Issued]:
    doctor = days.become(DOCTOR)
    done: list[Issued] = []
    for said in forms:
        found = days.station.desk.ask_now(CheckForm(resident, said))
        why = tuple(
            Answered(one.rule, "已评估，获益大于风险，定期监测") for one in found if one.severity.needs_reason
        )
        form = replace(said, answered=why)
        try:
            fresh: tuple[Issued, ...] = days.station.desk.do_now(
                IssueOrders(resident, (form,), _proof(days, doctor.rid))
            )
        except Refusal:
            continue  # what the checks refuse is not ordered at the demo either
        done += fresh
    return done


def _walk(days: Days, people: Sequence[Person], *, under_way: bool) -> None:
    """All that is due: what needs no prompt with one key, the rest with its answers; a few otherwise."""
    dice = days.dice(f"doses {days.moving.now()} {len(people)}")
    nurse = NURSE if dice.random() < 0.6 else OTHER_NURSE
    actor = days.become(nurse)
    rids = tuple(one.rid for one in people)
    due: tuple[SlotRow, ...] = days.station.desk.ask_now(Waits(rids))
    if under_way:
        due = due[: len(due) // 2]
    odd = [slot for slot in due if dice.random() < _RARE]
    plain = [slot.key for slot in due if slot.ready and slot not in odd]
    if plain:
        days.station.desk.do_now(GiveAll(tuple(plain)))
    for slot in odd:
        _try(days, NotGiven(slot.key, dice.choice(_ODD)))
    second = HEAD_NURSE if actor.number != HEAD_NURSE else NURSE
    for slot in due:
        if slot.prompts and slot not in odd:
            _answer(days, slot, second, dice)


def _answer(days: Days, slot: SlotRow, second: str, dice: random.Random) -> None:
    kinds = {one.what for one in slot.prompts}
    if any(one.refuses for one in slot.prompts):
        return
    if slot.holds:
        _try(days, NotGiven(slot.key, 8))
        return
    said = Said(
        check="key" if prompts.SELF_CHECK in kinds else "",
        second=_second(days, second) if prompts.SECOND in kinds else None,
        despite="已问过，老人无不适" if kinds & {prompts.MEASURE, prompts.ALERT} else "",
        late="老人外出刚回" if prompts.LATE in kinds else "",
        site=dice.choice(slot.sites) if slot.sites else "",
    )
    _try(days, Give(slot.key, said))


def _afterwards(days: Days, full: Person, others: Sequence[Person]) -> None:
    """A course that is over soon, one transcribed from a hospital, one stopped, one that waits to be checked."""
    desk = days.station.desk
    issued = _issue(
        days,
        full.rid,
        (course("furosemide-tab-20", "20", ""), course("ambroxol-tab-30", "30", "3", frequency="tid")),
    )
    days.become(HEAD_NURSE)
    for one in issued:
        desk.do_now(CheckOrders((Seen(one.rid, 1),)))
    if issued:
        desk.do_now(StopOrder(Seen(issued[0].rid, 2), "踝部水肿消退", doctor_name="陈永康"))
    if others:
        days.become(NURSE)
        form = course(
            "ibuprofen-sr-cap-0.3g", "0.3", "3", frequency="bid", doctor_name="刘海峰", hospital="市第一医院骨科",
            origin="hospital", indication="腰痛",
        )  # fmt: skip
        _try(days, TranscribeOrders(others[0].rid, (form,)))
        _issue(days, others[-1].rid, (course("mecobalamin-tab-0.5", "0.5", "14", frequency="tid"),))


def _prescribe(days: Days, person: Person) -> None:
    """A long prescription of four weeks; with thirty days of demo it ends within the week."""
    doctor = days.become(DOCTOR)
    taken: tuple[Running, ...] = days.station.desk.ask_now(RunningMedicines(person.rid))
    orders = tuple(one.order for one in taken if not one.prn)
    said = "高血压病"
    basis = "近两次血压 134/78、128/76 mmHg"
    proof_now = _proof(days, doctor.rid)
    _try(days, PrescribeLong(person.rid, orders, 4, said, basis, proof_now, seen_in_person=True))


def _refuse(days: Days, people: Sequence[Person]) -> None:
    """One resident refuses a medicine three mornings running: a matter for the doctor."""
    days.become(NURSE)
    due: tuple[SlotRow, ...] = days.station.desk.ask_now(Waits(tuple(one.rid for one in people)))
    for slot in due[:1]:
        _try(days, NotGiven(slot.key, 1))


def _when_needed(days: Days, people: Sequence[Person]) -> None:
    """A pain killer was given a while ago: its effect is to be looked at."""
    days.become(NURSE)
    for person in people:
        taken: tuple[Running, ...] = days.station.desk.ask_now(RunningMedicines(person.rid))
        when_needed = [one.order for one in taken if one.prn]
        if when_needed:
            _try(days, GivePrn(when_needed[0], "左膝疼痛，NRS 5 分"))
            return


def _try(days: Days, order: object) -> None:
    """A demo goes on where a rule says no, as the nurse would."""
    try:
        days.station.desk.do_now(order)  # type: ignore[arg-type]  # any order
    except Refusal:
        return


def _second(days: Days, number: str) -> Proof:
    actor = days.station.desk.actor
    rid = days.become(number).rid
    days.station.desk.actor = actor
    return _proof(days, rid)


def _proof(days: Days, staff: UUID) -> Proof:
    """The proof a password would give; deriving a key for each would take the demo minutes."""
    return proof.make(days.station.desk.surroundings.seals, staff, days.moving.now())
