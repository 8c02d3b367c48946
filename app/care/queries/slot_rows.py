"""A slot as screens show it: the task in words, what became of it, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from app.care.derived import Held, hours_of
from app.care.lists import task_kind, why_words
from app.care.rules import OUTCOMES, Hours, SlotState
from app.core.unit import Reader
from app.residents.rules.stays import AWAY
from app.residents.stating import Seen

_STATES = {
    SlotState.PLANNED: "未到时间",
    SlotState.DUE: "待做",
    SlotState.OVERDUE: "未记录",
}
AFTER_SHIFT = timedelta(minutes=30)
"""What is recorded later than this after the shift's end is marked as recorded later 补记."""


@dataclass(frozen=True)
class SlotRow:
    """One slot. `seen` is its record, None while it is blank; `words` its state in words, `why` the reason in words.

    `name`: HH:MM, or empty for once in the shift. `late`: recorded only after the shift; `twice`: by two stations.
    """

    task: UUID
    resident: UUID
    code: str
    task_words: str
    icon: str
    role: str
    may_refuse: bool
    day: date
    slot: str
    name: str
    at: datetime
    opens: datetime
    state: SlotState
    words: str
    seen: Seen | None = None
    outcome: str = ""
    why: str = ""
    why_code: str = ""
    note: str = ""
    by: str = ""
    author: UUID | None = None
    done_at: datetime | None = None
    recorded_at: datetime | None = None
    late: bool = False
    twice: bool = False

    @property
    def title(self) -> str:
        """`08:00 喂水`."""
        return f"{self.name} {self.task_words}".strip()

    @property
    def key(self) -> tuple[UUID, date, str]:
        return (self.task, self.day, self.slot)


def slot_row(reader: Reader, held: Held, names: dict[UUID, str]) -> SlotRow:
    """A derived slot with the names of people in place of their ids."""
    slot, task, doing = held.slot, held.task, held.doing
    kind = task_kind(task.code)
    row = SlotRow(
        task=task.rid,
        resident=task.resident,
        code=task.code,
        task_words=task.words,
        icon=kind.icon,
        role=task.role,
        may_refuse=kind.may_refuse,
        day=slot.day,
        slot=slot.name,
        name="" if slot.name == slot.shift else slot.name,
        at=slot.at,
        opens=slot.opens,
        state=held.state,
        words=AWAY.get(held.away) or _STATES.get(held.state, ""),
    )
    if doing is None:
        return row
    return replace(
        row,
        words=OUTCOMES.get(doing.outcome, doing.outcome),
        seen=Seen(doing.rid, doing.revision),
        outcome=doing.outcome,
        why=why_words(doing.why, doing.note) if doing.why else doing.note,
        why_code=doing.why,
        note=doing.note,
        by=names.get(doing.author, "区平台"),
        author=doing.author,
        done_at=doing.at,
        recorded_at=doing.recorded_at,
        late=doing.recorded_at > shift_end(hours_of(reader), held) + AFTER_SHIFT,
        twice=doing.twice,
    )


def shift_end(hours: Hours, held: Held) -> datetime:
    """When the shift ends in which a slot lies."""
    shift = hours.shift(held.slot.shift)
    return held.slot.closes if shift is None else hours.span(held.slot.shift_day, shift)[1]
