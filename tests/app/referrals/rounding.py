"""A house in which doctors come on rounds: an agreement of every 14 days, a doctor of the hospital, our own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.core.roles import Role
from app.core.strokes import kept_strokes
from app.referrals.partners import AddAgreement, AddVisitingDoctor, AgreementForm, Terms, VisitingForm
from app.referrals.revising import Seen
from app.referrals.rounds import (
    AskAbout,
    BeginRound,
    PlanRound,
    RoundById,
    RoundForm,
    RoundWhole,
    Visit,
    VisitForm,
)
from tests.app.referrals.house import DAY, Desk
from tests.support.station import PEOPLE

FOUND = VisitForm(
    complaint="头晕 3 天",
    vitals="血压 158/92 mmHg",
    examined="双肺呼吸音清，心率 82 次/分，律齐",
    assessment="高血压控制不佳",
    orders=("氨氯地平 5 mg 改为 10 mg 每日一次", "停用布洛芬"),
    exams="肾功能、电解质",
    nursing="监测血压，每日 2 次",
    rehab="暂停步行训练 2 天",
    education="低盐饮食",
    fee="30",
    problem=True,
)
DRAWN: dict[str, Any] = kept_strokes((((10, 10), (200, 120), (400, 60)),))


@dataclass
class Rounding:
    """`visitor` comes from the hospital; `planned` is tomorrow's round by them, with 李桂兰 on its list."""

    desk: Desk
    visitor: UUID
    planned: UUID

    def whole(self, rid: UUID | None = None) -> RoundWhole:
        found: RoundWhole = self.desk.ask(RoundById(rid or self.planned))
        return found

    @property
    def seen(self) -> Seen:
        return self.whole().line.seen

    def begin(self) -> None:
        """It is the day of the round, 09:10, and the doctor is here."""
        self.desk.put(9, 10, DAY + timedelta(days=1))
        self.desk.do(BeginRound(self.seen))

    def visited(self, resident: UUID | None = None, form: VisitForm = FOUND) -> Seen:
        seen: Seen = self.desk.do(Visit(self.planned, resident or self.desk.li, form))
        return seen

    def staff(self, who: Role) -> UUID:
        """The account of somebody."""
        before = self.desk.station.desk.actor
        self.desk.become(who)
        rid: UUID = self.desk.station.desk.actor.rid  # type: ignore[union-attr]  # somebody is at the desk now
        self.desk.station.desk.actor = before
        assert PEOPLE[who]
        return rid


def rounding(desk: Desk) -> Rounding:
    """The partner's doctor, the agreement, and tomorrow's round; the nurse is at the desk."""
    desk.become(Role.HEAD_NURSE)
    desk.do(
        AddAgreement(
            desk.hospital,
            AgreementForm(
                "rounds", DAY - timedelta(days=10), DAY + timedelta(days=300), terms=Terms(visit_days=14)
            ),
        )
    )
    visitor = desk.do(
        AddVisitingDoctor(
            VisitingForm("欧阳志强", date(2026, 1, 1), None, "神经内科", "副主任医师"), desk.hospital
        )
    )
    desk.become(Role.NURSE)
    planned = desk.do(PlanRound(RoundForm(DAY + timedelta(days=1), visitor=visitor)))
    desk.do(AskAbout(desk.li, "近 3 天头晕，血压偏高，是否加药？", planned))
    return Rounding(desk, visitor, planned)
