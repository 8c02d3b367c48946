"""What screens say of a dose: who recorded what when, who checked it, how late it was."""

from __future__ import annotations

from app.core.clock import local
from app.medication.queries import Recorded, SlotRow
from app.medication.rules.slots import DoseState
from ui.kit.cell_paint import CellSign
from ui.style import Tone

SIGNS = {
    DoseState.UNRECONCILED: CellSign("list-checks", "danger.text", "danger.tint"),
    DoseState.OVERDUE: CellSign("circle-alert", "danger.text", "danger.tint"),
    DoseState.DUE: CellSign("clock", "info.text"),
    DoseState.MISSED: CellSign("circle-x", "danger.text", "danger.tint"),
    DoseState.REFUSED: CellSign("ban", "orange.text", "orange.tint"),
    DoseState.NOT_GIVEN: CellSign("circle-minus", "orange.text"),
    DoseState.HELD: CellSign("circle-pause", "warn.text"),
    DoseState.PARTIAL: CellSign("circle-dot", "warn.text"),
    DoseState.AWAY: CellSign("log-out", "text2"),
    DoseState.PAUSED: CellSign("circle-pause", "text3"),
    DoseState.PLANNED: CellSign("clock", "text3"),
    DoseState.SELF: CellSign("user-round-check", "ok.text"),
    DoseState.GIVEN: CellSign("circle-check", "ok.text"),
}
"""How each state is drawn; only what is late or refused is tinted. In the order in which they press."""
PRESSING = tuple(SIGNS)
TONES = {
    DoseState.UNRECONCILED: Tone.DANGER,
    DoseState.OVERDUE: Tone.DANGER,
    DoseState.DUE: Tone.INFO,
    DoseState.MISSED: Tone.DANGER,
    DoseState.REFUSED: Tone.ORANGE,
    DoseState.NOT_GIVEN: Tone.ORANGE,
    DoseState.HELD: Tone.WARN,
    DoseState.PARTIAL: Tone.WARN,
    DoseState.SELF: Tone.OK,
    DoseState.GIVEN: Tone.OK,
}


def told(zone: str, recorded: Recorded) -> str:
    """`林晓燕 11-24 08:10 记为“已给药”，5 mg；第二人周敏。`"""
    words = [f"{recorded.who} {local(zone, recorded.recorded_at):%m-%d %H:%M} 记为“{recorded.words}”"]
    words += [recorded.amount] if recorded.amount else []
    said = "，".join(words)
    if recorded.second:
        said += f"；第二人 {recorded.second}"
    return f"{said}。"


def slot_words(slot: SlotRow) -> str:
    """`08:00 氨氯地平片 5 mg 已给药`."""
    return " ".join(part for part in (slot.key[2], slot.words, slot.dose, state_words(slot)) if part)


def state_words(slot: SlotRow) -> str:
    """The state, with its reason where one was given."""
    return slot.recorded.words if slot.recorded is not None else slot.state.words
