"""The form of one line of the programme as data: minutes, how often, where, who, and the dose the item asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.rehab.drafted import GoalDraft, ItemDraft
from app.rehab.form.evaluation import reason_fields
from app.rehab.lists.contraindications import BLOCK
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.dose import DoseField, dose_fields
from app.rehab.lists.items import Item, items
from app.rehab.lists.surroundings import places
from app.rehab.planning.forms import LONGEST_SESSION, LONGEST_TEXT
from app.rehab.templating import Hand

Values = Mapping[str, Value]
DOSE = "dose."
"""How the fields of a dose begin."""
SENSELESS = ("sci_t6", "sensory_loss")
"""The condition and the contraindication under which what holds below a sensory level is said."""


def item_fields(
    line: ItemDraft, staff: Sequence[Hand], goals: Sequence[GoalDraft], *, changing: bool = False
) -> Form:
    """What is asked of a line of the programme."""
    item = items().get(line.code)
    hands = tuple(Choice(str(one.rid), one.name) for one in staff if _may(one, line.discipline))
    fields = [
        Field("minutes", "每次时长", Kind.NUMBER, required=True, unit="分钟", low=1, high=LONGEST_SESSION),
        Field("per_week", "每周次数", Kind.NUMBER, required=True, unit="次", low=0, high=28, hint="不到每周一次填 0"),
        Field("therapist", "康复师", Kind.CHOICE, listed=True, choices=hands),
        Field("place", "地点", Kind.CHOICE, choices=tuple(Choice(one.code, one.words) for one in places().values())),
    ]  # fmt: skip
    dose = tuple(_dose_field(dose_fields()[code], item) for code in item.asks) if item is not None else ()
    more = [Field("note", "说明", max_length=LONGEST_TEXT, wide=True, placeholder="如 患侧负重，膝防过伸")]
    if item is not None and item.group:
        more.append(Field("together", "小组", max_length=20, placeholder="小组名称；一对一就空着"))
    if goals:
        choices = tuple(Choice(one.key, one.action[:24]) for one in goals)
        more.append(Field("goal", "为哪个目标", Kind.CHOICE, choices=choices, wide=True))
    sections = [Section("", tuple(fields))]
    if dose:
        sections.append(Section("剂量", dose))
    sections.append(Section("", tuple(more)))
    return Form((*sections, *(reason_fields().sections if changing else ())))


def item_values(line: ItemDraft) -> dict[str, Value]:
    """What the fields show of a line."""
    dose = {DOSE + key: _shown(value) for key, value in line.dose.items()}
    return {
        "minutes": str(line.minutes),
        "per_week": str(line.per_week),
        "therapist": str(line.therapist) if line.therapist else "",
        "place": line.place,
        "note": line.note,
        "together": line.together,
        "goal": line.goal,
        **dose,
    }


def read_item(values: Values, before: ItemDraft) -> ItemDraft:
    """The line the values say."""
    therapist = _text(values, "therapist")
    said = {key.removeprefix(DOSE): value for key, value in values.items() if key.startswith(DOSE) and value}
    dose = {key: _dose_value(dose_fields()[key], value) for key, value in said.items()}
    return replace(
        before,
        minutes=int(_text(values, "minutes") or 0),
        per_week=int(_text(values, "per_week") or 0),
        therapist=UUID(therapist) if therapist else None,
        place=_text(values, "place"),
        note=_text(values, "note"),
        together=_text(values, "together"),
        goal=_text(values, "goal"),
        dose=dose,
    )


def dose_wrong(line: ItemDraft) -> tuple[str, str] | None:
    """The first field of a dose that may not stand so, and why."""
    item = items().get(line.code)
    wrong = item.wrong_dose(line.dose) if item is not None else ()
    return next(((DOSE + key, f"{words}。") for key, words in wrong), None)


def often_words(line: ItemDraft) -> str:
    """`每周 5 次 · 30 分钟`; less often than that the note says."""
    often = f"每周 {line.per_week} 次" if line.per_week else "不定期"
    return f"{often} · {line.minutes} 分钟"


def told_of(
    line: ItemDraft, held: Mapping[str, str], conditions: Sequence[str]
) -> tuple[tuple[str, bool], ...]:
    """What contraindications that are so say of a line: the sentence, and whether they block it."""
    item = items().get(line.code)
    if item is None:
        return ()
    found = []
    for one, effect in item.contraindicated:
        if one.code in held:
            note = f"（{held[one.code]}）" if held[one.code] else ""
            advice = f"：{one.advice}" if one.advice else ""
            found.append(
                (f"{one.words}{note}{'，禁用' if effect == BLOCK else '，注意'}{advice}", effect == BLOCK)
            )
    below, words = item.below_level
    if below and (SENSELESS[0] in conditions or SENSELESS[1] in held):
        found.append((words, below == BLOCK))
    return tuple(dict.fromkeys(found))


def _may(one: Hand, discipline: str) -> bool:
    known = disciplines().get(discipline)
    return known is not None and known.held_by(one.roles, one.profession)


def _dose_field(field: DoseField, item: Item | None) -> Field:
    key = DOSE + field.code
    own = (item.points if field.of == "points" else item.methods) if field.of and item is not None else ()
    choices = tuple(Choice(one, one) for one in own) or tuple(
        Choice(code, words) for code, words in field.choices
    )
    if field.kind == "number":
        low, high = field.least, field.most
        if field.code == "temperature_c" and item is not None and item.temperature is not None:
            low, high = item.temperature
        return Field(
            key, field.words, Kind.NUMBER, unit=field.unit, decimals=field.decimals, low=low, high=high
        )
    if field.kind == "choice":
        return Field(key, field.words, Kind.CHOICE, choices=choices, wide=1 < len(choices) <= 5)
    if field.kind == "choices":
        return Field(key, field.words, Kind.CHOICES, choices=choices, wide=True)
    return Field(key, field.words, max_length=LONGEST_TEXT, wide=True)


def _shown(value: object) -> Value:
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _dose_value(field: DoseField, value: Value) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if field.kind != "number":
        return value
    number = float(value)
    return int(number) if number == int(number) else number


def _text(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""
