"""Rounds of a stretch of time: held of those planned, residents seen, what was found, medicines changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.referrals.figures.courses import Groups
from app.referrals.figures.lists import lists
from app.referrals.figures.span import Over, standing_of
from app.referrals.rules.figures import Behind, Figure, ordered, rated
from db.models import DoctorRound, Resident, RoundVisit

_STATES = {"held": "已举行", "planned": "没有举行", "cancelled": "已取消"}


def round_figures(over: Over) -> Groups:
    people, visits = lists().measure("人次"), _visits(over)
    seen = {one.resident: _visit(over, one) for one in visits}
    found = [_visit(over, one) for one in visits if one.problem]
    refer = [_visit(over, one) for one in visits if one.refer]
    lines = [(one, line) for one in visits for line in one.orders.get("all", ())]
    orders = [
        _visit(over, one, f"{line.get('words', '')} · {'已开医嘱' if line.get('order') else '还没有开医嘱'}",
               bad=not line.get("order"))
        for one, line in lines
    ]  # fmt: skip
    written = sum(bool(line.get("order")) for _one, line in lines)
    return {
        "held": (_held(over),),
        "seen": (
            Figure(
                "seen",
                "看过的老人",
                f"{len(seen)} 人",
                f"{len(visits)} 人次看诊" if visits else "没有看诊记录",
                records=ordered(seen.values()),
            ),
        ),
        "found": (
            rated("found", "发现问题", len(found), len(visits), (people, found)),
            rated("found:refer", "建议转诊", len(refer), len(visits), (people, refer)),
        ),
        "orders": (rated("orders", "已转成医嘱", written, len(lines), (lists().measure("条"), orders)),),
    }


def _held(over: Over) -> Figure:
    rows = over.reader.session.execute(
        select(
            DoctorRound.rid, DoctorRound.revision, DoctorRound.station, DoctorRound.recorded_at, DoctorRound.at,
            DoctorRound.number, DoctorRound.planned_on, DoctorRound.status, DoctorRound.doctor_name,
            DoctorRound.partner_words,
        ).where(
            DoctorRound.current,
            DoctorRound.state != "retracted",
            DoctorRound.planned_on >= over.first,
            DoctorRound.planned_on <= min(over.last, over.reader.today),
        )
    ).all()  # fmt: skip
    # one planned for today may still be held
    today = over.reader.today
    found = [
        one
        for one in standing_of(over.reader, list(rows))
        if one.status != "planned" or one.planned_on < today
    ]
    told = [
        Behind(
            "doctor_round",
            one.rid,
            None,
            one.doctor_name,
            f"{one.planned_on} · {one.number}",
            " · ".join(part for part in (_STATES[one.status], one.partner_words) if part),
            one.at,
            one.status != "held",
        )
        for one in found
    ]
    held = sum(one.status == "held" for one in found)
    figure = rated("held", "巡诊完成率", held, len(found), (lists().measure("次巡诊"), told))
    return replace(figure, bad=held < len(found))


def _visits(over: Over) -> list[Any]:
    rows = over.reader.session.execute(
        select(
            RoundVisit.rid, RoundVisit.revision, RoundVisit.station, RoundVisit.recorded_at, RoundVisit.resident,
            RoundVisit.at, RoundVisit.doctor_name, RoundVisit.doctor_round, RoundVisit.problem, RoundVisit.refer,
            RoundVisit.orders, RoundVisit.content, Resident.name,
        )
        .join(Resident, Resident.rid == RoundVisit.resident)
        .where(
            RoundVisit.current,
            RoundVisit.state != "retracted",
            RoundVisit.doctor_round.is_not(None),
            RoundVisit.at >= over.begins,
            RoundVisit.at < over.ends,
        )
        .order_by(RoundVisit.at)
    ).all()  # fmt: skip
    return [one for one in standing_of(over.reader, list(rows)) if over.holds(one.resident)]


def _visit(over: Over, one: Any, words: str = "", *, bad: bool = False) -> Behind:
    said = words or str(one.content.get("assessment", "")) or "看诊"
    under = f"{over.said(one.at)} · {one.doctor_name}"
    return Behind("round_visit", one.rid, one.resident, one.name, under, said, one.at, bad, one.doctor_round)
