"""The columns of lists of orders, and what each cell says of one."""

from __future__ import annotations

from datetime import datetime

from app.core.clock import local
from app.medication.queries.order_floor import WorkRow
from app.medication.queries.order_rows import OrderRow
from app.medication.rules.regime import WHEN_NEEDED
from app.medication.rules.states import Standing
from ui.kit import Column, Mark, cells
from ui.style import Tone

_TONES = {
    Standing.ISSUED: Tone.WARN,
    Standing.CHECKED: Tone.INFO,
    Standing.RUNNING: Tone.OK,
    Standing.PAUSED: Tone.ORANGE,
    Standing.CANCELLED: Tone.DANGER,
}
_SEVERE = ("contraindicated", "severe")


def standing_words(row: OrderRow) -> str:
    return "待核对" if row.standing is Standing.ISSUED else row.standing.value


def standing_tone(row: OrderRow) -> Tone:
    return _TONES.get(row.standing, Tone.NEUTRAL)


def marks_of(row: OrderRow) -> tuple[Mark, ...]:
    """What must be known of the medicine, what harms most first."""
    said = (
        (row.high_alert, Mark("高警示", Tone.DANGER)),
        (bool(row.control), Mark(row.control, Tone.VIOLET)),
        (row.skin_test, Mark("皮试", Tone.WARN)),
        (row.own_supply, Mark("自备", Tone.INFO)),
        (any(one.severity in _SEVERE for one in row.findings), Mark("有提示", Tone.ORANGE)),
    )
    return tuple(mark for wanted, mark in said if wanted)


def order_cell(zone: str, row: OrderRow) -> cells.Cell:
    """The order; one that is over struck through with who ended it and why, a cancelled one in red."""
    icon = "clock" if row.kind in WHEN_NEEDED else "zap" if row.kind == "stat" else "pill"
    if row.runs:
        return cells.What(row.title, row.asks, icon, standing_tone(row))
    cancelled = row.standing is Standing.CANCELLED
    tone = Tone.DANGER if cancelled else Tone.NEUTRAL
    ink = "danger.text" if cancelled else "text3"
    return cells.What(row.title, over_words(zone, row), icon, tone, gone=True, under_ink=ink)


def over_words(zone: str, row: OrderRow) -> str:
    """`取消 周敏 11-24 08:12：开错`, `停止 11-24 08:12 周敏：肌痛（陈永康医嘱）`."""
    if row.standing is Standing.CANCELLED:
        return f"取消　{row.ended_by} {moment(zone, row.ended_at)}：{row.ended_why}"
    if row.standing is Standing.STOPPED:
        return f"停止　{moment(zone, row.ends)} {row.ended_by}：{row.ended_why}"
    return f"{row.standing.value}　{moment(zone, row.ends)}　{row.asks}".replace("　　", "　")


def doctor_cell(row: OrderRow) -> cells.Cell:
    if row.unsigned_by is not None:
        return cells.State("逾期未签" if row.late else "待医师签", Tone.DANGER if row.late else Tone.WARN)
    return cells.Text(row.doctor or "—")


def checked_cell(row: OrderRow) -> cells.Cell:
    return cells.Text(row.checked_by or "—")


def moment(zone: str, at: datetime | None) -> str:
    return f"{local(zone, at):%m-%d %H:%M}" if at is not None else ""


def chart_columns(zone: str, group: dict[object, str]) -> tuple[Column[OrderRow], ...]:
    """Of a resident's orders; `group` names the first order of each group."""
    return (
        Column("类别", lambda row: cells.Text(group.get(row.seen.rid, ""), "text", strong=True), 84),
        Column("医嘱", lambda row: order_cell(zone, row), least=260),
        Column("标记", lambda row: cells.Marks(marks_of(row)), 150, 3),
        Column("开始", lambda row: cells.Text(moment(zone, row.begins)), 112, 2),
        Column("医师", doctor_cell, 116, 1),
        Column("核对", checked_cell, 76, 4),
        Column("状态", lambda row: cells.State(standing_words(row), standing_tone(row)), 104),
    )


def work_columns(zone: str) -> tuple[Column[WorkRow], ...]:
    """Of what waits to be checked."""
    return (
        _person(),
        Column("医嘱", lambda row: order_cell(zone, row.order), least=280),
        Column("标记", lambda row: cells.Marks(marks_of(row.order)), 150, 3),
        Column("类别", lambda row: cells.Text(row.order.kind_words), 88, 4),
        Column("开立", lambda row: cells.Text(_written(row.order)), 96, 2),
        Column("时间", lambda row: cells.Text(moment(zone, row.order.at)), 112, 1),
    )


def sign_columns(zone: str, marked: set[object]) -> tuple[Column[WorkRow], ...]:
    """Of what waits for a doctor; `marked` are to be signed together."""

    def chosen(row: WorkRow) -> cells.Cell:
        return (
            cells.Signed("签", "circle-check", "primary") if row.order.seen.rid in marked else cells.Text("")
        )

    def until(row: WorkRow) -> cells.Cell:
        ink = "danger.text" if row.order.late else "text"
        words = moment(zone, row.order.unsigned_by)
        return cells.Text(f"{words} 已逾期" if row.order.late else words, ink, strong=row.order.late)

    return (
        Column("", chosen, 56),
        _person(),
        Column("医嘱", lambda row: order_cell(zone, row.order), least=260),
        Column("来源", lambda row: cells.Text(_source(row.order)), 190, 3),
        Column("转抄", lambda row: cells.Text(row.order.writer), 80, 4),
        Column("签名时限", until, 160),
    )


def review_columns(zone: str, said: dict[object, str]) -> tuple[Column[WorkRow], ...]:
    """Of the orders of a floor; `said`: empty words for what is right, others for what is not."""

    def looked(row: WorkRow) -> cells.Cell:
        words = said.get(row.order.seen.rid)
        if words is None:
            return cells.Text("未查", "text3")
        return cells.State(words, Tone.ORANGE) if words else cells.Signed("相符", "circle-check", "ok.text")

    return (
        Column("老人", lambda row: cells.Name(row.person.name, row.person.bed), 170),
        Column("医嘱", lambda row: order_cell(zone, row.order), least=240),
        Column("状态", lambda row: cells.State(standing_words(row.order), standing_tone(row.order)), 104, 1),
        Column("总查对", looked, 190),
    )


def confirm_words(zone: str, row: OrderRow) -> str:
    """Everything that is checked in one order, as a confirmation repeats it."""
    parts = [
        f"{row.kind_words}：{row.title}，{row.asks}",
        f"开始 {moment(zone, row.begins)}" + (f"，{moment(zone, row.ends)} 止" if row.ends else ""),
        f"指征：{row.indication}" if row.indication else "",
        f"嘱托：{row.note}" if row.note else "",
        row.verbal,
        f"来源：{_source(row)}" if row.hospital or row.unsigned_by else "",
        _by_words(row),
    ]
    return "；".join(part for part in parts if part)


def findings_words(row: OrderRow) -> str:
    """What the checks said, with the answers."""
    return "；".join(f"{one.words}{f'（理由：{one.reason}）' if one.reason else ''}" for one in row.findings)


def _by_words(row: OrderRow) -> str:
    """Who ordered it, and who wrote it down where that is another."""
    if not row.doctor:
        return f"{row.writer}书写"
    return f"{row.doctor}医师" if row.doctor == row.writer else f"{row.doctor}医师，{row.writer}书写"


def _person() -> Column[WorkRow]:
    return Column("老人", lambda row: cells.Name(row.person.name, row.person.under), 226)


def _written(row: OrderRow) -> str:
    return "本人" if row.mine else row.writer


def _source(row: OrderRow) -> str:
    return " ".join(part for part in (row.origin, row.hospital, "口头" if row.verbal else "") if part)
