"""The list of referrals: to be dealt with, outside, back and not finished, all; found by name, filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, or_, select

from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.queries.rows import ReferralLine, lines, statement
from app.referrals.rules.states import OVER, Status
from app.residents.search_text import like_pattern
from db.models import Referral, ResidentSearch

TO_DO, OUTSIDE, AFTER, ALL = "to_do", "outside", "after", "all"
GROUPS = {TO_DO: "待处理", OUTSIDE: "在外", AFTER: "待返院处理", ALL: "全部"}


@dataclass(frozen=True)
class Filters:
    """`group` is one of GROUPS; `text` as in the search of residents, or a number; `cause` a code of criteria.toml;
    `month`: any day of the month in which it was begun."""

    group: str = TO_DO
    text: str = ""
    cause: str = ""
    partner: UUID | None = None
    month: date | None = None


@dataclass(frozen=True)
class Page:
    """A stretch of the list, how many there are in all, and how many each group has under the same filters."""

    rows: tuple[ReferralLine, ...]
    count: int
    groups: Mapping[str, int]


@dataclass(frozen=True)
class ReferralList(Question[Page]):
    """What is open the latest first; 全部 by when it was begun, the newest first."""

    filters: Filters = Filters()
    limit: int = 100
    offset: int = 0


@answers(ReferralList)
def referral_list(reader: Reader, question: ReferralList) -> Page:
    reader.require(Right.READ_RESIDENTS)
    asked = question.filters
    wanted = _wanted(reader, asked)
    opened = open_lines(reader, *wanted)
    counts = {key: sum(group_of(one) == key for one in opened) for key in (TO_DO, OUTSIDE, AFTER)}
    counts[ALL] = _count(reader, wanted)
    if asked.group != ALL:
        found = [one for one in opened if group_of(one) == asked.group]
        stretch = found[question.offset : question.offset + question.limit]
        return Page(tuple(stretch), len(found), counts)
    rids = reader.session.scalars(
        select(Referral.rid)
        .where(Referral.current, Referral.state != "retracted", *wanted)
        .group_by(Referral.rid)
        .order_by(func.max(Referral.at).desc(), Referral.rid)
        .limit(question.limit)
        .offset(question.offset)
    ).all()
    shown = {one.rid: one for one in lines(reader, statement().where(Referral.rid.in_(rids)))}
    return Page(tuple(shown[rid] for rid in rids if rid in shown), counts[ALL], counts)


def open_lines(reader: Reader, *wanted: Any) -> tuple[ReferralLine, ...]:
    """Every referral that is not over, the latest first, then the emergencies, then by their last move."""
    asked: Select[Any] = statement().where(Referral.status.not_in([one.value for one in OVER]), *wanted)
    return tuple(
        sorted(
            lines(reader, asked),
            key=lambda one: (-one.late, not one.urgent, one.moved_at or one.begun_at, one.number),
        )
    )


def group_of(one: ReferralLine) -> str:
    """Where an open referral is listed: the house has to do something, the resident is outside, or is back."""
    if one.status in (Status.RETURNED, Status.ASSESSED) or (one.status.outside and one.back):
        return AFTER
    if one.status.outside:
        return OUTSIDE
    return TO_DO


def _count(reader: Reader, wanted: list[Any]) -> int:
    asked = select(func.count(func.distinct(Referral.rid))).where(
        Referral.current, Referral.state != "retracted", *wanted
    )
    return reader.session.scalar(asked) or 0


def _wanted(reader: Reader, filters: Filters) -> list[Any]:
    wanted: list[Any] = []
    if filters.cause:
        wanted.append(Referral.cause == filters.cause)
    if filters.partner is not None:
        wanted.append(Referral.partner == filters.partner)
    if filters.month is not None:
        begins, ends = month_of(reader.settings.zone, filters.month)
        wanted += [Referral.at >= begins, Referral.at < ends]
    if filters.text.strip():
        pattern = like_pattern(filters.text)
        people = select(ResidentSearch.rid).where(ResidentSearch.text.like(pattern, escape="\\"))
        number = Referral.number.like(pattern, escape="\\")
        wanted.append(or_(Referral.resident.in_(people), number))
    return wanted


def month_of(zone: str, day: date) -> tuple[datetime, datetime]:
    """The instants the month of a day begins and the next one."""
    first = day.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    begins, ends = (datetime.combine(one, time(), ZoneInfo(zone)) for one in (first, after))
    return begins, ends
