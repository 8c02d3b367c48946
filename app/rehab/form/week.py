"""What the sheets of the week board ask: where a session is to stand, and when a therapist is not there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from app.care.lists import hours_in
from app.care.rules import minute_of
from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.core.form_times import read_time
from app.rehab.scheduling.off import LONGEST_WORDS, NotThere
from app.rehab.scheduling.placing import LONGEST, LONGEST_WHY, SHORTEST, Place

ONCE, WEEKLY = "once", "weekly"
REASONS = ("轮休", "培训", "休假", "会议", "外出会诊")
_WEEKDAYS = "一二三四五六日"
_TIME = re.compile(r"(?:周|星期)?([一二三四五六日天1-7])[ ]*(\d{1,2}(?:[:点]\d{0,2})|\d{3,4})")
People = Sequence[tuple[UUID, str]]


def place_fields(therapists: People, today: date) -> Form:
    """Day, time, therapist, minutes, and why."""
    return Form(
        (
            Section(
                "",
                (
                    Field(
                        "day",
                        "日期",
                        Kind.DATE,
                        required=True,
                        earliest=today,
                        latest=today + timedelta(days=366),
                    ),
                    Field("time", "时间", Kind.TIME, required=True, placeholder="如 14:00"),
                    Field("therapist", "康复师", Kind.CHOICE, choices=_people(therapists)),
                    Field(
                        "minutes", "时长", Kind.NUMBER, required=True, unit="分钟", low=SHORTEST, high=LONGEST
                    ),
                    Field(
                        "why",
                        "原因",
                        max_length=LONGEST_WHY,
                        wide=True,
                        placeholder="可不填，如：家属探视、冲突",
                    ),
                ),
            ),
        )
    )


def place_values(day: date, time: str, therapist: UUID | None, minutes: int) -> dict[str, Value]:
    return {
        "day": day.isoformat(),
        "time": time,
        "therapist": str(therapist) if therapist is not None else "",
        "minutes": str(minutes),
    }


def read_place_values(values: Mapping[str, Value]) -> Place:
    """Of values that were checked."""
    day = read_date(str(values["day"]))
    if day is None:
        raise Refusal("请填写日期。", field="day")
    return Place(day, str(values["time"]), _who(values, "therapist"), int(str(values["minutes"])))


def off_fields(therapists: People, today: date) -> Form:
    """Who, why, from when to when; once, or every week on the weekday of its first day."""
    latest = today + timedelta(days=366)
    return Form(
        (
            Section(
                "",
                (
                    Field("staff", "康复师", Kind.CHOICE, required=True, choices=_people(therapists)),
                    Field(
                        "words", "事由", Kind.SUGGESTED, required=True, max_length=LONGEST_WORDS, suggest=_reasons,
                        placeholder="如 轮休、培训、休假",
                    ),
                    Field(
                        "often", "重复", Kind.CHOICE, required=True, wide=True,
                        choices=(Choice(ONCE, "只这一次"), Choice(WEEKLY, "每周这一天")),
                    ),
                    Field("day", "从哪天", Kind.DATE, required=True, earliest=today, latest=latest),
                    Field("last", "到哪天", Kind.DATE, earliest=today, latest=latest, hint="不填：当天；每周：一直"),
                    Field("begins", "从几点", Kind.TIME, placeholder="不填：全天"),
                    Field("ends", "到几点", Kind.TIME, placeholder="不填：到下班"),
                ),
            ),
        )
    )  # fmt: skip


def read_off(values: Mapping[str, Value], zone: str) -> NotThere:
    """The order that says so; the times of a day without any are the whole of it."""
    day, staff = read_date(str(values["day"])), _who(values, "staff")
    if day is None or staff is None:
        raise Refusal("请填写康复师和日期。", field="day")
    last = read_date(str(values["last"]))
    weekly = values["often"] == WEEKLY
    begins = minute_of(str(values["begins"]) or "00:00")
    ends = minute_of(str(values["ends"]) or "24:00")
    final = day if weekly or last is None else last
    return NotThere(
        staff,
        str(values["words"]),
        _moment(zone, day, begins),
        _moment(zone, final, ends),
        day.isoweekday() if weekly else None,
        last if weekly else None,
    )


def week_words(week: Sequence[str]) -> str:
    """`周一 09:00、周四 10:30` of "1 09:00" and "4 10:30"."""
    return "、".join(f"周{_WEEKDAYS[int(one[0]) - 1]} {one[2:]}" for one in sorted(week))


def read_week(said: str) -> tuple[str, ...] | None:
    """`周一 9:00、四 1030` as "1 09:00", "4 10:30"; None where something in it is no time of a week."""
    plain = unicodedata.normalize("NFKC", said)
    found = []
    for weekday, clock in _TIME.findall(plain):
        number = (
            weekday if weekday.isdigit() else str("一二三四五六日天".index(weekday) + 1).replace("8", "7")
        )
        time = read_time(clock)
        if time is None:
            return None
        found.append(f"{number} {time}")
    rest = _TIME.sub("", plain)
    return None if re.sub(r"[\s、,;，；]", "", rest) else tuple(sorted(found))


def _moment(zone: str, day: date, minute: int) -> datetime:
    return hours_in(zone).moment(day, minute)


def _people(therapists: People) -> tuple[Choice, ...]:
    return tuple(Choice(str(rid), name) for rid, name in therapists)


def _who(values: Mapping[str, Value], key: str) -> UUID | None:
    said = str(values[key])
    return UUID(said) if said else None


def _reasons(typed: str) -> tuple[Choice, ...]:
    return tuple(Choice(one, one) for one in REASONS if typed.strip() in one)
