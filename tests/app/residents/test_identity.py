"""ID numbers, ages, names, phones: what people write is read in one form, what cannot be is refused in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.residents.rules import (
    MAX_AGE,
    Wrong,
    age_on,
    age_words,
    check_birth,
    check_digit,
    doubt_birth,
    mask_id,
    mask_name,
    mask_phone,
    read_id_number,
    read_name,
    read_phone,
    read_phones,
)

TODAY = date(2026, 11, 24)
BIRTHS = st.dates(date(1907, 1, 1), TODAY)


def number(birth: date, sequence: int = 2) -> str:
    first17 = f"310199{birth:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


@given(birth=BIRTHS, sequence=st.integers(0, 999))
def test_a_right_number_gives_birth_date_and_sex(birth: date, sequence: int) -> None:
    read = read_id_number(number(birth, sequence), TODAY)
    assert read.birth_date == birth
    assert read.sex == ("1" if sequence % 2 else "2")


@given(birth=BIRTHS, place=st.integers(0, 17), digit=st.integers(0, 9))
def test_one_wrong_digit_is_always_noticed(birth: date, place: int, digit: int) -> None:
    right = number(birth)
    wrong = right[:place] + str(digit) + right[place + 1 :]
    if wrong == right:
        assert read_id_number(wrong, TODAY).number == right
    else:
        with pytest.raises(Wrong):
            read_id_number(wrong, TODAY)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("310199193505120029", "310199193505120029"),
        ("31019919371219010x", "31019919371219010X"),
        ("３１０１９９１９３７１２１９０１０Ｘ", "31019919371219010X"),
        (" 310199 19371219 010X ", "31019919371219010X"),
        ("'310199193505120029", "310199193505120029"),
        ("310199-19350512-0029", "310199193505120029"),
        ("310199380709101", "310199193807091016"),
    ],
)
def test_every_usual_way_to_write_a_number(written: str, read: str) -> None:
    assert read_id_number(written, TODAY).number == read


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("31019919350512002", "身份证号应为18位（旧证15位），现有17位"),
        ("3101991935051200AB", "身份证号只能有数字，末位可以是X"),
        ("310199194005060021", "身份证号校验码不符，至少有一位填错，请对照证件核对"),
        ("31019919410230001X", "身份证号中的出生日期“19410230”不存在，请核对"),
        ("991001193505120029", "身份证号开头的地区码“99”不存在，请核对"),
        ("3.10199E+17", "身份证号被表格软件改成了数字，末尾几位已丢失；请把该列设为“文本”后重新填写"),
        (number(TODAY + timedelta(days=1)), "出生日期2026-11-25在今天之后，请核对"),
        (number(date(1900, 1, 1)), "按出生日期1900-01-01计算已126岁，超过120岁，请核对"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(written: str, words: str) -> None:
    with pytest.raises(Wrong) as wrong:
        read_id_number(written, TODAY)
    assert wrong.value.text == words


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(1935, 5, 12), date(2026, 5, 11), 90),
        (date(1935, 5, 12), date(2026, 5, 12), 91),
        (date(1936, 2, 29), date(2026, 2, 28), 89),
        (date(1936, 2, 29), date(2026, 3, 1), 90),
        (date(1936, 2, 29), date(2028, 2, 29), 92),
    ],
)
def test_ages_in_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age
    assert age_words(birth, day) == f"{age}岁"


def test_the_edges_of_a_life() -> None:
    check_birth(TODAY, TODAY)
    check_birth(date(TODAY.year - MAX_AGE, 11, 24), TODAY)
    with pytest.raises(Wrong, match="超过120岁"):
        check_birth(date(TODAY.year - MAX_AGE - 1, 11, 24), TODAY)
    assert doubt_birth(date(1916, 1, 1), TODAY) is None
    assert doubt_birth(date(1915, 1, 1), TODAY) == "按出生日期计算为111岁，请再核对一遍"
    assert doubt_birth(date(2001, 1, 1), TODAY) == "按出生日期计算为25岁，请再核对一遍"
    assert age_words(None, TODAY) == "年龄不详"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("王 小 明", "王小明"),
        ("王　小明", "王小明"),
        ("\u200b李琴\ufeff", "李琴"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽 • 买买提", "阿依古丽·买买提"),
        ("John  Smith", "John Smith"),
        ("Ｊｏｈｎ", "John"),
        ("𠮷田", "𠮷田"),
        ("赵\ue863", "赵\ue863"),
        ("﨑山", "﨑山"),
        ("〇一", "〇一"),
        ("尉迟恭*", "尉迟恭"),
    ],
)
def test_names_in_one_form_with_rare_characters_kept(written: str, read: str) -> None:
    assert read_name(written) == read


@pytest.mark.parametrize(
    "written", ["", " 　", "张三（已故）", "王三1", "王?明", "王\ufffd", "合计", "甲" * 51, "··"]
)
def test_what_is_no_name(written: str) -> None:
    with pytest.raises(Wrong):
        read_name(written)


@given(st.text(st.characters(categories=["Lo"]), min_size=1, max_size=20))
def test_reading_a_name_twice_changes_nothing(text: str) -> None:
    try:
        once = read_name(text)
    except Wrong:
        return
    assert read_name(once) == once


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("０２１－５５５５００００", "021-55550000"),
        ("02155550000", "021-55550000"),
        ("(021)55550000转12", "021-55550000转12"),
        ("0991-2345678", "0991-2345678"),
        ("55550000", "55550000"),
        ("13800138000/021-55550000", "13800138000、021-55550000"),
        ("13800138000 13900139000", "13800138000、13900139000"),
        ("13800138000，13800138000", "13800138000"),
    ],
)
def test_phones_as_they_are_dialled(written: str, read: str) -> None:
    assert read_phones(written) == read


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1380013800", "手机号应为11位，现有10位"),
        ("138001380000", "手机号应为11位，现有12位"),
        ("找儿子", "电话号码不完整或有多余的字，固定电话请写成“区号-号码”"),
        ("021-123", "电话号码不完整或有多余的字，固定电话请写成“区号-号码”"),
        ("", "没有填写电话"),
    ],
)
def test_what_cannot_be_dialled(written: str, words: str) -> None:
    with pytest.raises(Wrong) as wrong:
        read_phone(written)
    assert wrong.value.text == words


def test_masks_show_the_least() -> None:
    assert mask_id("310199193505120029") == "310199********0029"
    assert mask_id("E12345678") == "E1*****78"
    assert mask_id(None) == ""
    assert mask_phone("19900000000") == "199****0000"
    assert mask_phone("120") == "120"
    assert [mask_name(name) for name in ("李", "李琴", "杨秀桂", "欧阳淑华")] == [
        "李",
        "李*",
        "杨*桂",
        "欧**华",
    ]
