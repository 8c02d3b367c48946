"""What the foot of the round and the notice line say of a cell: what is in it, why a key does nothing, what is left."""

from __future__ import annotations

from datetime import datetime

from app.core.clock import local
from app.medication.giving import Given
from app.medication.lists import windows
from app.medication.queries import SlotRow
from app.medication.rules.slots import DoseState
from ui.medication.dose_words import slot_words
from ui.medication.round_cells import RoundCell, RoundLine

UNRECONCILED = "待重整：住院返回后，医师决定以前不给。按 W 去重整。"
"""Why nothing of before a hospital is given."""


def cell_words(zone: str, line: RoundLine, cell: RoundCell | None) -> str:
    """Everything of a cell: each dose, and of the last record who made it and when."""
    if cell is None:
        return f"{line.row.name}　这一班没有药"
    said = "；".join(slot_words(slot) for slot in cell.slots)
    last = max(
        (slot.recorded for slot in cell.recorded if slot.recorded is not None),
        key=lambda one: one.recorded_at,
        default=None,
    )
    who = f"　{last.who} {local(zone, last.recorded_at):%H:%M}" if last is not None else ""
    return f"{line.row.name}　{said}{who}"


def why_not(zone: str, now: datetime, cell: RoundCell) -> str:
    """Why a key gives nothing here."""
    too_old = [slot for slot in cell.open if now > slot.closes + windows().record_within]
    if too_old:
        return "已过去 24 小时以上，请用“结束本班”逐次说明。"
    planned = [slot for slot in cell.slots if slot.state is DoseState.PLANNED]
    if planned:
        return f"{_title(planned[0])} 还没到时间，{local(zone, planned[0].opens):%H:%M} 起可以给药。"
    slot = cell.slots[0]
    if slot.recorded is None and slot.state is DoseState.UNRECONCILED:
        return f"{_title(slot)} {UNRECONCILED}"
    if slot.recorded is None:
        away = "住院" if slot.away == "hospital" else "请假外出"
        return "医嘱暂停中，恢复后才能给药。" if slot.state is DoseState.PAUSED else f"老人{away}，不用给药。"
    return f"{_title(slot)} 已由{slot.recorded.who}记为“{slot.recorded.words}”，按 E 更正。"


def given_words(name: str, given: Given) -> str:
    """`李桂兰：已给 2 种；留下 1 种：08:00 氨氯地平片：给药前测血压`."""
    done = f"已给 {len(given.seen)} 种" if given.seen else "没有给"
    if not given.left:
        return f"{name}：{done}。"
    left = "；".join(one.words for one in given.left[:2])
    more = " 等" if len(given.left) > 2 else ""
    return f"{name}：{done}；留下 {len(given.left)} 种：{left}{more}。按 Enter 逐项处理。"


def _title(slot: SlotRow) -> str:
    return f"{slot.key[2]} {slot.words}"
