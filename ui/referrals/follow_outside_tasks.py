"""Moves from the departure on as tasks of the sheet, and the one that strikes the last move."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.core.form import Choice, Field, Kind, read_date
from app.referrals.drafted import TRANSPORTS
from app.referrals.moving import (
    Arrive,
    Depart,
    MoveOn,
    NoShow,
    RecordDeath,
    StrikeMove,
    TakeOver,
)
from app.referrals.queries.one import CARE
from app.referrals.revising import Seen
from app.referrals.rules.acts import Act
from app.referrals.times import times
from ui.forms.act_sheet import Task
from ui.referrals.follow_moves import Moves, Values, against_refusal, departments, said, why_field

KEPT = (Choice("yes", "留床"), Choice("no", "不留床"))


def _depart(moves: Moves) -> Task:
    until = moves.today + times().keep_bed
    ways = tuple(TRANSPORTS.values())
    transport = Field(
        "transport", "交通", Kind.SUGGESTED, max_length=40,
        suggest=lambda typed: tuple(Choice(one, one) for one in ways if typed in one),
    )  # fmt: skip
    fields = (
        moves.at("离院时间"),
        Field("escort", "陪同人", max_length=40, placeholder="姓名和身份"),
        transport,
        Field("kept", "床位", Kind.CHOICE, required=True, choices=KEPT),
        Field("until", "留床到", Kind.DATE, earliest=moves.today),
        *against_refusal(moves),
    )

    def order(values: Values, seen: Seen) -> Depart:
        kept = said(values, "kept") == "yes"
        return Depart(
            seen,
            moves.instant(values),
            said(values, "escort"),
            said(values, "transport"),
            bed_kept=kept,
            keep_until=read_date(said(values, "until")) if kept else None,
            why=said(values, "why"),
        )

    escort = moves.row.escort
    values = {
        "at": moves.at_now,
        "escort": str(escort.get("persons") or ""),
        "transport": str(escort.get("transport") or ""),
        "kept": "yes",
        "until": until.isoformat(),
    }
    return moves.make(Act.DEPART, fields, order, values, "已出发，用药、照护、康复已暂停")


def _arrive(moves: Moves) -> Task:
    return moves.make(
        Act.ARRIVE,
        (moves.at("到达时间"),),
        lambda v, seen: Arrive(seen, moves.instant(v)),
        {"at": moves.at_now},
        "已到达",
    )


def _take_over(moves: Moves) -> Task:
    care = tuple(Choice(key, words) for key, words in CARE.items())
    fields = (
        moves.at("接诊时间"),
        Field("by", "接诊人", max_length=40, placeholder="医院谁接的"),
        Field("care", "怎样处理", Kind.CHOICE, required=True, choices=care),
    )
    return moves.make(
        Act.TAKE_OVER,
        fields,
        lambda v, seen: TakeOver(seen, said(v, "by"), said(v, "care"), moves.instant(v)),
        {"at": moves.at_now, "by": moves.row.receiver, "care": "inpatient"},
        "已接诊",
    )


def _move_on(moves: Moves) -> Task:
    names = {one.name: one for one in moves.partners}
    here = moves.row.line.partner_words
    others = tuple(one for one in moves.partners if one.name != here)
    partner = Field(
        "partner", "转往哪家", Kind.SUGGESTED, required=True, max_length=60, wide=True,
        placeholder="选协作机构，或写医院名称",
        suggest=lambda typed: tuple(Choice(one.name, one.name) for one in others if typed in one.name),
    )  # fmt: skip
    department = Field("department", "科室", Kind.SUGGESTED, suggest=partial(departments, moves.partners))
    fields = (partner, department, why_field("为什么转院", "如 要做手术"), moves.at("转院时间"))

    def order(values: Values, seen: Seen) -> MoveOn:
        known = names.get(said(values, "partner"))
        return MoveOn(
            seen,
            said(values, "why"),
            known.rid if known else None,
            "" if known else said(values, "partner"),
            said(values, "department"),
            moves.instant(values),
        )

    return moves.make(Act.MOVE_ON, fields, order, {"at": moves.at_now}, "已登记转往他院")


def _no_show(moves: Moves) -> Task:
    fields = (why_field("为什么没有到", "如 家属带回家"), moves.at("得知时间"))
    return moves.make(
        Act.NO_SHOW,
        fields,
        lambda v, seen: NoShow(seen, said(v, "why"), moves.instant(v)),
        {"at": moves.at_now},
        "已登记失约",
    )


def _died(moves: Moves) -> Task:
    fields = (why_field("死亡原因", "医院或医生的说法"), moves.at("死亡时间"))
    return moves.make(
        Act.DIED,
        fields,
        lambda v, seen: RecordDeath(seen, said(v, "why"), moves.instant(v)),
        {"at": moves.at_now},
        "已登记死亡，请办理退住",
    )


def _strike(moves: Moves) -> Task:
    last = moves.row.last
    words = last.to.words if last else ""
    field = why_field(f"为什么撤销“{words}”", "如 点错了、对方更正")
    return moves.make(
        Act.STRIKE, (field,), lambda v, seen: StrikeMove(seen, said(v, "why")), {}, f"已撤销“{words}”"
    )


OUTSIDE: dict[Act, Callable[[Moves], Task]] = {
    Act.DEPART: _depart,
    Act.ARRIVE: _arrive,
    Act.TAKE_OVER: _take_over,
    Act.MOVE_ON: _move_on,
    Act.NO_SHOW: _no_show,
    Act.DIED: _died,
    Act.STRIKE: _strike,
}
