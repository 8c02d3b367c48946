"""What belongs to a referral beside its state, as tasks of the sheet: family told, a time of the green channel, 120."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.core.clock import local
from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.core.orders import Order
from app.referrals.around import (
    GREEN_TIMES,
    SIGNS,
    HandOver,
    KeepHandOver,
    KeepScript,
    NoteTime,
    Script,
    StartGreenChannel,
    TellFamily,
    Told,
)
from app.referrals.around.calling import GOODS, HANDED, LONGEST_LINE, LONGEST_TEXT
from app.referrals.around.telling import ANSWERS
from app.referrals.filling import Filled
from app.referrals.revising import Seen
from ui.forms.act_sheet import Task
from ui.referrals.follow_cpr import cpr_fields, cpr_of, cpr_values
from ui.referrals.follow_moves import Moves, Values, said

_SIGNS = tuple(Choice(key, words) for key, words in SIGNS.items())
_HINTS = {
    "address": ("地址：路、门牌、楼栋、楼层", LONGEST_LINE),
    "meeting": ("接应：谁在哪里等，电梯", LONGEST_LINE),
    "phone": ("回拨电话", 40),
    "symptoms": ("主要症状", LONGEST_TEXT),
    "since": ("什么时候开始", LONGEST_LINE),
    "done": ("已做急救：CPR、AED、吸氧、给药", LONGEST_TEXT),
    "background": ("基础病、抗凝、过敏", LONGEST_TEXT),
    "infectious": ("是否传染", LONGEST_LINE),
    "whither": ("目标医院", LONGEST_LINE),
    "companion": ("谁随车", LONGEST_LINE),
}
_LONG = frozenset({"symptoms", "done", "background"})
_WHOLE = frozenset({"address", "meeting"})
"""Read out as they stand: nothing of them may be out of sight."""


def tell_task(moves: Moves) -> Task:
    """F: who was told, when, and what they answered."""
    answers = tuple(Choice(key, words) for key, words in ANSWERS.items())
    fields = (
        Field("answer", "答复", Kind.CHOICE, required=True, choices=answers, wide=True),
        Field("name", "家属姓名", required=True, max_length=40),
        Field("relation", "关系", max_length=20),
        Field("phone", "电话", max_length=40),
        moves.at("告知时间"),
        Field("words", "说明", max_length=80, placeholder="家属说了什么", wide=True),
    )

    def order(values: Values, seen: Seen) -> TellFamily:
        told = Told(
            said(values, "name"),
            said(values, "answer"),
            said(values, "relation"),
            said(values, "phone"),
            said(values, "words"),
            moves.instant(values),
        )
        return TellFamily(seen, told)

    return _task(moves, _Asked("告知家属", fields, {"at": moves.at_now}, "家属告知已登记"), order)


def time_task(moves: Moves, what: str) -> Task:
    """One time of the green channel: when, and whom it was said to."""
    line = next(one for one in moves.row.times if one.code == what)
    whom = {"told": "接电话人", "ambulance_called": "接警员", "ambulance_here": "车牌"}.get(what)
    known = f"{local(moves.zone, line.at):%Y-%m-%d %H:%M}" if line.at else moves.at_now
    at = Field("at", GREEN_TIMES[what], Kind.MOMENT, required=True, today=moves.today)
    fields = (at, *((Field("who", whom, max_length=40),) if whom else ()))

    def order(values: Values, seen: Seen) -> Order[Any]:
        if what == "started" and not moves.row.line.green:
            return StartGreenChannel(seen, moves.instant(values))
        return NoteTime(seen, what, moves.instant(values), said(values, "who"))

    values = {"at": known, "who": line.whom}
    return _task(moves, _Asked(GREEN_TIMES[what], fields, values, f"{GREEN_TIMES[what]}已记录"), order)


def script_task(moves: Moves, filled: Filled | None, address: dict[str, str]) -> Task:
    """What is read out to 120, in the order it asks; filled from the chart where nobody wrote it yet."""
    kept = moves.row.script
    values = asdict(kept) if kept is not None else {**script_values(moves, filled), **address}
    fields = [_line("address"), _line("meeting")]
    fields += [
        Field("conscious", "意识", Kind.CHOICE, choices=_SIGNS),
        Field("breathing", "呼吸", Kind.CHOICE, choices=_SIGNS),
    ]
    fields += [_line(name) for name in ("phone", "since", "symptoms", "done", "background")]
    fields += [_line(name) for name in ("infectious", "whither", "companion")]
    called = {one.code: one.at for one in moves.row.times}.get("ambulance_called")
    fields.append(Field("called", "呼叫 120 的时间", Kind.MOMENT, today=moves.today, hint="还没打就空着"))

    def order(values: Values, seen: Seen) -> KeepScript:
        names = (*_HINTS, "conscious", "breathing")
        script = Script(**{name: said(values, name) for name in names})
        return KeepScript(seen, script, moves.instant(values, "called") if said(values, "called") else None)

    at = f"{local(moves.zone, called):%Y-%m-%d %H:%M}" if called else moves.at_now
    asked = _Asked("呼叫 120", tuple(fields), {**values, "called": at}, "120 呼救内容已保存")
    return _task(moves, asked, order)


def script_values(moves: Moves, filled: Filled | None) -> dict[str, str]:
    """What the chart says to 120's questions."""
    row = moves.row
    sbar = {key: text for key, _title, text in row.sbar}
    values = {
        "symptoms": sbar.get("S") or dict(row.texts).get("主要现病史（转出原因）", ""),
        "done": row.form.course,
        "background": row.form.past,
        "whither": row.line.partner_words,
        "companion": str(row.escort.get("persons") or ""),
    }
    if filled is None:
        return values
    thinners = [one for one in filled.medicines if one.is_("anticoagulant")]
    last = "；".join(f"{one.words} {one.last}" for one in thinners)
    parts = ("、".join(one.words for one in filled.diagnoses), f"抗凝：{last}" if last else "")
    background = "；".join(filter(None, (*parts, f"过敏：{filled.allergies.words}")))
    isolation = "、".join(one.words for one in filled.isolation)
    return {**values, "background": background[:LONGEST_TEXT], "infectious": isolation or "未记录"}


def hand_over_task(moves: Moves, filled: Filled | None) -> Task:
    """V: what the crew of the ambulance took over."""
    listed = dict.fromkeys((*GOODS, *moves.row.belongings, *_handed(moves)))
    fields = (
        Field("here", "120 到场", Kind.MOMENT, today=moves.today),
        Field("done", "交接完毕", Kind.MOMENT, today=moves.today),
        Field("plate", "车牌", max_length=40),
        Field("crew", "随车医护", max_length=60),
        Field("vitals", "交接时体征", Kind.LINES, max_length=LONGEST_TEXT),
        Field("items", "交接物品", Kind.CHOICES, choices=tuple(Choice(one, one) for one in listed)),
        Field("companion", "随行人", max_length=60),
        Field("whither", "送往", max_length=60),
        Field("said", "口头交代", Kind.LINES, max_length=LONGEST_TEXT),
        *cpr_fields(moves),
    )

    def order(values: Values, seen: Seen) -> KeepHandOver:
        items = values.get("items", ())
        hand = HandOver(
            **{name: said(values, name) for name in HANDED},
            items=items if isinstance(items, tuple) else (),
            cpr=cpr_of(moves, values),
            no_cpr=said(values, "cpr") == "no",
        )
        here = moves.instant(values, "here") if said(values, "here") else None
        return KeepHandOver(seen, hand, here, moves.instant(values, "done") if said(values, "done") else None)

    return _task(
        moves, _Asked("与 120 交接", fields, hand_over_values(moves, filled), "交接记录已保存"), order
    )


def hand_over_values(moves: Moves, filled: Filled | None) -> dict[str, Value]:
    """What was handed over, or what is there to be handed over."""
    row, kept = moves.row, moves.row.hand_over
    vitals = "，".join(one.words for one in filled.vitals) if filled else ""
    here = {one.code: one.at for one in row.times}.get("ambulance_here")
    done = row.more_times.get("handed_over")
    values: dict[str, Value] = {
        "here": f"{local(moves.zone, here):%Y-%m-%d %H:%M}" if here else moves.at_now,
        "done": f"{local(moves.zone, done):%Y-%m-%d %H:%M}" if done else moves.at_now,
        "plate": str(row.escort.get("plate") or ""),
        "vitals": vitals[:LONGEST_TEXT],
        "items": row.belongings,
        "companion": str(row.escort.get("persons") or ""),
        "whither": row.line.partner_words,
    }
    values |= cpr_values(moves)
    return values if kept is None else values | {name: getattr(kept, name) for name in (*HANDED, "items")}


def _handed(moves: Moves) -> tuple[str, ...]:
    return moves.row.hand_over.items if moves.row.hand_over is not None else ()


def _line(name: str) -> Field:
    words, longest = _HINTS[name]
    long = name in _LONG
    return Field(
        name, words, Kind.LINES if long else Kind.TEXT, max_length=longest, wide=long or name in _WHOLE
    )


@dataclass(frozen=True)
class _Asked:
    title: str
    fields: tuple[Field, ...]
    values: Mapping[str, Value]
    done: str


def _task(moves: Moves, asked: _Asked, order: Callable[[Values, Seen], Order[Any]]) -> Task:
    line = moves.row.line
    return Task(
        asked.title,
        f"{line.name}　{line.bed}　{line.number}",
        "保存",
        Form((Section("", asked.fields),)),
        order,
        moves.row.seen,
        f"{line.name} {asked.done}。",
        asked.values,
    )
