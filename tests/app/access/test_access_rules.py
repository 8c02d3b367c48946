"""Rules of people and rights: check digits, passwords, PINs, numbers, delays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.rules import (
    USCC_ALPHABET,
    delay_after,
    institution_check_character,
    institution_code_problem,
    name_problem,
    password_problem,
    pin_problem,
    staff_number_problem,
    station_number_problem,
)

first17 = st.text(USCC_ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "9144030071526726XG", "914403001922038216"])
def test_codes_printed_in_public_are_right(code: str) -> None:
    assert institution_code_problem(code) is None


@given(first17, st.integers(0, 17), st.sampled_from(USCC_ALPHABET))
def test_one_changed_character_of_an_institution_code_is_always_found(text: str, at: int, other: str) -> None:
    code = text + institution_check_character(text)
    assert institution_code_problem(code) is None
    changed = code[:at] + other + code[at + 1 :]
    assert (institution_code_problem(changed) is None) == (changed == code)


@given(first17, st.integers(0, 16))
def test_two_neighbours_changed_over_are_always_found(text: str, at: int) -> None:
    code = text + institution_check_character(text)
    changed = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert (institution_code_problem(changed) is None) == (changed == code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "请填写"),
        ("9131", "现在是 4 位"),
        ("91350100M000100Y4I", "不含 I、O、S、V、Z"),
        ("91350100m000100y43", "数字和大写字母"),
        ("91350100M000100Y44", "校验位"),
    ],
)
def test_a_bad_institution_code_is_told_why(code: str, words: str) -> None:
    assert words in str(institution_code_problem(code))


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("Gentle-2026", None),
        ("养老院ab1cd2", None),
        ("a1" * 64, "太简单"),
        ("abcd1234" * 16, None),
        ("abcd1234" * 16 + "x", "最长 128"),
        ("", "至少 8"),
        ("Short-1", "至少 8"),
        ("onlyletters", "字母和数字"),
        ("1234567890", "字母和数字"),
        ("１２３４５６７abc", "字母和数字"),
        ("aaaa1111", "太简单"),
        ("my0317pass", "工号或姓名"),
        ("周敏的密码abc1", "工号或姓名"),
    ],
)
def test_passwords(password: str, words: str | None) -> None:
    problem = password_problem(password, "0317", "周敏")
    assert problem is None if words is None else words in str(problem)


@pytest.mark.parametrize(
    ("pin", "good"),
    [
        ("280417", True),
        ("112233", True),
        ("000000", False),
        ("123456", False),
        ("987654", False),
        ("12345", False),
        ("1234567", False),
        ("12345a", False),
        ("２８０４１７", False),
        ("280417\n", False),
    ],
)
def test_pins(pin: str, *, good: bool) -> None:
    assert (pin_problem(pin) is None) is good


@pytest.mark.parametrize(
    ("number", "good"),
    [("01", True), ("99", True), ("00", False), ("1", False), ("100", False), ("０１", False), ("a1", False)],
)
def test_station_numbers(number: str, *, good: bool) -> None:
    assert (station_number_problem(number) is None) is good


@pytest.mark.parametrize(
    ("number", "good"),
    [("0317", True), ("H0317", True), ("", False), ("1" * 13, False), ("03 17", False), ("０３１７", False)],
)
def test_staff_numbers(number: str, *, good: bool) -> None:
    assert (staff_number_problem(number) is None) is good


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("周敏", True),
        ("买买提·吐尔逊", True),
        ("欧阳 娜娜", True),
        ("𠮷田", True),
        ("", False),
        ("周3", False),
        ("<b>", False),
    ],
)
def test_names(name: str, *, good: bool) -> None:
    assert (name_problem(name) is None) is good


def test_delays_grow_and_end_at_a_quarter_hour() -> None:
    delays = [delay_after(failures) for failures in range(13)]
    assert delays == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert delay_after(10_000) == 900
