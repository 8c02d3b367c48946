"""The columns of the cupboard's tables, and what each says of a row."""

from __future__ import annotations

from datetime import date, datetime

from app.core.clock import local
from app.medication.rules.amounts import pieces_words
from app.medication.rules.shelf import Lot
from app.medication.stock.queries import BoxRow, BoxState, ControlledRow, IssueRow, LedgerLine, StockRow
from app.medication.stock.stores import ReadingRow, StoreRow
from ui.kit import Column, Mark, cells
from ui.style import Tone

BOX_TONES = {
    BoxState.NONE: Tone.NEUTRAL,
    BoxState.OPEN: Tone.INFO,
    BoxState.CHANGED: Tone.DANGER,
    BoxState.FILLED: Tone.WARN,
    BoxState.CHECKED: Tone.OK,
}
_STORAGES = {"cool": "阴凉", "fridge": "冷藏"}


def shelf_columns(*, own: bool) -> tuple[Column[StockRow], ...]:
    who: tuple[Column[StockRow], ...] = (
        (Column("老人", lambda row: cells.Name(row.name, row.bed), 176),) if own else ()
    )
    return (
        *who,
        Column("药品", _drug, None, 0, 180),
        Column("账面", _balance, 96),
        Column("可用", _days, 84, 2),
        Column("先用批号", lambda row: cells.Text(row.first.lot if row.first else "—"), 110, 4),
        Column("有效期至", _expires, 118, 3),
        Column("提醒", _alarms, 232),
    )


def controlled_columns(zone: str) -> tuple[Column[ControlledRow], ...]:
    return (
        Column("药品", lambda one: _drug(one.row), None, 0, 180),
        Column("放在", lambda one: cells.Text(_whose(one.row), "text"), 168, 2),
        Column("账面", lambda one: _balance(one.row), 96),
        Column("批号", lambda one: cells.Text(_lots(one.row)), 130, 4),
        Column("上次清点", lambda one: _last(one, zone), 216, 3),
        Column("本班", _counted, 112),
    )


def box_columns() -> tuple[Column[BoxRow], ...]:
    return (
        Column("老人", lambda row: cells.Name(row.name, row.bed), 190),
        Column("药盒", _box, None, 0, 200),
        Column("摆药", lambda row: cells.Text(row.filler or "—"), 88, 3),
        Column("核对", lambda row: cells.Text(row.checker or "—"), 88, 2),
        Column("状态", lambda row: cells.State(row.state.words, BOX_TONES[row.state]), 112),
    )


def ledger_columns(zone: str, unit: str) -> tuple[Column[LedgerLine], ...]:
    return (
        Column("时间", lambda line: cells.Text(f"{local(zone, line.at):%m-%d %H:%M}", "text"), 112),
        Column("摘要", _summary, None, 0, 180),
        Column("批号", lambda line: cells.Text(line.lot or "—"), 96, 3),
        Column("收付", _change, 72),
        Column(f"结存（{unit}）", _left, 104),
        Column("经手", _hands, 150, 2),
    )


def issue_columns(zone: str) -> tuple[Column[IssueRow], ...]:
    return (
        Column("发药", lambda row: cells.Text(f"{local(zone, row.at):%m-%d %H:%M}", "text"), 112),
        Column("老人", lambda row: cells.Name(row.name, row.bed), 150),
        Column("日期", lambda row: cells.Text(row.span), 116, 2),
        Column("药品", lambda row: cells.Text("、".join(row.medicines), "text"), None, 0, 200),
        Column("领取", lambda row: cells.Text(row.receiver), 120, 1),
        Column("发药人", lambda row: cells.Text(row.giver or "别的站点"), 88, 3),
    )


def store_columns(zone: str, today: date) -> tuple[Column[StoreRow], ...]:
    return (
        Column(
            "药柜", lambda row: cells.What(row.store.words, row.store.limits, _store_icon(row)), None, 0, 200
        ),
        Column("最近一次", lambda row: _last_reading(row, zone, today), 230),
        Column("今天", _due, 200),
    )


def reading_columns(zone: str) -> tuple[Column[ReadingRow], ...]:
    return (
        Column("时间", lambda row: cells.Text(f"{local(zone, row.at):%m-%d %H:%M}", "text"), 120),
        Column("温度", lambda row: _value(row.celsius, "℃", off="温度" in row.wrong), 100),
        Column("湿度", lambda row: _value(row.humidity, "%", off="湿度" in row.wrong), 90, 2),
        Column("处理", lambda row: cells.Text(row.act or "—"), None, 0, 160),
        Column("记录人", lambda row: cells.Text(row.who), 100, 1),
    )


# of a shelf -----------------------------------------------------------------------------------------------------------


def _drug(row: StockRow) -> cells.Cell:
    under = "　".join(
        part
        for part in (row.control, "高警示" if row.high_alert else "", _STORAGES.get(row.storage, ""))
        if part
    )
    tone = Tone.VIOLET if row.control else Tone.ORANGE if row.high_alert else Tone.NEUTRAL
    return cells.What(row.words, under, "pill", tone)


def _balance(row: StockRow) -> cells.Cell:
    return cells.Text(row.balance_words, "danger.text" if row.balance < 0 else "text", row.balance < 0)


def _days(row: StockRow) -> cells.Cell:
    return cells.Text("—" if row.days is None else f"{row.days} 天")


def _expires(row: StockRow) -> cells.Cell:
    dates = [lot.expires for lot in row.lots if lot.expires is not None]
    return cells.Text(f"{min(dates)}" if dates else "—")


def _alarms(row: StockRow) -> cells.Cell:
    marks = [Mark(one.words, Tone(one.tone)) for one in row.alarms]
    if row.note:
        marks.append(Mark(row.note, Tone.WARN))
    return cells.Marks(tuple(marks))


def _whose(row: StockRow) -> str:
    return " ".join(part for part in (row.name, row.bed) if part) or "病区"


def _lots(row: StockRow) -> str:
    return "、".join(lot.lot or "无批号" for lot in row.lots) or "—"


def lot_line(lot: Lot, unit: str) -> str:
    """`A1　有效期至 2027-06-30　28 片　11-24 开封，用到 12-22`."""
    parts = [lot.lot or "无批号"]
    if lot.expires:
        parts.append(f"有效期至 {lot.expires}")
    parts.append(f"{pieces_words(lot.left)} {unit}")
    if lot.opened_on and lot.use_until:
        parts.append(f"{lot.opened_on:%m-%d} 开封，用到 {lot.use_until:%m-%d}")
    return "　".join(parts)


def _last(one: ControlledRow, zone: str) -> cells.Cell:
    if one.last is None:
        return cells.Text("还没有清点过", "text3")
    at: datetime = local(zone, one.last.at)
    differed = "　有差异" if one.last.differed else ""
    return cells.Text(f"{at:%m-%d %H:%M} {one.last.who}、{one.last.second}{differed}")


def _counted(one: ControlledRow) -> cells.Cell:
    return cells.State("已清点", Tone.OK) if one.counted else cells.State("待清点", Tone.WARN)


# of a box, a line, a store -------------------------------------------------------------------------------------------


def _box(row: BoxRow) -> cells.Cell:
    if not row.items:
        return cells.Text("这一班没有口服药", "text3")
    listed = "、".join(f"{item.words} {item.amount}" for item in row.items)
    return cells.Text(f"{row.pieces}：{listed}", "text")


def _summary(line: LedgerLine) -> cells.Cell:
    ink = "text2" if line.what == "given" else "text"
    return cells.Text(f"{line.words}　{line.about}".strip(), ink)


def _change(line: LedgerLine) -> cells.Cell:
    return cells.Text(line.change_words or "—", "ok.text" if line.change > 0 else "text")


def _left(line: LedgerLine) -> cells.Cell:
    below = line.balance < 0
    sign = "−" if below else ""
    return cells.Text(
        f"{sign}{pieces_words(abs(line.balance))}", "danger.text" if below else "text", strong=True
    )


def _hands(line: LedgerLine) -> cells.Cell:
    return cells.Text("、".join(name for name in (line.who, line.second) if name))


def _store_icon(row: StoreRow) -> str:
    return "droplets" if row.store.humid else "inbox"


def _last_reading(row: StoreRow, zone: str, today: date) -> cells.Cell:
    last = row.last
    if last is None:
        return cells.Text("还没有记录", "text3")
    at = local(zone, last.at)
    when = f"{at:%H:%M}" if at.date() == today else f"{at:%m-%d %H:%M}"
    value = f"{last.celsius} ℃" + (f"　{last.humidity} %" if last.humidity else "")
    return cells.State(value, Tone.DANGER if last.wrong else Tone.OK, when)


def _due(row: StoreRow) -> cells.Cell:
    if row.due:
        return cells.State(f"待记录 {'、'.join(row.due)}", Tone.WARN)
    return cells.State("已记录", Tone.OK) if row.last else cells.Text("—", "text3")


def _value(value: str, unit: str, *, off: bool) -> cells.Cell:
    return cells.Text(f"{value} {unit}" if value else "—", "danger.text" if off else "text", off)
