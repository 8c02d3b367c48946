"""Lines of Chinese: nothing lost, nothing too wide, no mark where it must not stand."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.printing.breaking import CLOSING, OPENING, break_lines, units

_LETTERS = "老人护理评估级次岁片阿依木𬱖AbZ09.%～<≥-/ 　，。；：、！？）》”’（《“‘【】·—…"
_texts = st.text(st.sampled_from(_LETTERS), max_size=120)
_limits = st.integers(min_value=4, max_value=60)


def width(text: str) -> float:
    """Columns: Latin one, Han two."""
    return sum(1 if char < "\u2e80" else 2 for char in text)


@given(_texts)
def test_units_hold_the_whole_text(text: str) -> None:
    assert "".join(units(text)) == text


@given(_texts, _limits)
def test_lines_hold_the_whole_text_and_fit(text: str, limit: int) -> None:
    lines = ["".join(line) for line, _ in break_lines(text, limit, width)]
    assert "".join(lines) == text.rstrip(" ")
    assert all(width(line.rstrip(" ")) <= max(limit, 2) for line in lines)


@given(_texts, _limits)
def test_no_line_begins_closed_or_ends_open(text: str, limit: int) -> None:
    text = text.strip(" ")
    assume(all(width(unit) <= limit for unit in units(text)))
    lines = ["".join(line).strip(" ") for line, _ in break_lines(text, limit, width)]
    for line in lines[1:]:
        begins_with_number = line[:1] in "<>＜＞" and line[1:2].isdigit()
        assert begins_with_number or line[:1] not in CLOSING, lines
    for line in lines[:-1]:
        assert line[-1:] not in OPENING, lines


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("服硝苯地平 30 mg 后", " 30 mg"),
        ("每次20～30分钟", "20～30分"),
        ("血压≥140/90 mmHg。", "≥140/90 mmHg。"),
        ("每天<1次，但", "<1次，"),
        ("建议：3. 请心理", "3. 请"),
        ("2型糖尿病", "2型"),
        ("注射0.25 mg×2支后", "0.25 mg×2支"),
        ("称“好”。", "“好”。"),
        ("筛查——甲", "查——"),
        ("于2026-11-18评", "2026-11-18"),
    ],
)
def test_what_belongs_together_stays_together(text: str, unit: str) -> None:
    assert unit in list(units(text))


def test_only_a_unit_wider_than_the_line_is_cut() -> None:
    lines = ["".join(line) for line, _ in break_lines("编号" + "A" * 25 + "，好", 10, width)]
    assert lines == ["编号", "A" * 10, "A" * 10, "A" * 5 + "，好"]


def test_a_new_line_in_the_text_begins_a_line() -> None:
    assert break_lines("甲\n\n乙", 10, width) == [(("甲",), True), ((), True), (("乙",), True)]
