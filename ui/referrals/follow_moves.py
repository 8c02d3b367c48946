"""What every task of a move is made from: the referral as it stands, the clock, the partners, fields they share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.core.clock import date_in, local
from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.core.orders import Order
from app.journals.asking import moment
from app.referrals.moving.move import LONGEST_WHY
from app.referrals.queries.one import ReferralRow
from app.referrals.queries.partner_choice import PartnerToRefer
from app.referrals.revising import Seen
from app.referrals.rules.acts import Act
from ui.forms.act_sheet import Task

Values = Mapping[str, Value]


@dataclass(frozen=True)
class Moves:
    """Makes the tasks of a referral as it stands now; `partners` where one is to be chosen."""

    row: ReferralRow
    zone: str
    now: datetime
    partners: tuple[PartnerToRefer, ...] = ()

    @property
    def today(self) -> date:
        return date_in(self.zone, self.now)

    def at(self, label: str = "时间") -> Field:
        return Field("at", label, Kind.MOMENT, required=True, today=self.today, hint="默认现在，可改到分")

    @property
    def at_now(self) -> str:
        return f"{local(self.zone, self.now):%Y-%m-%d %H:%M}"

    def instant(self, values: Values, key: str = "at") -> datetime | None:
        return moment(said(values, key), self.zone, self.today)

    def make(
        self,
        act: Act,
        fields: tuple[Field, ...],
        order: Callable[[Values, Seen], Order[Any]],
        values: Values,
        done: str,
    ) -> Task:
        line = self.row.line
        about = f"{line.name}　{line.bed}　{line.number}\n{line.partner_words or '未选接收机构'}　{line.status.words}"
        return Task(
            act.words,
            about,
            act.words,
            Form((Section("", fields),)),
            order,
            self.row.seen,
            f"{line.name} {done}。",
            values,
            grave=act in (Act.DIED, Act.STRIKE, Act.WITHDRAW),
        )


def said(values: Values, key: str) -> str:
    return str(values.get(key, "")).strip()


def why_field(label: str, placeholder: str, offered: tuple[str, ...] = ()) -> Field:
    kind = Kind.SUGGESTED if offered else Kind.TEXT
    suggest = (lambda typed: tuple(Choice(one, one) for one in offered if typed in one)) if offered else None
    return Field(
        "why", label, kind, required=True, placeholder=placeholder, max_length=LONGEST_WHY, suggest=suggest, wide=True
    )  # fmt: skip


def against_refusal(moves: Moves) -> tuple[Field, ...]:
    """Why it goes on although a refusal was signed; nothing where none was."""
    consent = moves.row.consent
    if consent is None or consent.agreed:
        return ()
    return (why_field("已签字不同意，仍要转出的理由", "如 无决定能力，紧急救治"),)


def departments(partners: tuple[PartnerToRefer, ...], typed: str) -> tuple[Choice, ...]:
    listed = dict.fromkeys(one.words for partner in partners for one in partner.departments)
    return tuple(Choice(one, one) for one in listed if typed in one)


def partner_words(one: PartnerToRefer) -> str:
    return " · ".join(filter(None, (one.name, one.way_words, one.agreement_words)))
