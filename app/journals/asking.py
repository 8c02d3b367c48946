"""The form of an entry as data, and the content its values make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, Value, problem, tidy
from app.core.form_times import read_moment
from app.journals.journal import Content, Filled, Journal, JournalField
from app.journals.rules import flag_of
from app.residents.rules.stated import CORRECTION_REASONS
from app.residents.search_text import pinyin_of, search_query

AT, BEGINS, REASON, REASON_WORDS = "at", "begins", "reason", "reason_words"
RESERVED = (AT, BEGINS, REASON, REASON_WORDS)
_MOST_PEOPLE = 8
_ROW, _ROW_WORDS = 5, 13


@dataclass(frozen=True)
class Person:
    """Somebody a field may name: staff or family; `what` is the profession or the relation."""

    name: str
    what: str
    staff: bool


@dataclass(frozen=True)
class Occasion:
    """What a form needs beyond its journal: the institution's day, and who may be named."""

    today: date
    people: tuple[Person, ...] = ()


def entry_form(journal: Journal, occasion: Occasion, *, correcting: bool = False) -> Form:
    """What is asked for an entry: when, then the journal's fields, then for a correction why."""
    typed = (one for one in journal.fields if one.filled is None)
    fields = (_when(journal, occasion), *(_field(one, occasion) for one in typed))
    kept = tuple(one for one in fields if one is not None)
    return Form((Section("", kept), *_why(correcting=correcting)))


def usual_values(journal: Journal, now: datetime) -> dict[str, Value]:
    """What a new form begins with; `now` by the institution's wall clock."""
    today = now.date().isoformat()
    values: dict[str, Value] = {}
    for one in journal.fields:
        if one.usual == "today":
            values[one.key] = today
        elif one.usual:
            values[one.key] = (one.usual,) if one.kind in (Kind.CHOICES, Kind.BODY) else one.usual
    if journal.event:
        values[AT] = f"{now:%Y-%m-%d %H:%M}"
    elif not journal.begins:
        values[BEGINS] = today
    return values


def completed(journal: Journal, values: Mapping[str, Value], today: date) -> dict[str, Value]:
    """The content of what was typed: tidy, without what is not asked or empty, with what follows from a code."""
    content: dict[str, Value] = {}
    for one in journal.fields:
        if one.when is not None and not one.when.met(content):
            continue
        if one.filled is not None:
            value: Value = _filled(journal, one.filled, content)
        else:
            value = tidy(_field(one, Occasion(today)), values.get(one.key, ""))
        if value:
            content[one.key] = value
    return content


def asked(journal: Journal, content: Content) -> tuple[JournalField, ...]:
    """The fields a person answers, given what is said already."""
    return tuple(
        one for one in journal.fields if one.filled is None and (one.when is None or one.when.met(content))
    )


def check(journal: Journal, content: Content, today: date) -> None:
    """Refuse, beside its field, what is missing or cannot be."""
    for one in asked(journal, content):
        field = _field(one, Occasion(today))
        must = one.required or (one.required_when is not None and one.required_when.met(content))
        wrong = problem(replace(field, required=must), content.get(one.key, ""))
        if wrong is not None:
            raise Refusal(wrong, field=one.key)
    unknown = [key for key in content if journal.field(key) is None]
    if unknown:
        raise Refusal(f"“{journal.title}”没有字段“{unknown[0]}”。")


def unit_of(journal: Journal, field: JournalField, content: Content) -> str:
    """The unit a number has by the code chosen beside it; empty where that says none."""
    for one in journal.fields:
        if one.filled is not None and one.filled.what == "flag" and one.filled.of == field.key:
            return _filled(journal, Filled(one.filled.by, "unit"), content)
    return ""


def moment(text: str, zone: str, today: date) -> datetime | None:
    """A typed moment as an instant; None where it is none."""
    read = read_moment(text, today)
    return None if read is None else datetime.fromisoformat(read).replace(tzinfo=ZoneInfo(zone))


def read_reason(values: Mapping[str, Value]) -> str:
    """The reason as an order takes it: 笔误, or 其他：and its words."""
    head, words = str(values.get(REASON, "")), str(values.get(REASON_WORDS, ""))
    return f"{head}：{words}" if words or head == "其他" else head


def _when(journal: Journal, occasion: Occasion) -> Field | None:
    if journal.event:
        return Field(
            AT,
            "时间",
            Kind.MOMENT,
            required=True,
            placeholder="8:30、昨天 22:10",
            latest=occasion.today,
            today=occasion.today,
        )
    return None if journal.begins else Field(BEGINS, "开始日期", Kind.DATE, required=True)


def _field(one: JournalField, occasion: Occasion) -> Field:
    return Field(
        one.key,
        one.label,
        one.kind,
        required=one.required or (one.required_when is not None and one.required_when == one.when),
        hint=one.hint,
        placeholder=one.placeholder,
        unit=one.unit,
        choices=one.choices,
        max_length=0 if one.kind in (Kind.PHOTOS, Kind.BODY) else one.max_length,
        decimals=one.decimals,
        low=one.low,
        high=one.high,
        latest=occasion.today if one.past else None,
        wide=one.wide or _is_long(one),
        most=one.most,
        today=occasion.today,
        suggest=_people(one.people, occasion.people) if one.people else None,
    )


def _is_long(one: JournalField) -> bool:
    """Few choices stand in a row, all in sight: many words need the whole width."""
    labels = [choice.label for choice in one.choices]
    return one.kind is Kind.CHOICE and len(labels) <= _ROW and sum(map(len, labels)) > _ROW_WORDS


def _people(who: str, people: tuple[Person, ...]) -> Callable[[str], tuple[Choice, ...]]:
    meant = [one for one in people if who == "any" or one.staff == (who == "staff")]

    def suggest(typed: str) -> tuple[Choice, ...]:
        wanted = search_query(typed)
        found = [one for one in meant if wanted in one.name or _sounds(one.name, wanted)]
        return tuple(Choice(one.what or one.name, one.name) for one in found[:_MOST_PEOPLE])

    return suggest


def _sounds(name: str, wanted: str) -> bool:
    return any(sound.startswith(wanted) for sound in pinyin_of(name))


def _filled(journal: Journal, filled: Filled, content: Content) -> str:
    chosen, by = journal.field(filled.by), content.get(filled.by, "")
    measure = chosen.measures.get(by) if chosen is not None and isinstance(by, str) else None
    if measure is None:
        return ""
    if filled.what == "unit":
        return measure.unit
    try:
        return flag_of(float(str(content.get(filled.of, ""))), measure.band)
    except ValueError:  # not a number yet
        return ""


def _why(*, correcting: bool) -> tuple[Section, ...]:
    if not correcting:
        return ()
    reasons = tuple(Choice(one, one) for one in CORRECTION_REASONS)
    return (
        Section(
            "更正",
            (
                Field(REASON, "更正原因", Kind.CHOICE, required=True, choices=reasons),
                Field(REASON_WORDS, "说明", placeholder="选“其他”时必填", max_length=80),
            ),
        ),
    )
