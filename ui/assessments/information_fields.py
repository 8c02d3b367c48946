"""The information of an instrument (appendix A) as forms: blocks of fields, and values to and from facts. No widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.assessments.content import Content, occasions
from app.assessments.instruments import Choice as AskedChoice
from app.assessments.instruments import Fact, Instrument
from app.assessments.instruments import Field as Asked
from app.assessments.instruments import Section as Table
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date

NONE = "none of these"
"""Key of the tick that says: nothing of this list. Kept as an answer without choices."""
RECORD = {"record.assessed_on": "assessed_on", "record.occasion": "occasion"}
"""Fields that are no facts but stand in the head of the content."""
_KINDS = {
    "text": Kind.TEXT,
    "date": Kind.DATE,
    "number": Kind.NUMBER,
    "choice": Kind.CHOICE,
    "choices": Kind.CHOICES,
}
_HALF, _LETTER, _EDGE = 300, 14, 30


@dataclass(frozen=True)
class Block:
    """Fields drawn together: `known` are shown, `form` are asked, `rows` is one table of texts."""

    kind: Literal["known", "form", "rows"]
    fields: tuple[Asked, ...]
    title: str = ""

    @property
    def helps(self) -> tuple[str, ...]:
        """What the choices mean, where the instrument explains them."""
        return tuple(
            f"{choice.words}：{choice.help}" for one in self.fields for choice in one.choices if choice.help
        )

    @property
    def never(self) -> dict[str, str]:
        """Where every field counts events: the choice of each that counts none."""
        none = {one.code: choice.words for one in self.fields for choice in one.choices if choice.counts == 0}
        return none if len(none) == len(self.fields) > 1 else {}


def tables_of(instrument: Instrument) -> tuple[Table, ...]:
    """The tables of an instrument; one that does not ask for day and occasion itself gets a table that does."""
    asked = {field.known_from for table in instrument.sections for field in table.fields}
    head = []
    if "record.assessed_on" not in asked:
        head.append(Asked("assessed_on", "评估日期", "date", known_from="record.assessed_on"))
    if "record.occasion" not in asked:
        choices = tuple(
            AskedChoice(words, asks="原因" if words == "其他" else "") for words in occasions(instrument)
        )
        head.append(Asked("occasion", "评估原因", "choice", choices, known_from="record.occasion"))
    return (Table("", "本次评估", tuple(head)), *instrument.sections) if head else instrument.sections


def asked_of(instrument: Instrument) -> dict[str, Asked]:
    """Every field of the tables by its code."""
    return {field.code: field for table in tables_of(instrument) for field in table.fields}


def is_known(field: Asked) -> bool:
    """Whether the station holds the field's value itself, so that nobody types it."""
    return field.known_from.startswith("resident.") or field.known_from == "record.number"


def blocks(table: Table) -> tuple[Block, ...]:
    """The blocks of one table: known ones first. A block ends with its group, with a field that explains its choices
    (the words stand under it), and with one that asks for a text (its place may be empty)."""
    known = tuple(field for field in table.fields if is_known(field))
    made: list[Block] = [Block("known", known)] if known else []
    run: list[Asked] = []

    def close() -> None:
        if run:
            group = run[0].group
            said = group == table.title or any(group == other.fields[-1].group for other in made[-1:])
            made.append(Block("form", tuple(run), "" if said else group))
            run.clear()

    for field in table.fields:
        if is_known(field):
            continue
        if field.kind == "rows":
            close()
            made.append(Block("rows", (field,)))
            continue
        if run and run[0].group != field.group:
            close()
        run.append(field)
        if any(choice.help or choice.asks for choice in field.choices):
            close()
    close()
    return tuple(made)


def form_of(block: Block, today: date) -> Form:
    """A block as a form; each choice that asks for words is followed by their field."""
    fields: list[Field] = []
    for one in block.fields:
        fields.append(field_of(one, today))
        fields += [
            Field(one.supplement(choice.words), choice.asks, max_length=500)
            for choice in one.choices
            if choice.asks
        ]
    return Form((Section(block.title, tuple(fields)),))


def field_of(asked: Asked, today: date) -> Field:
    """One field as the form draws it."""
    choices = tuple(Choice(choice.words, choice.words) for choice in asked.choices)
    if needs_none(asked):
        choices = (Choice(NONE, "无以下任何一项"), *choices)
    return Field(
        key=RECORD.get(asked.known_from, asked.code),
        label=asked.name,
        kind=_KINDS[asked.kind],
        required=asked.required or asked.known_from in RECORD,
        hint=asked.help,
        unit=asked.unit,
        choices=choices,
        max_length=500 if asked.kind == "text" else 0,
        decimals=2,
        low=asked.low,
        high=asked.high,
        latest=today if asked.known_from == "record.assessed_on" else None,
        wide=_is_wide(asked),
    )


def needs_none(asked: Asked) -> bool:
    """Whether an answer is required and no choice of the instrument says "none"."""
    return asked.kind == "choices" and asked.required and not any(one.alone for one in asked.choices)


def _is_wide(asked: Asked) -> bool:
    if asked.kind == "choice" and len(asked.choices) <= 5:
        return sum(len(one.words) * _LETTER + _EDGE for one in asked.choices) > _HALF
    return len(asked.name) + len(asked.help) > 20


def values_of(instrument: Instrument, content: Content) -> dict[str, Value]:
    """What the fields show of some content."""
    values: dict[str, Value] = {
        "assessed_on": content.assessed_on.isoformat() if content.assessed_on else "",
    }
    head, colon, words = content.occasion.partition("：")
    values["occasion"] = head
    for asked in asked_of(instrument).values():
        if asked.known_from == "record.occasion" and colon:
            values[asked.supplement(head)] = words
        if is_known(asked) or asked.known_from in RECORD or asked.kind == "rows":
            continue
        values[asked.code] = _shown(asked, content.information.get(asked.code))
        for choice in asked.choices:
            said = content.information.get(asked.supplement(choice.words), "")
            if choice.asks:
                values[asked.supplement(choice.words)] = said if isinstance(said, str) else ""
    return values


def _shown(asked: Asked, said: Fact | None) -> Value:
    if asked.kind != "choices":
        return said if isinstance(said, str) else ""
    chosen = tuple(one for one in said or () if isinstance(one, str))
    return (NONE,) if said is not None and not chosen and needs_none(asked) else chosen


def facts_of(instrument: Instrument, values: Mapping[str, Value]) -> dict[str, Fact]:
    """The facts the fields say; what is empty is not said."""
    facts: dict[str, Fact] = {}
    for asked in asked_of(instrument).values():
        value = values.get(asked.code)
        if not value or is_known(asked) or asked.known_from in RECORD:
            continue
        facts[asked.code] = () if value == (NONE,) else value
        for choice in asked.choices:
            words = values.get(asked.supplement(choice.words))
            if choice.asks and words and choice.words in (value if isinstance(value, tuple) else (value,)):
                facts[asked.supplement(choice.words)] = words
    return facts


def head_of(instrument: Instrument, values: Mapping[str, Value]) -> tuple[date | None, str]:
    """Date and occasion as the fields say them."""
    day, occasion = values.get("assessed_on", ""), values.get("occasion", "")
    asked = next((one for one in asked_of(instrument).values() if one.known_from == "record.occasion"), None)
    said = occasion if isinstance(occasion, str) else ""
    choice = asked.choice(said) if asked else None
    if asked is not None and choice is not None and choice.asks:
        said = f"{said}：{values.get(asked.supplement(said), '')}"
    return read_date(day) if isinstance(day, str) else None, said


def alone(asked: Asked, before: Value, now: Value) -> Value:
    """The ticks as they may stand together: one that excludes the others wins if it is new, else gives way."""
    if not isinstance(now, tuple):
        return now
    excluding = {one.words for one in asked.choices if one.alone} | {NONE}
    fresh = [one for one in now if one not in before and one in excluding]
    if fresh:
        return (fresh[0],)
    return tuple(one for one in now if one not in excluding) if len(now) > 1 else now
