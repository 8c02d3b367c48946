"""Referrals of a stretch of time, and the figures of them: reasons, partners, outcomes, times, answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.referrals.criteria import cause_words
from app.referrals.figures.lists import lists
from app.referrals.figures.span import Over, standing_of
from app.referrals.queries.rows import URGENCIES
from app.referrals.rules.courses import (
    GRAVE,
    OUTCOMES,
    STRETCHES,
    Asked,
    Course,
    asked,
    leg_of,
    outcome,
    stretch,
)
from app.referrals.rules.figures import (
    Behind,
    Figure,
    by_size,
    counted,
    parted,
    rated,
    spread_figure,
)
from app.referrals.rules.legs import legs_of
from app.referrals.rules.states import Status
from app.referrals.rules.waiting import span
from app.referrals.times import times
from db.models import Referral, Resident

Groups = dict[str, tuple[Figure, ...]]
NO_PARTNER, NO_CAUSE = "未选接收机构", "未填原因"


def courses(over: Over) -> list[Course]:
    """Every referral begun in the time, as it stands."""
    columns: tuple[Any, ...] = (
        Referral.rid, Referral.revision, Referral.station, Referral.recorded_at, Referral.resident,
        Referral.number, Referral.at, Referral.cause, Referral.partner, Referral.partner_words, Referral.urgency,
        Referral.green, Referral.status, Referral.moves, Referral.times, Resident.name,
    )  # fmt: skip
    rows = over.reader.session.execute(
        select(*columns)
        .join(Resident, Resident.rid == Referral.resident)
        .where(
            Referral.current,
            Referral.state != "retracted",
            Referral.at >= over.begins,
            Referral.at < over.ends,
        )
    ).all()
    return [_course(row) for row in standing_of(over.reader, list(rows)) if over.holds(row.resident)]


def sent_figures(over: Over, found: list[Course]) -> Groups:
    """What was sent where and why, and what became of it."""
    measure = lists().measure("份")
    outcomes = {one.rid: outcome(one) for one in found}

    told = {one.rid: _told(over, one, outcomes[one.rid]) for one in found}

    def split(key: Callable[[Course], tuple[str, str]]) -> dict[tuple[str, str], list[Behind]]:
        groups: dict[tuple[str, str], list[Behind]] = defaultdict(list)
        for one in found:
            groups[key(one)].append(told[one.rid])
        return groups

    names = {one.partner: one.partner_words for one in sorted(found, key=lambda one: one.at)}
    by_outcome = split(lambda one: (outcomes[one.rid], OUTCOMES[outcomes[one.rid]]))
    by_urgency = split(lambda one: (one.urgency, URGENCIES[one.urgency]))
    gone = [one for one in found if one.left]
    moved = [told[one.rid] for one in gone if one.moved_on]
    return {
        "cause": parted("cause", by_size(split(lambda one: (one.cause, _cause(one)))), measure),
        "partner": parted(
            "partner", by_size(split(lambda one: (one.partner, names[one.partner] or NO_PARTNER))), measure
        ),
        "urgency": parted("urgency", _in_order(by_urgency, URGENCIES), measure),
        "outcome": tuple(
            replace(one, bad=bool(one.records) and one.code.removeprefix("outcome:") in GRAVE)
            for one in parted("outcome", _in_order(by_outcome, OUTCOMES), measure)
        ),
        "moved": (counted("moved", "途中转往他院", moved, len(gone), measure),),
    }


def time_figures(over: Over, found: list[Course]) -> Groups:
    """Door to door, the green channel, answers of partners."""
    least, measure = lists().least, lists().measure("份")
    urgent = [one for one in found if one.urgent]
    gone = [one for one in urgent if one.left]
    green = [
        _behind(over, one, "绿色通道" if one.green else "急诊，未启用绿色通道", bad=not one.green)
        for one in urgent
    ]
    return {
        "door": tuple(
            spread_figure(f"door:{key}", words, [_timed(over, one, key) for one in gone], least)
            for key, (words, _begins, _ends) in STRETCHES.items()
        ),
        "green": (
            rated("green", "绿色通道占比", sum(one.green for one in urgent), len(urgent), (measure, green)),
        ),
        **_answers(over, found),
    }


def _answers(over: Over, found: list[Course]) -> Groups:
    """How long partners took to answer, and how often too long."""
    told = [
        (one.urgency, call, _call(over, one, call)) for one in found for call in asked(one, over.reader.now)
    ]
    records = [record for _urgency, _call, record in told]
    late = sum(one.bad for one in records)
    overdue = rated("overdue", "答复超时", late, len(told), (lists().measure("次提交"), records))
    return {
        "answer": tuple(
            spread_figure(
                f"answer:{key}",
                f"答复（{words}）",
                [
                    (call.answered - call.at if call.answered else None, record)
                    for urgency, call, record in told
                    if urgency == key
                ],
                lists().least,
            )
            for key, words in URGENCIES.items()
        ),
        "overdue": (replace(overdue, bad=late > 0),),
    }


def _course(row: Any) -> Course:
    moves = [one for one in row.moves.get("all", ()) if not one.get("taken_back")]
    started, left = row.times.get("started"), row.times.get("left")
    return Course(
        rid=row.rid,
        resident=row.resident,
        name=row.name,
        number=row.number,
        at=row.at,
        cause=row.cause,
        partner=str(row.partner) if row.partner is not None else row.partner_words,
        partner_words=row.partner_words,
        urgency=row.urgency,
        green=row.green,
        status=Status(row.status),
        moves=tuple((Status(one["to"]), datetime.fromisoformat(one["at"])) for one in moves),
        started=datetime.fromisoformat(started) if started else None,
        departed=datetime.fromisoformat(left) if left else None,
        legs=legs_of(moves, row.partner_words, row.times),
    )


def _cause(one: Course) -> str:
    return cause_words(one.cause) if one.cause else NO_CAUSE


def _told(over: Over, one: Course, code: str) -> Behind:
    words = f"{OUTCOMES[code]} · {one.partner_words or NO_PARTNER}"
    return _behind(over, one, words, bad=code in GRAVE)


def _behind(over: Over, one: Course, words: str, *, bad: bool = False) -> Behind:
    under = f"{over.said(one.at)} · {one.number}"
    return Behind("referral", one.rid, one.resident, one.name, under, words, one.at, bad)


def _timed(over: Over, one: Course, key: str) -> tuple[Any, Behind]:
    took = stretch(one, key)
    words = "缺时间" if took is None else span(took)
    where = leg_of(one, key).hospital or NO_PARTNER
    return took, _behind(over, one, f"{words} · {where}", bad=took is None)


def _call(over: Over, one: Course, call: Asked) -> Behind:
    limit = times().answer[one.urgency]
    late = call.late(limit)
    took = span(call.until - call.at)
    words = f"{took}{'答复' if call.answered else '没有答复'}，时限 {span(limit)}"
    return _behind(over, one, f"{'超时 · ' if late else ''}{words} · {one.partner_words}", bad=late)


def _in_order(
    groups: Mapping[tuple[str, str], list[Behind]], order: Mapping[str, str]
) -> dict[tuple[str, str], list[Behind]]:
    """In the order of a list, what nobody was in left out."""
    return {(code, words): groups[code, words] for code, words in order.items() if (code, words) in groups}
