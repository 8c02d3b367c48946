"""What one referral says, from its row or from a form that is still being written, with the facts it goes out with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local
from app.core.errors import Refusal
from app.core.unit import Reader
from app.printing.referral_sealing import referral_code
from app.printing.sheets.heading import Whose
from app.printing.sheets.referral_letter import Patient
from app.printing.sheets.referral_parts import ARCHIVED, Paper
from app.referrals.filling import Filled, FillReferral
from app.referrals.filling.frozen import frozen_facts, with_offered
from app.referrals.moving.move import left_behind, standing_moves
from app.referrals.rules.states import Status
from app.referrals.writing import ReferralForm
from db.models import Partner, Referral

URGENCIES = {"emergency": "急诊（立即）", "h48": "48 小时内", "elective": "择期"}
DRAFTS = frozenset({Status.DRAFT, Status.PENDING, Status.REJECTED})
"""What is no referral yet: its papers are marked 草稿 and carry no code."""
_HERE = DRAFTS | {Status.SUBMITTED, Status.ACCEPTED, Status.DECLINED}
"""The resident is still here: papers say the chart as it is, medicines and values go on until they leave."""
_CLOCK = re.compile(r"\d{1,2}:\d\d\b")
_MARKS = {Status.ARCHIVED: ARCHIVED, Status.WITHDRAWN: "已撤回", Status.CANCELLED: "已取消"}


@dataclass(frozen=True)
class Content:
    """The columns of a referral that are printed, the hospital as it was when the resident left for it; `row` None: a
    form nobody saved yet."""

    urgency: str
    impression: str
    history: str
    past: str
    course: str
    sbar: Mapping[str, Any]
    criteria: tuple[Mapping[str, Any], ...]
    attachments: tuple[Mapping[str, Any], ...]
    belongings: tuple[str, ...]
    escort: Mapping[str, Any]
    call: Mapping[str, Any]
    partner: UUID | None
    partner_words: str
    department: str
    receiver: str
    doctor_name: str
    green: bool
    times: Mapping[str, Any] = field(default_factory=dict)
    booking: str = ""
    row: Referral | None = None


@dataclass(frozen=True)
class Source:
    """Everything papers are made of. Facts are live until the resident leaves, then those of that minute."""

    reader: Reader
    said: Content
    facts: Filled

    @property
    def zone(self) -> str:
        return self.reader.settings.zone

    def when(self, at: datetime | str | None) -> str:
        """`11-14 13:52`; empty for nothing. Times of a referral are kept in ISO."""
        if not at:
            return ""
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        return f"{local(self.zone, moment):%m-%d %H:%M}"

    def dated(self, words: str) -> str:
        """Words that begin with a time of the day they were taken on get that day: paper is read later."""
        if not _CLOCK.match(words):
            return words
        return f"{local(self.zone, self.facts.taken_at):%m-%d} {words}"

    @property
    def day(self) -> datetime | None:
        """When it was sent; today for a form that is being written."""
        row = self.said.row
        at = self.reader.now if row is None else self._sent_at(row) or row.at
        return local(self.zone, at)

    @cached_property
    def status(self) -> Status:
        return Status.DRAFT if self.said.row is None else Status(self.said.row.status)

    @property
    def left(self) -> bool:
        """The papers are out of the house: what they said stays."""
        return self.said.row is not None and self.status not in _HERE

    @cached_property
    def partner(self) -> Partner | None:
        """As it stands; of a referral that left, as it stood then."""
        if self.said.partner is None:
            return None
        asked = select(Partner).where(Partner.rid == self.said.partner)
        then = asked.where(Partner.recorded_at <= self.facts.taken_at).order_by(Partner.revision.desc())
        found = self.reader.session.scalars(then.limit(1)).first() if self.left else None
        return found or self.reader.session.scalar(asked.where(Partner.current))

    @property
    def to(self) -> str:
        return " ".join(filter(None, (self.said.partner_words, self.said.department)))

    @cached_property
    def paper(self) -> Paper:
        who, row = self.facts.resident, self.said.row
        draft = self.status in DRAFTS
        return Paper(
            whose=Whose(
                self.reader.settings.institution_name, who.name, who.sex, self.age, who.bed, who.number
            ),
            number="" if row is None else row.number,
            to=self.to,
            urgency=URGENCIES.get(self.said.urgency, ""),
            printed_at=local(self.zone, self.reader.now),
            printed_by=self.reader.actor.name,
            draft=draft,
            watermark=_MARKS.get(self.status, ""),
            code="" if draft or row is None else referral_code(self.reader, row),
        )

    @property
    def age(self) -> str:
        return "" if self.facts.resident.age is None else f"{self.facts.resident.age}岁"

    @property
    def patient(self) -> Patient:
        """As the national form asks."""
        who = self.facts.resident
        phone = who.phone or next((one.phone for one in self.facts.contacts if one.phone), "")
        return Patient(who.name, who.sex, self.age, who.archive_number or who.number, who.address, phone)

    @staticmethod
    def _sent_at(row: Referral) -> datetime | None:
        sent = [
            one
            for one in row.moves.get("all", ())
            if one["to"] == Status.SUBMITTED and not one.get("taken_back")
        ]
        return datetime.fromisoformat(sent[-1]["at"]) if sent else None


def source_of_row(reader: Reader, resident: UUID, record: UUID | None) -> Source:
    """A referral of this resident; without `record` the one begun last. Refuses one that is not theirs."""
    rows = select(Referral).where(
        Referral.resident == resident, Referral.current, Referral.state != "retracted"
    )
    if record is not None:
        rows = rows.where(Referral.rid == record)
    row = reader.session.scalars(rows.order_by(Referral.at.desc()).limit(1)).first()
    if row is None:
        raise Refusal("没有这份转诊。" if record else "这位老人还没有转诊，没有转诊单可以打印。")
    return Source(reader, _content_of(row, _first_sent(reader, row)), _facts_of(reader, row))


def source_of_form(reader: Reader, resident: UUID, form: ReferralForm, facts: Filled | None = None) -> Source:
    """A referral that is still being written; `facts` where the form has them already."""
    found = facts or _taken(reader, resident)
    if found.resident.rid != resident:
        raise Refusal("病历资料不是这位老人的，请重新取病历。")
    content = Content(
        **{name: getattr(form, name) for name in _SAME},
        sbar=form.sbar,
        criteria=tuple(form.criteria),
        attachments=tuple(form.attachments),
        belongings=tuple(form.belongings),
        escort=form.escort,
        call=form.call,
    )
    return Source(reader, content, found)


def _facts_of(reader: Reader, row: Referral) -> Filled:
    kept = frozen_facts(row.attachments)
    if kept is None:
        return _taken(reader, row.resident)
    if Status(row.status) not in _HERE:
        return kept
    return replace(with_offered(_taken(reader, row.resident), row.attachments), sources={})


def _taken(reader: Reader, resident: UUID) -> Filled:
    """The chart as it is now."""
    found: Filled = FillReferral.answer(reader, FillReferral(resident))
    return found


_SAME = (
    "urgency", "impression", "history", "past", "course", "partner", "partner_words", "department", "receiver",
    "doctor_name", "green",
)  # fmt: skip


_THERE = ("partner", "partner_words", "department", "receiver", "booking")


def moved_on(row: Referral) -> tuple[Mapping[str, Any], ...]:
    """The moves to another hospital that stand."""
    return tuple(one for one in standing_moves(row) if one["to"] == Status.MOVED)


def _first_sent(reader: Reader, row: Referral) -> Referral:
    """The revision that says where the papers went: before the resident was moved on from there."""
    if not moved_on(row):
        return row
    earlier = select(Referral).where(Referral.rid == row.rid, Referral.revision < row.revision)
    rows = reader.session.scalars(earlier.order_by(Referral.revision.desc()))
    return next((one for one in rows if not moved_on(one)), row)


def _content_of(row: Referral, sent: Referral) -> Content:
    times = row.times
    if sent is not row:  # whom the first hospital was told by, none of the other's
        left, told = left_behind(row)[0]["times"], left_behind(sent)[1]
        times = left | {key: one for key, one in told.items() if key in sent.times}
    return Content(
        **{name: getattr(row, name) for name in _SAME if name not in _THERE},
        **{name: getattr(sent, name) for name in _THERE},
        sbar=row.sbar,
        criteria=tuple(row.criteria.get("all", ())),
        attachments=tuple(row.attachments.get("all", ())),
        belongings=tuple(row.belongings),
        escort=row.escort,
        call=row.call,
        times=times,
        row=row,
    )
