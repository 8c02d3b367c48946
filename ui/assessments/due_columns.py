"""The columns of the worklist: of whom, by which instrument, why and by when, what it came to last, who is at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.assessments.due.everybody import AbilityRow
from app.assessments.due.rows import DraftRow, DueRow
from app.assessments.due.rules import DEFERRED, WAIVED
from app.assessments.instruments import Instrument
from app.assessments.queries import LevelRow
from app.residents.rules.stays import AWAY
from ui.assessments.phrases import age_between, due_words, person_words
from ui.kit import Column, cells
from ui.style import Tone

Today = Callable[[], date]


def due_columns(today: Today) -> tuple[Column[DueRow], ...]:
    """What gives way first when the table is narrow: who is at it, then the last result, then the bed."""
    return (
        Column("老人", lambda row: cells.Name(row.name, row.number, tone_of(row.ability)), None, 0, 140),
        Column("床位", _bed, 118, 2),
        Column("量表", lambda row: cells.Text(row.short, "text", strong=True), 106),
        Column("为什么评", lambda row: _why(row, today()), None, 0, 190),
        Column("到期", lambda row: _due(row, today()), 104),
        Column("上次结果", lambda row: result(row.latest), 166, 3),
        Column("草稿", lambda row: held(row.draft, row.wanted), 164, 4),
    )


def decided_columns(today: Today) -> tuple[Column[DueRow], ...]:
    """The same of what was put off or is not called for: until when, and why."""
    return (
        *due_columns(today)[:3],
        Column("为什么评", lambda row: _why(row, today()), None, 0, 150),
        Column("决定", lambda row: _decision(row, today()), 124),
        Column("原因", lambda row: cells.Text(row.decision.reason if row.decision else ""), None, 0, 160),
        Column("决定人", _decider, 150, 3),
    )


def everybody_columns(instrument: Instrument, today: Today) -> tuple[Column[AbilityRow], ...]:
    """One line a resident, with the level by GB/T 42195-2022."""
    return (
        Column("老人", lambda row: cells.Name(row.name, row.number, tone_of(row.latest)), least=170),
        Column("性别·年龄", lambda row: _person(row, today()), 96, 3),
        Column("床位", lambda row: cells.Text(row.bed or "未分床"), 130, 1),
        Column("最近等级", lambda row: result(row.latest), 190),
        Column(
            "评估日期",
            lambda row: cells.Text(row.latest.assessed_on.isoformat() if row.latest else "—"),
            112,
            2,
        ),
        Column("下次评估", lambda row: _next(row, today()), 112),
        Column("草稿", lambda row: held(row.draft, instrument.wanted), 200, 1),
    )


def tone_of(said: LevelRow | str | None) -> Tone:
    """The tone of a level, neutral where there is none."""
    tone = said if isinstance(said, str) else said.tone if said is not None else ""
    return Tone(tone) if tone else Tone.NEUTRAL


def result(latest: LevelRow | None) -> cells.Cell:
    """中度失能 62 分; what is long stands as words."""
    if latest is None:
        return cells.Text("未评估", "text3")
    total = "" if latest.total is None else f"{latest.total} 分"
    if len(latest.finding) > 6:
        return cells.Text(latest.finding)
    return cells.State(latest.finding, tone_of(latest), total) if latest.finding else cells.Text(total or "—")


def held(draft: DraftRow | None, wanted: int) -> cells.Cell:
    """Who is at it, and how far."""
    if draft is None:
        return cells.Text("")
    if draft.awaits_second:
        return cells.Signed(f"{draft.holder_name} · 待第二人签名", "square-pen", "violet.text")
    return cells.Signed(f"{draft.holder_name} · {draft.answered}/{wanted}", "clipboard-pen")


def _bed(row: DueRow) -> cells.Cell:
    if row.away:
        return cells.State(AWAY[row.away], Tone.INFO if row.away == "hospital" else Tone.NEUTRAL)
    return cells.Text(row.bed or "未分床")


def _why(row: DueRow, today: date) -> cells.Cell:
    """跌倒后 11-20、定期; what was tried in vain, and since when it was put off."""
    if not row.causes:
        return cells.Text("另选", "text3")
    put_off = row.causes[0].first_due
    said = [row.why]
    if row.refused:
        said.append(row.refused)
    if put_off is not None:
        said.append(f"原定 {put_off:%m-%d}" if put_off.year == today.year else f"原定 {put_off.isoformat()}")
    return cells.Text(" · ".join(said))


def _due(row: DueRow, today: date) -> cells.Cell:
    words, tone = due_words(row.due_on, today)
    return cells.Text(words, f"{tone}.text" if tone else "text2", strong=tone is not None)


def _decision(row: DueRow, today: date) -> cells.Cell:
    if row.state == WAIVED:
        return cells.State("不再需要", Tone.NEUTRAL)
    until = row.decision.until if row.decision else None
    if row.state != DEFERRED or until is None:
        return cells.Text("")
    return cells.State(
        f"延到 {until:%m-%d}" if until.year == today.year else f"延到 {until:%y-%m-%d}", Tone.INFO
    )


def _decider(row: DueRow) -> cells.Cell:
    return cells.Signed(row.decision.by, "user-round-check") if row.decision else cells.Text("")


def _person(row: AbilityRow, today: date) -> cells.Cell:
    return cells.Text(person_words(row.sex, age_between(row.birth_date, today), ""))


def _next(row: AbilityRow, today: date) -> cells.Cell:
    words, tone = due_words(row.latest.due_on if row.latest else None, today)
    return cells.Text(words, f"{tone}.text" if tone else "text2", strong=tone is not None)
