"""What a person says of a session: before it begins and when it ends; bad fields are refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.rehab.lists.attendance import SOAP, attendances, reactions, reasons_of
from app.rehab.lists.items import Item
from app.rehab.lists.skin import skin_states
from app.rehab.rules.stopping import Values
from app.rehab.training.values import NOTHING, check_values

DONE, PARTLY = "done", "partly"
STOPPED = "stopped"
"""The reason of a session that a rule stopped."""
LONGEST = 200
LONGEST_SESSION_HOURS = 6


@dataclass(frozen=True)
class Before:
    """What is said before a session begins. `values`: measured just now; what is left out comes from today's vitals.

    `despite`: why it goes on in spite of what warns. `found`: contraindications that are so today. `skin`: a code of
    skin.toml, where the item asks for it. `confirmed`: inputs of doubtful values that were looked at again.
    """

    values: Values = NOTHING
    despite: str = ""
    found: tuple[str, ...] = ()
    skin: str = ""
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class SessionForm:
    """What is said of a session that was held. `dose` None: as prescribed; `minutes` None: as long as it took.

    `goals`: values reached, by goal. `ended` None: now, or when a rule stopped it.
    """

    attendance: str = DONE
    why: str = ""
    why_words: str = ""
    during: Values = NOTHING
    after: Values = NOTHING
    dose: Mapping[str, Any] | None = None
    reactions: tuple[str, ...] = ()
    soap: Mapping[str, str] = field(default_factory=dict)
    skin: str = ""
    goals: Mapping[UUID, float] = field(default_factory=dict)
    note: str = ""
    minutes: int | None = None
    ended: datetime | None = None


NOTHING_SAID = Before()


def check_why(attendance: str, why: str, words: str) -> dict[str, str]:
    """Attendance with its reason as columns; refuses one that is none, and a reason missing, wrong or wordless."""
    said = attendances().get(attendance)
    if said is None:
        raise Refusal("请选择出席情况。", field="attendance")
    if not said.why:
        return {"attendance": attendance, "why": "", "why_words": ""}
    words = _tidy(words, "why_words")
    reason = next((one for one in reasons_of(attendance) if one.code == why), None)
    if reason is None:
        raise Refusal(f"记为“{said.words}”请选择原因。", field="why")
    if reason.words_needed and not words:
        raise Refusal(f"原因选“{reason.words}”时，请写明原因。", field="why_words")
    return {"attendance": attendance, "why": why, "why_words": words}


def check_form(form: SessionForm, item: Item | None, prescribed: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says, as columns; refuses a wrong dose, unknown reactions, a skin nobody looked at, long words."""
    check_values(form.during, "during")
    check_values(form.after, "after")
    dose = dict(prescribed if form.dose is None else form.dose)
    for name, wrong in item.wrong_dose(dose) if item is not None else ():
        raise Refusal(f"{wrong}。", field=f"dose.{name}")
    unknown = [one for one in form.reactions if one not in reactions()]
    if unknown:
        raise Refusal("没有这项反应，请从列表中选择。", field="reactions")
    for goal, value in form.goals.items():
        if not isfinite(value):
            raise Refusal("目标的数值请填数字。", field=f"goal.{goal}")
    if form.minutes is not None and not 0 < form.minutes <= LONGEST_SESSION_HOURS * 60:
        raise Refusal("请填写实际训练分钟数。", field="minutes")
    return {
        "dose": dose,
        "reactions": list(form.reactions),
        "soap": {part: words for part in SOAP if (words := _tidy(form.soap.get(part, ""), f"soap.{part}"))},
        "note": _tidy(form.note, "note"),
        "goals": {str(goal): value for goal, value in form.goals.items()},
    }


def check_skin(item: Item | None, said: str, field_name: str) -> str:
    """The skin as it was seen; refuses nothing where the item asks for it, and what is no state."""
    if said and said not in skin_states():
        raise Refusal("请选择皮肤情况。", field=field_name)
    if item is not None and item.skin_check and not said:
        raise Refusal("这个项目要查看治疗部位皮肤，请选择。", field=field_name)
    return said


def check_despite(words: str) -> str:
    return _tidy(words, "despite")


def _tidy(words: str, name: str) -> str:
    said = words.strip()
    if len(said) > LONGEST:
        raise Refusal(f"最多 {LONGEST} 个字。", field=name)
    return said
