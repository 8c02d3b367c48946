"""What a dose still needs before it is given, in the order a nurse is asked; and what its row says meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.clock import local
from app.medication.bedside_lists import bedside_lists
from app.medication.giving import Said
from app.medication.queries import BedsideRow, SlotRow
from app.medication.rules import prompts as kinds
from app.medication.rules.slots import DoseState
from app.vitals.catalogue import sign_of
from ui.style import Tone


class Need(StrEnum):
    """What is asked next; the first that is not answered stops the round at its row."""

    BLOCKED = "blocked"
    VALUE = "value"
    HOLD = "hold"
    ALERT = "alert"
    LATE = "late"
    SITE = "site"
    CHECK = "check"
    SWALLOW = "swallow"
    SECOND = "second"


_STATES: dict[DoseState, Tone] = {
    DoseState.GIVEN: Tone.OK,
    DoseState.PARTIAL: Tone.OK,
    DoseState.SELF: Tone.OK,
    DoseState.REFUSED: Tone.ORANGE,
    DoseState.NOT_GIVEN: Tone.ORANGE,
    DoseState.MISSED: Tone.DANGER,
    DoseState.HELD: Tone.WARN,
    DoseState.AWAY: Tone.NEUTRAL,
    DoseState.PLANNED: Tone.NEUTRAL,
    DoseState.PAUSED: Tone.NEUTRAL,
    DoseState.DUE: Tone.INFO,
    DoseState.OVERDUE: Tone.ORANGE,
    DoseState.UNRECONCILED: Tone.DANGER,
}
_BADGES: dict[Need, tuple[str, Tone]] = {
    Need.BLOCKED: ("不能给", Tone.DANGER),
    Need.VALUE: ("先测量", Tone.INFO),
    Need.HOLD: ("建议暂停", Tone.DANGER),
    Need.ALERT: ("核查提示", Tone.ORANGE),
    Need.LATE: ("已过时间", Tone.ORANGE),
    Need.SITE: ("选部位", Tone.INFO),
    Need.SWALLOW: ("待给药", Tone.INFO),
    Need.CHECK: ("再核对", Tone.ORANGE),
    Need.SECOND: ("等第二人", Tone.VIOLET),
}


@dataclass(frozen=True)
class Strip:
    """A line under a row: what is in the way, and which key answers it (words on the button, key)."""

    tone: Tone
    icon: str
    words: str
    acts: tuple[tuple[str, str], ...] = ()


def watched(slot: SlotRow, row: BedsideRow) -> bool:
    """Whether somebody has to see it swallowed."""
    return bool(row.watch) and slot.route_code in bedside_lists().watched_routes


def next_need(slot: SlotRow, row: BedsideRow, said: Said) -> Need | None:
    """The first thing that is not answered; None: it can be given."""
    asked = {one.what for one in slot.prompts}
    waits = {
        Need.BLOCKED: any(one.refuses for one in slot.prompts),
        Need.VALUE: kinds.SCALE in asked or (kinds.MEASURE in asked and not said.despite),
        Need.HOLD: kinds.HOLD in asked and not said.despite,
        Need.ALERT: kinds.ALERT in asked and not said.despite,
        Need.LATE: kinds.LATE in asked and not said.late,
        Need.SITE: bool(slot.sites) and not said.site,
        Need.CHECK: kinds.SELF_CHECK in asked and not said.check,
        Need.SWALLOW: watched(slot, row) and not said.swallowed,
        Need.SECOND: kinds.SECOND in asked and said.second is None and not said.alone,
    }
    return next((need for need in Need if waits[need]), None)


def simple(slot: SlotRow) -> bool:
    """Whether it goes with the one key that gives all that needs nothing."""
    return slot.ready and not slot.sites


def badge_of(slot: SlotRow, row: BedsideRow, said: Said, zone: str) -> tuple[str, Tone]:
    """State of the row in two to four signs, and its colour."""
    if slot.state.open:
        need = next_need(slot, row, said)
        return (slot.state.words, Tone.INFO) if need is None else _BADGES[need]
    if slot.recorded is not None and slot.state.taken:
        return f"{slot.state.words} {local(zone, slot.recorded.at):%H:%M}", Tone.OK
    if slot.state is DoseState.AWAY and slot.recorded is None:
        return ("住院" if slot.away == "hospital" else "外出"), Tone.NEUTRAL
    return slot.state.words, _STATES[slot.state]


def strips_of(slot: SlotRow, row: BedsideRow, said: Said, zone: str) -> tuple[Strip, ...]:
    """What stands under a row that waits; nothing under one that needs nothing."""
    if not slot.state.open:
        return _after(slot)
    found = []
    if slot.whole and row.soft and slot.route_code in bedside_lists().whole_routes:
        words = f"整片吞服，不可掰开、研碎；这位老人{row.soft}，请先问医生或药师能否换剂型"
        found.append(Strip(Tone.DANGER, "triangle-alert", words, (("其他原因", "N"),)))
    need = next_need(slot, row, said)
    if need is not None and need is not Need.SWALLOW:
        found.append(_strip(need, slot, row, zone))
    return tuple(found)


def _after(slot: SlotRow) -> tuple[Strip, ...]:
    if slot.recorded is None or slot.state.taken or not slot.recorded.words:
        return ()
    return (Strip(_STATES[slot.state], "info", f"{slot.recorded.words}　{slot.recorded.who}记录"),)


def _strip(need: Need, slot: SlotRow, row: BedsideRow, zone: str) -> Strip:
    first = next((one for one in slot.prompts if one.what in _ASKS[need]), None)
    words, sign = (first.words, first.sign) if first is not None else ("", "")
    used = _used(slot, row, zone)
    if need is Need.BLOCKED:
        blocked = next(one for one in slot.prompts if one.refuses)
        again = (("复测", "V"),) if blocked.what == kinds.CALL_DOCTOR else ()
        return Strip(Tone.DANGER, "circle-x", blocked.words, (*again, ("记原因", "N")))
    last = row.sites.get(slot.route_code)
    before = value_before(row, sign, zone)
    after = f"上次 {last.site}（{local(zone, last.at):%m-%d %H:%M}），请轮换" if last else "请选给药部位"
    late = Strip(Tone.ORANGE, "clock", words, (("写原因", "空格"),))
    strips = {
        Need.VALUE: Strip(
            Tone.INFO, "activity", f"{words}{f'（上次 {before}）' if before else ''}", (("测量", "V"),)
        ),
        Need.HOLD: Strip(
            Tone.DANGER,
            "activity",
            f"{_when(row, sign, zone)} {words}，按规定应暂停".strip(),
            (("复测", "V"), ("按规则暂停", "H"), ("仍要给", "G")),
        ),
        Need.ALERT: Strip(Tone.ORANGE, "shield-alert", words, (("仍要给", "G"), ("不给", "N"))),
        Need.SITE: Strip(Tone.INFO, "route", f"{used}{after}", (("选部位", "空格"),)),
        Need.SECOND: Strip(Tone.VIOLET, "users-round", f"{used}{words}", (("第二人核对", "空格"),)),
        Need.CHECK: Strip(
            Tone.ORANGE, "shield-check", f"{words}　看过无误再按空格，或扫药盒", (("已核对", "空格"),)
        ),
    }
    return strips.get(need, late)


def why_not(slot: SlotRow) -> str:
    """Why no key acts on a row that does not wait."""
    if slot.state is DoseState.PLANNED:
        return f"{slot.words} 还没到给药时间。"
    if slot.state is DoseState.AWAY and slot.recorded is None:
        return "老人不在院内，这一次不给；要记下来按 L。"
    if slot.state is DoseState.UNRECONCILED:
        return f"{slot.words} 待重整：住院返回后，医师决定以前不给。"
    if slot.state is DoseState.PAUSED:
        return f"{slot.words} 的医嘱暂停中。"
    return f"{slot.words}：{slot.state.words}。要改请到给药班次里更正，刚记的按 Z 撤销。"


def suggested_site(slot: SlotRow, row: BedsideRow) -> str:
    """The one after the last in the list of sites."""
    last = row.sites.get(slot.route_code)
    if last is None or last.site not in slot.sites:
        return slot.sites[0] if slot.sites else ""
    return slot.sites[(slot.sites.index(last.site) + 1) % len(slot.sites)]


def sign_asked(slot: SlotRow, row: BedsideRow) -> str:
    """The sign a value is entered for: what a prompt names, else what the order goes by; empty for none."""
    named = next((one.sign for one in slot.prompts if one.sign), "")
    return named or next(iter(row.used.get(slot.key[0], ())), "")


_ASKS: dict[Need, tuple[str, ...]] = {
    Need.VALUE: (kinds.SCALE, kinds.MEASURE),
    Need.HOLD: (kinds.HOLD,),
    Need.ALERT: (kinds.ALERT,),
    Need.LATE: (kinds.LATE,),
    Need.SITE: (),
    Need.SWALLOW: (),
    Need.CHECK: (kinds.SELF_CHECK,),
    Need.SECOND: (kinds.SECOND,),
    Need.BLOCKED: (),
}


def _when(row: BedsideRow, sign: str, zone: str) -> str:
    reading = row.readings.get(sign)
    return f"{local(zone, reading.at):%H:%M}" if reading else ""


def value_before(row: BedsideRow, sign: str, zone: str) -> str:
    """`11-23 08:02 128/76 mmHg`."""
    reading = row.readings.get(sign)
    if reading is None:
        return ""
    return f"{local(zone, reading.at):%m-%d %H:%M} {reading.text} {sign_of(sign).unit}".strip()


def _used(slot: SlotRow, row: BedsideRow, zone: str) -> str:
    """`血糖 8.9（07:38）可给。` for what the order goes by."""
    said = []
    for sign in row.used.get(slot.key[0], ()):
        reading = row.readings.get(sign)
        if reading is not None:
            said.append(f"{sign_of(sign).words} {reading.text}（{local(zone, reading.at):%H:%M}）可给")
    return "，".join(said) + "。" if said else ""
