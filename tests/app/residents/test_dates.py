"""Dates in every form people write them; one day, and one day only, or a refusal in words."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.residents.rules import EPOCH_1900, EPOCH_1904, Wrong, read_date

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1906, 1, 10), TODAY)
FORMS = (
    "{0:%Y-%m-%d}", "{0:%Y.%m.%d}", "{0:%Y/%m/%d}", "{0:%Y%m%d}", "{0:%Y年%m月%d日}", "{0.year}年{0.month}月{0.day}日",
    "{0.year}.{0.month}.{0.day}", "{0.year} 年 {0.month} 月 {0.day} 日", "{0:%d-%b-%Y}", "{0:%b %d, %Y}",
    "{0:%Y-%m-%d} 00:00:00", "{0:%Y-%m-%dT%H:%M:%S}",
)  # fmt: skip


@given(day=DAYS, form=st.sampled_from(FORMS), wide=st.booleans())
def test_every_form_says_the_same_day(day: date, form: str, wide: bool) -> None:  # noqa: FBT001  # hypothesis draws it
    text = form.format(datetime(day.year, day.month, day.day))  # noqa: DTZ001  # a date has no zone
    if wide:
        text = "".join(chr(ord(mark) + 0xFEE0) if "!" <= mark <= "~" else mark for mark in text)
    assert read_date(text, TODAY) == day


@given(day=DAYS, epoch=st.sampled_from([EPOCH_1900, EPOCH_1904]))
def test_serial_numbers_of_both_epochs(day: date, epoch: date) -> None:
    serial = (day - epoch).days
    if serial > 2200:  # smaller whole numbers read as years
        assert read_date(serial, TODAY, epoch) == day
        assert read_date(float(serial), TODAY, epoch) == day
        assert read_date(str(serial), TODAY, epoch) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("13-Mar-35", date(1935, 3, 13)),
        ("13-Mar-26", date(2026, 3, 13)),
        ("24-Nov-26", date(2026, 11, 24)),
        ("25-Nov-26", date(1926, 11, 25)),
        ("35.3.12", date(1935, 3, 12)),
        ("35年3月12日", date(1935, 3, 12)),
        ("1935、3、12", date(1935, 3, 12)),
        ("25/3/1935", date(1935, 3, 25)),
        ("3/25/1935", date(1935, 3, 25)),
        ("一九三五年十月二十一日", date(1935, 10, 21)),
        ("一九三五年十二月三十日", date(1935, 12, 30)),
        (datetime(1935, 3, 12, 8, 30), date(1935, 3, 12)),  # noqa: DTZ001  # as a workbook holds it
        (date(1935, 3, 12), date(1935, 3, 12)),
    ],
)
def test_odd_forms(written: object, day: date) -> None:
    assert read_date(written, TODAY) == day


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1935-02-30", "日期“1935-02-30”不存在，请核对"),
        ("19350230", "日期“19350230”不存在，请核对"),
        ("1935-13-01", "日期“1935-13-01”不存在，请核对"),
        ("12/3/1935", "分不清日期“12/3/1935”哪个是月哪个是日，请写成1935-03-12这样"),
        ("12.3.5", "分不清日期“12.3.5”哪个是年，请写成1935-03-12这样"),
        ("12.3.11", "分不清日期“12.3.11”哪个是年，请写成1935-03-12这样"),
        ("1935年3月", "日期“1935年3月”不完整，请写到日"),
        ("1935", "日期“1935”只有年份，缺月和日"),
        (193503, "日期“193503”缺日"),
        (7, "看不懂日期“7”，请写成1935-03-12这样"),
        ("农历1935年三月初三", "“农历1935年三月初三”像是农历，请填公历日期"),
        ("不详", "看不懂日期“不详”，请写成1935-03-12这样"),
        ("", "没有填写日期"),
    ],
)
def test_what_is_no_day(written: object, words: str) -> None:
    with pytest.raises(Wrong) as wrong:
        read_date(written, TODAY)
    assert wrong.value.text == words


@given(
    st.one_of(
        st.text(max_size=30), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
    )
)
def test_nothing_else_comes_out_than_a_date_or_words(value: object) -> None:
    try:
        found: object = read_date(value, TODAY)
    except Wrong as wrong:
        found = wrong.text
    assert isinstance(found, (date, str))
    assert found
