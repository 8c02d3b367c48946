"""A small desk for tests of referrals: two residents, a hospital with a green channel, a community centre, people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.queries import ActorByNumber
from app.compose import Station
from app.core.roles import Role
from app.core.unit import Unit
from app.referrals.around import Consent, StateReferralConsent
from app.referrals.moving import AcceptReferral, Arrive, Depart, SubmitReferral, TakeOver
from app.referrals.queries.one import ReferralById
from app.referrals.revising import Seen
from app.referrals.rules.waiting import What
from app.referrals.writing import BeginReferral, Begun, ReferralForm
from db.models import Agreement, Partner, Referral
from tests.app.care.house import DAY, Home, at, furnished
from tests.support.acts import Act
from tests.support.station import PASSWORD, PEOPLE

__all__ = ["AGREED", "DAY", "Desk", "at", "desk_of"]

AGREED = Consent("李建国", "儿子", on_paper=True)
FORM = ReferralForm(
    urgency="emergency",
    impression="肺炎？呼吸衰竭？",
    history="咳嗽发热 2 天，13:10 起嗜睡，血氧 88 %。",
    past="高血压 3 级，2 型糖尿病。",
    course="吸氧 3 L/min。",
    cause="news2",
)


@dataclass
class Desk:
    """李桂兰 and 王素芬 live here; `hospital` has an agreement on a green channel, `centre` has none."""

    home: Home
    partners: dict[str, UUID] = field(default_factory=dict)

    @property
    def station(self) -> Station:
        return self.home.station

    @property
    def li(self) -> UUID:
        return self.home.li

    @property
    def wang(self) -> UUID:
        return self.home.wang

    @property
    def hospital(self) -> UUID:
        return self.partners["hospital"]

    def become(self, who: Role) -> None:
        actor = self.station.ask_as_nobody(ActorByNumber(PEOPLE[who].number))
        assert actor is not None
        self.station.desk.actor = actor

    def put(self, hour: int, minute: int = 0, day: date = DAY) -> None:
        self.home.put(hour, minute, day)

    def do(self, order: Any) -> Any:
        return self.station.desk.do_now(order)

    def ask(self, question: Any) -> Any:
        return self.station.desk.ask_now(question)

    def proof(self, who: Role) -> Any:
        return self.station.prove(PEOPLE[who].number, PASSWORD)

    def form(self, **more: Any) -> ReferralForm:
        return replace(FORM, **{"partner": self.hospital, "department": "急诊科", **more})

    def begun(self, resident: UUID | None = None, **more: Any) -> Seen:
        """A draft."""
        begun: Begun = self.do(BeginReferral(resident or self.li, self.form(**more)))
        return begun.referral

    def away(self, resident: UUID | None = None, **more: Any) -> Seen:
        """An emergency that has left the house."""
        left: Seen = self.do(Depart(self.do(SubmitReferral(self.begun(resident, **more)))))
        return left

    def treated(self, resident: UUID | None = None) -> Seen:
        """An emergency that lies in hospital."""
        seen = self.do(Arrive(self.away(resident)))
        taken: Seen = self.do(TakeOver(seen, "刘志远"))
        return taken

    def agreed(self, seen: Seen) -> Seen:
        after: Seen = self.do(StateReferralConsent(seen, AGREED))
        return after

    def wait(self, seen: Seen, what: What) -> Any:
        """The `Wait` of this kind, None where a referral waits for none."""
        waits = self.ask(ReferralById(seen.rid)).waits
        return next((one for one in waits if one.what is what), None)

    def accepted(self, seen: Seen) -> Seen:
        after: Seen = self.do(AcceptReferral(seen, "刘志远", "急诊 3 床"))
        return after

    def row(self, seen: Seen) -> Referral:
        """The referral as it stands."""
        found: list[Referral] = []

        def look(unit: Unit) -> None:
            row = unit.session.scalar(select(Referral).where(Referral.rid == seen.rid, Referral.current))
            assert row is not None
            unit.session.expunge(row)
            found.append(row)

        self.station.desk.do_now(Act(look))
        return found[0]


def desk_of(station: Station) -> Iterator[Desk]:
    """The house at 06:00, with its partners, who is at the desk there stays."""
    for home in furnished(station):
        desk = Desk(home)

        station.desk.do_now(Act(partial(_partners, desk)))
        yield desk


def _partners(desk: Desk, unit: Unit) -> None:
    for key, name, kind in (
        ("hospital", "安和市第一人民医院", "hospital"),
        ("other", "安和区中医院", "hospital"),
        ("centre", "梧桐社区卫生服务中心", "community"),
    ):
        row = Partner(**unit.stamp(), revision=1, name=name, kind=kind, phone="0592-5550120")
        unit.session.add(row)
        desk.partners[key] = row.rid
    green = Agreement(
        **unit.stamp(),
        revision=1,
        partner=desk.partners["hospital"],
        what="green",
        words="绿色通道协议",
        begins=date(2026, 1, 1),
        ends=date(2027, 6, 30),
        terms={"pay_later": True},
    )
    unit.session.add(green)
