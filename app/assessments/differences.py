"""What a correction changed: two revisions of one assessment compared, line by line, in the words of the form."""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.instruments import Fact, Instrument, labelled
from app.assessments.record_queries import AnswerShown, Revision


@dataclass(frozen=True)
class Difference:
    """One line that changed; an empty text means that nothing was said."""

    label: str
    before: str
    after: str


def fact_words(said: Fact) -> str:
    """A fact in one line: choices with 、 between, rows with ；."""
    if isinstance(said, str):
        return said
    return "；".join(
        "，".join(cell for cell in one if cell) for one in said if not isinstance(one, str)
    ) or "、".join(one for one in said if isinstance(one, str))


def differences(instrument: Instrument, older: Revision, newer: Revision) -> tuple[Difference, ...]:
    """What `newer` says that `older` said otherwise, in the order of the form; the result last."""
    found = [
        Difference("评估日期", older.assessed_on.isoformat(), newer.assessed_on.isoformat()),
        Difference("评估原因", older.occasion, newer.occasion),
        Difference("评估地点", older.place, newer.place),
        *_answers(older, newer),
        *_facts(instrument, older, newer),
        Difference("评估结论与建议", older.conclusion, newer.conclusion),
        Difference("总分", _points(older.total), _points(newer.total)),
        Difference(
            instrument.measured.name if instrument.measured else "测得值",
            _measured(instrument, older.measured),
            _measured(instrument, newer.measured),
        ),
        Difference("能力等级", _level(instrument, older.level), _level(instrument, newer.level)),
    ]
    return tuple(one for one in found if one.before != one.after)


def _answers(older: Revision, newer: Revision) -> list[Difference]:
    before = {one.code: one for one in older.answers}
    after = {one.code: one for one in newer.answers}
    return [
        Difference(
            labelled(code, (after.get(code) or before[code]).name),
            _answer(before.get(code)),
            _answer(after.get(code)),
        )
        for code in dict.fromkeys([*before, *after])
    ]


def _facts(instrument: Instrument, older: Revision, newer: Revision) -> list[Difference]:
    codes = sorted({*older.information, *newer.information}, key=lambda code: _place(instrument, code))
    return [
        Difference(
            _label(instrument, code),
            fact_words(older.information.get(code, "")),
            fact_words(newer.information.get(code, "")),
        )
        for code in codes
    ]


def _place(instrument: Instrument, code: str) -> tuple[int, str]:
    fields = tuple(instrument.fields)
    head = code.partition("/")[0]
    return (fields.index(head) if head in fields else len(fields), code)


def _label(instrument: Instrument, code: str) -> str:
    head, _, words = code.partition("/")
    field = instrument.fields.get(head)
    if field is None:
        return code
    choice = field.choice(words) if words else None
    return f"{field.code} {field.label}" + (f"（{choice.asks}）" if choice and choice.asks else "")


def _points(total: int | None) -> str:
    return "" if total is None else f"{total} 分"


def _measured(instrument: Instrument, value: float | None) -> str:
    return "" if value is None else instrument.value_words(value)


def _answer(one: AnswerShown | None) -> str:
    """Digit and text; of a measured number just that."""
    if one is None:
        return ""
    return one.text if one.mark and one.text.startswith(one.mark) else f"{one.sign} {one.text}"


def _level(instrument: Instrument, level: int | None) -> str:
    return "" if level is None else instrument.level(level).words
