"""Rounds, the people on one, and changes of medicines, as columns of their tables."""

from __future__ import annotations

from datetime import date

from app.core.clock import local
from app.referrals.rounds import PersonRow, RoundLine, SettledLine, ToWrite, VisitRow
from app.referrals.rounds.brief import Brief
from app.referrals.rules.rounds import RoundState
from ui.kit import Column, cells
from ui.style import Tone

_DAYS = "一二三四五六日"
_TONES = {
    RoundState.PLANNED: Tone.INFO,
    RoundState.GOING_ON: Tone.WARN,
    RoundState.HELD: Tone.OK,
    RoundState.CANCELLED: Tone.NEUTRAL,
}


def day_words(day: date, today: date) -> str:
    """`今天 周三`, `12-09 周三`."""
    near = {0: "今天", 1: "明天", -1: "昨天"}.get((day - today).days, "")
    shown = near or (f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}")
    return f"{shown} 周{_DAYS[day.weekday()]}"


def round_state(line: RoundLine) -> tuple[str, Tone]:
    """The badge of a round: what it lacks before what it is."""
    if line.late:
        return "未登记", Tone.DANGER
    if line.state is RoundState.HELD and line.unsigned:
        return "待签名", Tone.ORANGE
    if line.state is RoundState.HELD and line.uncosigned:
        return "待护士签", Tone.WARN
    return line.state.words, _TONES[line.state]


def round_columns(zone: str, today: date) -> tuple[Column[RoundLine], ...]:
    def what(line: RoundLine) -> cells.Cell:
        gone = line.state is RoundState.CANCELLED
        words = f"{day_words(line.on, today)} {local(zone, line.at):%H:%M}"
        icon = "eye" if line.way == "video" else "stethoscope"
        tone = round_state(line)[1]
        return cells.What(words, line.who, icon, tone, gone=gone, ink="text3" if gone else "text")

    def state(line: RoundLine) -> cells.Cell:
        return cells.State(*round_state(line))

    return (Column("巡诊", what, least=170), Column("", state, 104))


def person_columns(zone: str) -> tuple[Column[PersonRow], ...]:
    def name(row: PersonRow) -> cells.Cell:
        return cells.Name(row.name, row.bed or "未分床", Tone.NEUTRAL if row.visit is None else Tone.OK)

    def found(row: PersonRow) -> cells.Cell:
        if row.visit is None:
            return cells.Text(row.brief.away or "未看", "warn.text" if row.brief.away else "text3")
        return cells.State(*_found(row.visit), f"{local(zone, row.visit.at):%H:%M}")

    return (
        Column("老人", name, 176),
        Column("要问的问题与近况", _asked, least=220),
        Column("巡诊", found, 168),
        Column("签名", _signed, 96, 1),
    )


def _asked(row: PersonRow) -> cells.Cell:
    sick = any(one.tone == "danger" for one in row.brief.signs)
    tone = Tone.NEUTRAL if row.visit is not None else Tone.INFO
    under_ink, ink = "danger.text" if sick else "text2", "text" if row.question else "text3"
    words = row.question or "没有写问题"
    return cells.What(words, brief_words(row.brief), "message-circle", tone, under_ink=under_ink, ink=ink)


def _found(visit: VisitRow) -> tuple[str, Tone]:
    """What is still to be done of a visit, else what it came to."""
    if visit.to_refer:
        return "建议转诊", Tone.ORANGE
    if visit.waiting:
        return f"待转医嘱 {visit.waiting}", Tone.WARN
    if visit.form.refers:
        return "已办转诊", Tone.OK
    return ("发现问题", Tone.INFO) if visit.form.problem else ("已看", Tone.OK)


def _signed(row: PersonRow) -> cells.Cell:
    visit = row.visit
    if visit is None:
        return cells.Text("")
    if visit.doctor_at is None:
        return cells.Text("待医师签", "orange.text")
    return (
        cells.Text("待护士签", "warn.text")
        if visit.nurse_at is None
        else cells.Signed("已签", "check", "ok.text")
    )


def write_columns(zone: str) -> tuple[Column[ToWrite | SettledLine], ...]:
    """What waits, and below it what was settled lately, quiet."""

    def said(row: ToWrite | SettledLine) -> cells.Cell:
        return cells.Text(f"{local(zone, row.at):%m-%d %H:%M} {row.said_by}", _ink(row))

    def stands(row: ToWrite | SettledLine) -> cells.Cell:
        if isinstance(row, SettledLine):
            return cells.Text(f"{row.how}　{row.by} {local(zone, row.when):%m-%d %H:%M}", "text2")
        return cells.Text("待转，医师已签" if row.signed else "待转，待医师签", "orange.text")

    def whose(row: ToWrite | SettledLine) -> cells.Cell:
        return cells.Name(row.name, row.bed or "未分床", Tone.WARN if _waits(row) else Tone.NEUTRAL)

    return (
        Column("老人", whose, 176),
        Column("用药调整", lambda row: cells.Text(row.words, _ink(row), strong=_waits(row)), least=200),
        Column("医师", said, 190, 1),
        Column("处理", stands, 250),
    )


def _waits(row: ToWrite | SettledLine) -> bool:
    return isinstance(row, ToWrite)


def _ink(row: ToWrite | SettledLine) -> str:
    return "text" if _waits(row) else "text2"


def brief_words(brief: Brief) -> str:
    """`高血压、糖尿病 · BP 158/92 mmHg · 用药 6 种 · 新开 氨氯地平片`: what is abnormal first, what changed last."""
    odd = [one.words for one in brief.signs if one.tone]
    changed = "，".join(brief.changed[:2]) + ("…" if len(brief.changed) > 2 else "")
    parts = (
        "，".join(odd[:3]),
        brief.diagnosis_words,
        f"用药 {brief.medicines} 种" if brief.medicines else "无用药",
        changed,
        "、".join(brief.open[:2]),
    )
    return " · ".join(part for part in parts if part)
