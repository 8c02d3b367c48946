"""The information around the score (appendix A): what may be said, what is still missing, what contradicts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.assessments.instruments.facts import Choice, Fact, Field, spoken
from app.assessments.instruments.model import Instrument
from app.core.errors import Refusal

_DOUBT = ("疑", "否认", "家族史", "排除", "?", "？")
LONGEST_TEXT = 500
MOST_ROWS = 60


def check_facts(instrument: Instrument, facts: Mapping[str, Fact]) -> None:
    """Refuse facts of unknown fields, choices that do not exist or exclude each other, numbers out of range."""
    supplements = {
        field.supplement(choice.words): f"{field.label}：{choice.asks}"
        for field in instrument.fields.values()
        for choice in field.choices
        if choice.asks
    } | {
        item.supplement(option.digit): f"{item.name}：{option.asks}"
        for item in instrument.items.values()
        for option in item.options
        if option.asks
    }
    for code, said in facts.items():
        if code in supplements:
            _check_text(code, supplements[code], said)
            continue
        field = instrument.fields.get(code)
        if field is None:
            raise Refusal(f"“{instrument.title}”没有栏目 {code}", field=code)
        _CHECKS[field.kind](field, said)


def unfilled(instrument: Instrument, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Codes of required fields that nobody has answered. Nothing ticked is an answer; nothing said is none."""
    return tuple(
        code for code, field in instrument.fields.items() if field.required and facts.get(code, "") == ""
    )


def unexplained(
    instrument: Instrument, answers: Mapping[str, int], facts: Mapping[str, Fact]
) -> tuple[tuple[str, str], ...]:
    """Texts that chosen options ask for and nobody has written: item code and the sentence."""
    found = []
    for code, digit in answers.items():
        option = instrument.items[code].option(digit)
        if option is not None and option.asks and not facts.get(instrument.items[code].supplement(digit)):
            found.append((code, f"{instrument.items[code].label}：请填写{option.asks}"))
    return tuple(found)


def blocked(instrument: Instrument, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Sentences saying why the test must not be done, and what to do instead."""
    return tuple(
        one.words for one in instrument.blocks if set(spoken(facts.get(one.field, ()))) & set(one.words_met)
    )


def contradictions(
    instrument: Instrument, answers: Mapping[str, int], facts: Mapping[str, Fact]
) -> tuple[str, ...]:
    """Sentences naming what cannot both be true, for the assessors to look at before signing."""
    found = []
    for rule in instrument.contradictions:
        option = instrument.items[rule.item].option(answers[rule.item]) if rule.item in answers else None
        met = set(spoken(facts.get(rule.field, ()))) & set(rule.words_met)
        if met and option is not None and option.score in rule.scores:
            found.append(rule.words)
    return tuple(found)


@dataclass(frozen=True)
class Stated:
    """A diagnosis as the station holds it: its words, and its ICD-10 code such as F00.100 where known."""

    words: str
    code: str = ""


def suggested_by_diagnoses(field: Field, diagnoses: Iterable[Stated]) -> tuple[str, ...]:
    """Choices that known diagnoses suggest, in the form's order. A code speaks before words; doubt suggests nothing."""
    known = tuple(diagnoses)
    return tuple(choice.words for choice in field.choices if any(_suggests(one, choice) for one in known))


def suggested_by_codes(field: Field, codes: Iterable[str]) -> tuple[str, ...]:
    """Choices that entries of the resident's code lists suggest."""
    known = set(codes)
    return tuple(choice.words for choice in field.choices if known & set(choice.codes))


def _suggests(diagnosis: Stated, choice: Choice) -> bool:
    if diagnosis.code:
        return bool(choice.icd) and _covers(choice.icd, diagnosis.code)
    if any(word in diagnosis.words for word in _DOUBT):
        return False
    return any(word in diagnosis.words for word in choice.said)


def _covers(icd_range: str, code: str) -> bool:
    """Whether an ICD-10 code lies in a range of three-character categories such as F00-F03 or I25."""
    first, _, last = icd_range.partition("-")
    return first <= code.strip().upper()[:3] <= (last or first)


def _check_text(code: str, label: str, said: Fact) -> None:
    if not isinstance(said, str):
        raise Refusal(f"{label}：填写的形式不对", field=code)
    if len(said) > LONGEST_TEXT:
        raise Refusal(f"{label}：最多{LONGEST_TEXT}个字", field=code)


def _text(field: Field, said: Fact) -> None:
    _check_text(field.code, field.label, said)


def _date(field: Field, said: Fact) -> None:
    try:
        date.fromisoformat(said if isinstance(said, str) else "")
    except ValueError:
        if said != "":
            raise Refusal(f"{field.label}：日期应写成 2026-11-24 的样子", field=field.code) from None


def _number(field: Field, said: Fact) -> None:
    if said == "":
        return
    if not isinstance(said, str) or not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,2})?", said):
        raise Refusal(f"{field.label}：应填数字，如 160 或 52.5", field=field.code)
    if (field.low is not None and float(said) < field.low) or (
        field.high is not None and float(said) > field.high
    ):
        raise Refusal(f"{field.label}：应在{field.low}～{field.high}{field.unit}之间", field=field.code)


def _choice(field: Field, said: Fact) -> None:
    if not isinstance(said, str):
        raise Refusal(f"{field.label}：只能选一项", field=field.code)
    if said != "" and field.choice(said) is None:
        raise Refusal(f"{field.label}：没有“{said}”这一项", field=field.code)


def _choices(field: Field, said: Fact) -> None:
    words = spoken(said)
    if isinstance(said, str) or len(words) != len(said) or len(set(words)) != len(words):
        raise Refusal(f"{field.label}：填写的形式不对", field=field.code)
    for one in words:
        choice = field.choice(one)
        if choice is None:
            raise Refusal(f"{field.label}：没有“{one}”这一项", field=field.code)
        if choice.alone and len(words) > 1:
            raise Refusal(f"{field.label}：选“{one}”就不能再选其他项", field=field.code)


def _rows(field: Field, said: Fact) -> None:
    width = len(field.columns)
    if isinstance(said, str) or not all(isinstance(row, tuple) and len(row) == width for row in said):
        raise Refusal(f"{field.label}：每行应有{'、'.join(field.columns)}", field=field.code)
    if len(said) > MOST_ROWS:
        raise Refusal(f"{field.label}：最多{MOST_ROWS}行", field=field.code)
    for row in said:
        for cell in row:
            _check_text(field.code, field.label, cell)


_CHECKS: dict[str, Callable[[Field, Fact], None]] = {
    "text": _text,
    "date": _date,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "rows": _rows,
}
