"""The forms of a report, of telling the family, of a review as data, and what their values say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, Value, fold, read_date
from app.incidents.kinds import Asked, catalogue
from app.incidents.kinds import Kind as IncidentKind
from app.incidents.rules import ASKED, LONGEST_TEXT, LONGEST_WORDS, OLDEST, Answer, Family, Report, Review
from app.residents.rules.stated import CORRECTION_REASONS

Values = Mapping[str, Value]
Offers = Callable[[str], tuple[Choice, ...]]
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：.]?([0-5]\d)")
_KINDS = {"choice": Kind.CHOICE, "choices": Kind.CHOICES, "text": Kind.TEXT}


def report_fields(kind: str, today: date, people: Offers | None, *, correcting: bool = False) -> Form:
    """What is asked about an incident of this kind (empty: not chosen yet). `people` offers residents; None: it is
    about whom it is about."""
    known = catalogue()
    chosen = known.kinds.get(kind)
    who = _who(people, required=chosen is None or chosen.person) if people is not None else ()
    facts = (
        _choice("kind", "事件类别", tuple((one.code, one.words) for one in known.kinds.values())),
        *who,
        *_moment("发生日期", "发生时间", today),
        Field(
            "place",
            "地点",
            Kind.SUGGESTED,
            required=True,
            placeholder="如 卫生间",
            max_length=LONGEST_WORDS,
            suggest=_words_of(known.places),
            wide=True,
        ),
        _lines("happened", "发生了什么", "谁、在做什么、怎样发生、发现时的情况", required=True),
        _choice("harm", "伤害程度", tuple((one.code, one.words) for one in known.harms.values()), wide=True),
        *_measures(chosen),
        _lines("done", "处理说明", "其他处理，处理后的情况"),
    )
    more = tuple(_asked(one) for one in chosen.asks) if chosen else ()
    sections = [Section("", facts)]
    if more:
        sections.append(Section("补充（可以以后再填）", more))
    return Form((*sections, *_reasons(correcting=correcting)))


def family_fields(today: date, relatives: tuple[str, ...]) -> Form:
    """What is asked when a family was told; `relatives` are the contacts of the resident in words."""
    known = catalogue()
    fields = (
        *_moment("告知日期", "告知时间", today),
        _choice("way", "告知方式", tuple((one, one) for one in known.ways), wide=True),
        Field(
            "whom",
            "告知了谁",
            Kind.SUGGESTED,
            hint="无家属时可以不填",
            placeholder="姓名和关系",
            suggest=_words_of(relatives),
        ),
        Field("by", "告知人", required=True, max_length=LONGEST_WORDS),
        _lines("answer", "家属答复", "家属的意见；无家属时写监护人或村（居）委会的情况", required=True),
    )
    return Form((Section("", fields),))


def review_fields() -> Form:
    """What is asked at the review."""
    causes = tuple(Choice(one, one) for one in catalogue().causes)
    fields = (
        Field("causes", "原因", Kind.CHOICES, choices=causes),
        _lines("analysis", "原因分析", "为什么会发生"),
        _lines("measures", "整改措施", "做什么、谁负责、何时完成", required=True),
    )
    return Form((Section("", fields),))


def why_fields(label: str, placeholder: str) -> Form:
    """One line of words, with why."""
    return Form((Section("", (Field("why", label, required=True, placeholder=placeholder, max_length=80),)),))


def move_fields(people: Offers) -> Form:
    """Whose incident it really was, and why it was mistaken."""
    why = Field("why", "为什么记错", required=True, placeholder="如 同名、邻床", max_length=60)
    return Form((Section("", (*_who(people, required=True), why)),))


# values ---------------------------------------------------------------------------------------------------------------


def report_values(said: Report, zone: str) -> dict[str, Value]:
    """What the fields show of a report."""
    return {
        "kind": said.kind,
        **moment_values(zone, said.at),
        "place": said.place,
        "happened": said.happened,
        "harm": said.harm,
        "measures": said.measures,
        "done": said.done,
        **{ASKED + key: answer for key, answer in said.asked.items()},
    }


def moment_values(zone: str, moment: datetime) -> dict[str, Value]:
    """Day and time of a moment, by the institution's clock."""
    shown = local(zone, moment)
    return {"day": f"{shown:%Y-%m-%d}", "clock": f"{shown:%H:%M}"}


def read_report(values: Values, zone: str, resident: UUID | None) -> Report:
    """The report the values say; refuses a moment that is none."""
    asked: dict[str, Answer] = {
        key.removeprefix(ASKED): value for key, value in values.items() if key.startswith(ASKED)
    }
    return Report(
        kind=text(values, "kind"),
        at=read_moment(values, zone),
        resident=resident,
        place=text(values, "place"),
        happened=text(values, "happened"),
        harm=text(values, "harm"),
        measures=several(values, "measures"),
        done=text(values, "done"),
        asked=asked,
    )


def read_family(values: Values, zone: str) -> Family:
    return Family(
        at=read_moment(values, zone),
        way=text(values, "way"),
        whom=text(values, "whom"),
        by=text(values, "by"),
        answer=text(values, "answer"),
    )


def read_review(values: Values) -> Review:
    return Review(several(values, "causes"), text(values, "analysis"), text(values, "measures"))


def read_reason(values: Values) -> str:
    """The reason as the order takes it: 笔误, or 其他：and its words."""
    head, words = text(values, "reason"), text(values, "reason_words")
    return f"{head}：{words}" if words or head == "其他" else head


def read_moment(values: Values, zone: str) -> datetime:
    """Day and time as typed, in the institution's zone."""
    day, clock = read_date(text(values, "day")), _CLOCK.fullmatch(fold(text(values, "clock")))
    if day is None:
        raise Refusal("请按 2026-11-20 这样填写日期。", field="day")
    if clock is None:
        raise Refusal("请按 14:30 这样填写时间。", field="clock")
    return datetime.combine(day, time(int(clock[1]), int(clock[2])), ZoneInfo(zone))


def text(values: Values, key: str) -> str:
    """A value of one line; empty where the form does not ask for it."""
    value = values.get(key, "")
    return value if isinstance(value, str) else ""


def several(values: Values, key: str) -> tuple[str, ...]:
    """The ticks of a field; none where the form does not ask for it."""
    value = values.get(key, ())
    return value if isinstance(value, tuple) else ()


# inside ---------------------------------------------------------------------------------------------------------------


def _who(people: Offers, *, required: bool) -> tuple[Field, ...]:
    return (
        Field(
            "resident",
            "老人",
            Kind.SUGGESTED,
            required=required,
            placeholder="姓名、拼音首字母或床位",
            suggest=people,
        ),
    )


def _moment(day: str, clock: str, today: date) -> tuple[Field, ...]:
    return (
        Field("day", day, Kind.DATE, required=True, earliest=today - OLDEST, latest=today),
        Field("clock", clock, required=True, placeholder="如 14:30", check=_clock_wrong),
    )


def _clock_wrong(said: str) -> str | None:
    return None if _CLOCK.fullmatch(fold(said)) else "请按 14:30 这样填写时间。"


def _choice(key: str, label: str, choices: tuple[tuple[str, str], ...], *, wide: bool = False) -> Field:
    return Field(
        key, label, Kind.CHOICE, required=True, choices=tuple(Choice(*one) for one in choices), wide=wide
    )


def _lines(key: str, label: str, placeholder: str, *, required: bool = False) -> Field:
    return Field(key, label, Kind.LINES, required=required, placeholder=placeholder, max_length=LONGEST_TEXT)


def _measures(kind: IncidentKind | None) -> tuple[Field, ...]:
    if kind is None:
        return ()
    return (
        Field("measures", "当时怎样处理", Kind.CHOICES, choices=tuple(Choice(m, m) for m in kind.measures)),
    )


def _asked(one: Asked) -> Field:
    choices = tuple(Choice(words, words) for words in one.choices)
    wide = one.kind == "choice" and 2 < len(choices) <= 5
    return Field(
        ASKED + one.key, one.words, _KINDS[one.kind], choices=choices, max_length=LONGEST_WORDS, wide=wide
    )


def _reasons(*, correcting: bool) -> tuple[Section, ...]:
    if not correcting:
        return ()
    reason = _choice("reason", "更正原因", tuple((one, one) for one in CORRECTION_REASONS), wide=True)
    words = Field("reason_words", "说明", placeholder="选“其他”时必填", max_length=80)
    return (Section("为什么改", (reason, words)),)


def _words_of(words: tuple[str, ...]) -> Offers:
    """Offers the words that hold what was typed, by Chinese or by initials."""
    return lambda typed: tuple(Choice(one, one) for one in _fitting(words, fold(typed).lower()))


def _fitting(words: tuple[str, ...], typed: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    if not typed:
        return ()
    found = []
    for one in words:
        parts = lazy_pinyin(one)
        sounds = ("".join(parts), "".join(part[:1] for part in parts))
        if typed in one or any(sound.startswith(typed) for sound in sounds):
            found.append(one)
    return tuple(found)
