"""Referrals of the demo: two lie in hospital, some came back, one waits for approval, one for an answer."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.orders import Order
from app.core.resources import resource
from app.demo.days import DOCTOR, NURSE, Days, Person
from app.demo.documents import keep_documents
from app.demo.partners import agree
from app.demo.returns import come_back
from app.demo.rounds import have_doctors
from app.demo.stays import long_here
from app.referrals.around import (
    Consent,
    NoteTime,
    StartGreenChannel,
    StateReferralConsent,
    TellFamily,
    Told,
)
from app.referrals.filling import FillReferral
from app.referrals.moving import (
    AcceptReferral,
    Approve,
    Arrive,
    AskApproval,
    CancelReferral,
    Depart,
    SubmitReferral,
    TakeOver,
)
from app.referrals.revising import Seen
from app.referrals.writing import BeginReferral, ReferralForm
from app.vitals.rules import Measured
from app.vitals.service import RecordSet

MANAGER = "0002"
HOSPITALS = {"first": "安和市第一人民医院", "district": "北湖区中医院"}
WORSE = 9
"""Whose signs ask for a hospital right now: nobody has begun a referral yet."""
_WELL = (
    Measured("temperature", 37.4), Measured("pulse", 88.0), Measured("respiration", 18.0),
    Measured("blood_pressure", 128.0, 74.0), Measured("spo2", 95.0, how=(("oxygen", "air"),)),
    Measured("consciousness", words="A"),
)  # fmt: skip
_ILL = (
    Measured("temperature", 38.9, confirmed=True), Measured("pulse", 112.0, confirmed=True),
    Measured("respiration", 26.0, confirmed=True), Measured("blood_pressure", 98.0, 56.0, confirmed=True),
    Measured("spo2", 88.0, how=(("oxygen", "air"),), confirmed=True),
    Measured("consciousness", words="V", confirmed=True),
)  # fmt: skip
LEAVES = frozenset({"approve", "submit", "depart"})
"""Steps with which papers leave."""
Step = Callable[[Seen, Person, str], Order[Seen]]
_REFUSES = "本人和家属要求先在院内观察"


def refer(days: Days) -> None:
    """Every story of referrals.toml, with the partners it needs."""
    partners = agree(days)
    have_doctors(days, partners)
    people = long_here(days)
    read = tomllib.loads(resource("demo", "referrals.toml").read_text("utf-8"))
    for story in read["story"]:
        if story["person"] < len(people):
            tell(days, people[story["person"]], story, partners)
    if len(people) > WORSE:
        for before, values in ((6 * 60, _WELL), (12, _ILL)):
            at = days.now - timedelta(minutes=before)
            days.at(at, functools.partial(_measure, days, people[WORSE], values))


def tell(days: Days, person: Person, story: Mapping[str, Any], partners: Mapping[str, UUID]) -> None:
    """One story: begun, then step by step; the revision that stands goes from step to step."""
    hour, minute = (int(part) for part in story["clock"].split(":"))
    begins = days.moment(story["back"], hour, minute)
    seen: list[Seen] = []
    days.at(begins, functools.partial(_begin, days, person, story, partners, seen))
    for after, step in story["steps"]:
        at = begins + timedelta(minutes=after)
        days.at(at, functools.partial(_step, days, person, step, seen))
    if "return" in story:
        come_back(days, person, begins, story["return"], HOSPITALS[story["partner"]])


def _begin(
    days: Days, person: Person, story: Mapping[str, Any], partners: Mapping[str, UUID], seen: list[Seen]
) -> None:
    days.become(DOCTOR if story["urgency"] != "emergency" else NURSE)
    desk = days.station.desk
    filled = desk.ask_now(FillReferral(person.rid))
    form = ReferralForm(
        urgency=story["urgency"],
        impression=story["impression"],
        history=story["history"],
        past=filled.texts["past"],
        course=story["course"],
        cause=story["cause"],
        criteria=tuple(_criterion(days.moving.now(), one) for one in story.get("criteria", ())),
        sbar={**filled.sbar, "S": story["history"], "A": f"考虑{story['impression']}"},
        partner=partners[story["partner"]],
        department=story["department"],
        doctor=days.actor(DOCTOR).rid,
        doctor_name=days.actor(DOCTOR).name,
        attachments=tuple(one.kept() for one in filled.attachments if one.offered),
        belongings=tuple(story.get("belongings", ())),
    )
    seen.append(desk.do_now(BeginReferral(person.rid, form)).referral)


def _measure(days: Days, person: Person, values: tuple[Measured, ...]) -> None:
    days.become(NURSE)
    days.station.desk.do_now(RecordSet(person.rid, days.moving.now(), values))


def _criterion(now: datetime, one: list[Any]) -> dict[str, Any]:
    code, words, value, red = one
    return {"code": code, "words": words, "value": value, "red": red, "at": now.isoformat()}


def _step(days: Days, person: Person, said: str, seen: list[Seen]) -> None:
    step, _, more = said.partition(":")
    days.become(MANAGER if step == "approve" else NURSE)
    seen.append(days.station.desk.do_now(STEPS[step](seen[-1], person, more)))
    if step in LEAVES:
        keep_documents(days)


def _family(person: Person) -> Consent:
    cells = person.invented.cells
    return Consent(cells["紧急联系人"], cells["与老人关系"], on_paper=True)


def _told(person: Person, answer: str) -> Told:
    cells = person.invented.cells
    return Told(cells["紧急联系人"], answer, cells["与老人关系"], cells["联系人电话"])


def _refused(person: Person) -> Consent:
    cells = person.invented.cells
    return Consent(cells["紧急联系人"], cells["与老人关系"], agreed=False, words=_REFUSES, on_paper=True)


STEPS: dict[str, Step] = {
    "green": lambda seen, _who, _more: StartGreenChannel(seen),
    "told": lambda seen, _who, more: NoteTime(seen, "told", who=more),
    "ambulance": lambda seen, _who, _more: NoteTime(seen, "ambulance_called"),
    "here": lambda seen, _who, more: NoteTime(seen, "ambulance_here", who=more),
    "family": lambda seen, who, more: TellFamily(seen, _told(who, more)),
    "consent": lambda seen, who, _more: StateReferralConsent(seen, _family(who)),
    "ask": lambda seen, _who, _more: AskApproval(seen),
    "approve": lambda seen, _who, _more: Approve(seen),
    "submit": lambda seen, _who, _more: SubmitReferral(seen),
    "accept": lambda seen, _who, more: AcceptReferral(seen, more),
    "depart": lambda seen, _who, more: Depart(
        seen, escort=more.partition("|")[0], transport=more.partition("|")[2]
    ),
    "arrive": lambda seen, _who, _more: Arrive(seen),
    "take over": lambda seen, _who, more: TakeOver(seen, more),
    "cancel": lambda seen, who, _more: CancelReferral(seen, _refused(who)),
}
"""What a step of referrals.toml does; behind the colon, whom or what it names."""
