"""What a report must say, what closing waits for, who may review, when a review is late, how events are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.incidents.kinds import Asked, Catalogue, Harm

STATUSES = {"reported": "待审核", "reviewed": "待结案", "closed": "已结案"}
UNDO_MINUTES = 10
LONGEST_WORDS, LONGEST_TEXT = 100, 2000
ASKED = "asked."
"""How the fields of what a kind asks more of begin."""
OLDEST = timedelta(days=366)
"""How far back a report may reach: a slip of the year is likelier than a report so late."""

Answer = str | tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What happened, as the person who was there says it. `asked`: answers to what the kind asks more of."""

    kind: str
    at: datetime
    resident: UUID | None
    place: str
    happened: str
    harm: str
    measures: tuple[str, ...] = ()
    done: str = ""
    asked: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class Family:
    """A family told: when, how, whom (with the relation), by whom, what they answered."""

    at: datetime
    way: str
    whom: str
    by: str
    answer: str


@dataclass(frozen=True)
class Review:
    """What is learned: causes from the list, the analysis in words, the measures that are to prevent another one."""

    causes: tuple[str, ...]
    analysis: str
    measures: str


def check_report(known: Catalogue, said: Report, now: datetime) -> Report:
    """The report in its proper form; refuses, beside its field, what is missing or cannot be."""
    kind = known.kinds.get(said.kind)
    if kind is None:
        raise Refusal("请选择事件类别。", field="kind")
    if said.resident is None and kind.person:
        raise Refusal(f"“{kind.words}”须说明是哪位老人。", field="resident")
    check_moment(said.at, now, "发生时间")
    if said.harm not in known.harms:
        raise Refusal("请选择伤害程度。", field="harm")
    measures = tuple(one for one in kind.measures if one in said.measures)
    proper = replace(
        said,
        place=_text(said.place, "place", "地点", LONGEST_WORDS),
        happened=_text(said.happened, "happened", "经过", LONGEST_TEXT),
        done=_text(said.done, "done", "处理", LONGEST_TEXT),
        measures=measures,
        asked=_answers(kind.asks, said.asked),
    )
    for name, words in (("place", "请填写地点。"), ("happened", "请写明发生了什么。")):
        if not getattr(proper, name):
            raise Refusal(words, field=name)
    if not measures and not proper.done:
        raise Refusal("请写明当时怎样处理，或勾选已做的处理。", field="done")
    return proper


def check_family(known: Catalogue, said: Family, happened: datetime, now: datetime) -> Family:
    """The telling in its proper form. Refuses one before the incident, one to come, and what is not said."""
    check_moment(said.at, now, "告知时间")
    if said.at < happened:
        raise Refusal("告知时间早于事件发生时间，请核对。", field="clock")
    if said.way not in known.ways:
        raise Refusal("请选择告知方式。", field="way")
    nobody = said.way == known.no_family
    proper = replace(
        said,
        whom=_text(said.whom, "whom", "告知了谁", LONGEST_WORDS),
        by=_text(said.by, "by", "告知人", LONGEST_WORDS),
        answer=_text(said.answer, "answer", "家属答复", LONGEST_TEXT),
    )
    if not proper.whom and not nobody:
        raise Refusal("请填写告知了谁。", field="whom")
    if not proper.by:
        raise Refusal("请填写由谁告知。", field="by")
    if not proper.answer:
        raise Refusal(
            "请写明情况：监护人或村（居）委会是否已告知。" if nobody else "请填写家属的答复。", field="answer"
        )
    return proper


def check_review(known: Catalogue, said: Review) -> Review:
    """The review in its proper form; refuses one without causes or without measures."""
    causes = tuple(one for one in known.causes if one in said.causes)
    analysis = _text(said.analysis, "analysis", "原因分析", LONGEST_TEXT)
    measures = _text(said.measures, "measures", "整改措施", LONGEST_TEXT)
    if not causes and not analysis:
        raise Refusal("请勾选原因，或写出原因分析。", field="causes")
    if not measures:
        raise Refusal("请写出整改措施。", field="measures")
    return Review(causes, analysis, measures)


def check_moment(moment: datetime, now: datetime, label: str) -> None:
    """Refuse a moment to come, and one so long ago that the year must be a slip."""
    if moment > now:
        raise Refusal(f"{label}不能晚于现在。", field="clock")
    if now - moment > OLDEST:
        raise Refusal(f"{label}在一年以前，请核对年份。", field="day")


def missing_for_closing(content: Mapping[str, Any], *, person: bool) -> tuple[str, ...]:
    """What closing still waits for, in words; nothing: it may be closed."""
    missing = []
    if person and not content.get("family"):
        missing.append("告知家属（时间、方式、告知人、答复）")
    if not content.get("review"):
        missing.append("审核（原因和整改措施）")
    return tuple(missing)


def reviewer_wrong(harm: Harm, reporter: UUID, reviewer: UUID) -> str | None:
    """Why this person may not review; None where they may."""
    if harm.other_reviewer and reporter == reviewer:
        return f"伤害程度为“{harm.words}”的事件，须由上报人以外的人审核。"
    return None


def due_at(reported_at: datetime, harm: Harm) -> datetime:
    """Until when an incident of this harm is to be reviewed."""
    return reported_at + timedelta(hours=harm.review_hours)


@dataclass(frozen=True)
class Event:
    """An incident as it is counted: its day, and the field of A.2.14 it counts for."""

    record: UUID
    day: date
    field: str


def within(events: Sequence[Event], last: date, days: int) -> tuple[Event, ...]:
    """The events of the `days` days that end with `last`."""
    first = last - timedelta(days=days)
    return tuple(one for one in events if first <= one.day <= last)


def fulfilled(events: Sequence[Event], at_least: int, days: int) -> tuple[Event, ...]:
    """The newest run of events that reaches `at_least` over all kinds within so many days; empty where none does."""
    for last in sorted(events, key=lambda one: one.day, reverse=True):
        run = within(events, last.day, days)
        if len(run) >= at_least:
            return tuple(sorted(run, key=lambda one: one.day))
    return ()


def _answers(asks: Sequence[Asked], said: Mapping[str, Answer]) -> dict[str, Answer]:
    """Answers to what the kind asks; a choice that is none of its own is refused, what was left empty is left out."""
    found: dict[str, Answer] = {}
    for one in asks:
        answer = said.get(one.key, "")
        if isinstance(answer, str):
            answer = _text(answer, ASKED + one.key, one.words, LONGEST_WORDS)
        chosen = (answer,) if isinstance(answer, str) else answer
        if one.choices and any(choice not in one.choices for choice in chosen if choice):
            raise Refusal(f"没有这个选项，请重新选择{one.words}。", field=ASKED + one.key)
        if answer:
            found[one.key] = answer
    return found


def _text(said: str, name: str, label: str, longest: int) -> str:
    text = said.strip()
    if len(text) > longest:
        raise Refusal(f"{label}最多 {longest} 个字，现在 {len(text)} 个。", field=name)
    return text
