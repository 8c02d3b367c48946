"""Dates in every form rosters and people write them; what cannot be one day, and one day only, is refused in words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from app.residents.rules.folding import fold
from app.residents.rules.wrong import Wrong

EPOCH_1900 = date(1899, 12, 30)
"""Day zero of spreadsheet serial numbers (the false 29 February 1900 is behind us for any date after it)."""
EPOCH_1904 = date(1904, 1, 1)
"""Day zero of workbooks that came from old Macintoshes."""
_SERIALS = range(1_000, 80_000)  # 1902 … 2119: anything else is no serial number of a living person's dates
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_TIME = r"(?:[ tT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}}|\d{{2}}) ?[-./、年] ?(\d{{1,2}}) ?[-./、月] ?(\d{{1,2}}) ?[日号]?{_TIME}"
)
_DAY_LAST_YEAR = re.compile(rf"(\d{{1,2}})[-./](\d{{1,2}})[-./](\d{{4}}){_TIME}")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-./ ,]*([a-z]{3})[a-z]*[-./ ,]*(\d{4}|\d{2})")
_MONTH_DAY_YEAR = re.compile(r"([a-z]{3})[a-z]*[-./ ]*(\d{1,2})(?:st|nd|rd|th)?[-./ ,]+(\d{4}|\d{2})")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def read_date(value: object, latest: date, epoch: date = EPOCH_1900) -> date:
    """A cell or typed text as a date. `latest` decides the century of two-digit years: the last such year not after it.

    Takes dates, instants, texts and serial numbers of `epoch`. Refuses days that do not exist, dates with a part
    missing, and orders of day and month that could be read two ways.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, epoch)
    text = fold(str(value)).rstrip(".").strip()
    if re.search(r"[一二三四五六七八九〇零]", text) and not re.search(r"[农阴]历|初|廿", text):
        text = _chinese_numerals(text)
    if not text:
        raise Wrong("没有填写日期")
    if re.fullmatch(r"\d+(\.0+)?", text):
        return _from_number(int(float(text)), epoch)
    return _from_text(text, latest)


def _from_number(number: float, epoch: date) -> date:
    whole = int(number)
    if 10_000_101 <= whole <= 99_991_231:
        return _day(whole // 10_000, whole // 100 % 100, whole % 100, str(whole))
    if whole in _SERIALS and (whole > 2200 or isinstance(number, float)):
        return epoch + timedelta(days=whole)
    if 1800 <= whole <= 2200:
        raise Wrong(f"日期“{whole}”只有年份，缺月和日")
    if 180_001 <= whole <= 220_012:
        raise Wrong(f"日期“{whole}”缺日")
    raise Wrong(f"看不懂日期“{whole}”，请写成1935-03-12这样")


def _from_text(text: str, latest: date) -> date:
    lower = text.lower()
    if found := _YEAR_FIRST.fullmatch(lower):
        year, month, day = found.groups()
        if len(year) == 2 and "年" not in text and int(year) <= 31:
            raise Wrong(f"分不清日期“{text}”哪个是年，请写成1935-03-12这样")
        return _day(_year(year, int(month), int(day), latest), int(month), int(day), text)
    if found := _DAY_LAST_YEAR.fullmatch(lower):
        first, second, written = (int(part) for part in found.groups())
        if first <= 12 and second <= 12 and first != second:
            raise Wrong(f"分不清日期“{text}”哪个是月哪个是日，请写成1935-03-12这样")
        return _day(written, min(first, second), max(first, second), text)
    for pattern, order in ((_DAY_MONTH_YEAR, (1, 2, 3)), (_MONTH_DAY_YEAR, (2, 1, 3))):
        if (found := pattern.fullmatch(lower)) and found[order[1]] in _MONTHS:
            day_number, month_number = int(found[order[0]]), _MONTHS[found[order[1]]]
            return _day(
                _year(found[order[2]], month_number, day_number, latest), month_number, day_number, text
            )
    if re.fullmatch(r"\d{4}[-./、年]?\d{0,2}月?", lower):
        raise Wrong(f"日期“{text}”不完整，请写到日")
    if re.search(r"[农阴]历|初|廿", text):
        raise Wrong(f"“{text}”像是农历，请填公历日期")
    raise Wrong(f"看不懂日期“{text}”，请写成1935-03-12这样")


def _year(written: str, month: int, day: int, latest: date) -> int:
    """Four digits as they are; two digits as the last such year in which the day is not after `latest`."""
    if len(written) == 4:
        return int(written)
    year = latest.year // 100 * 100 + int(written)
    return year - 100 if (year, month, day) > (latest.year, latest.month, latest.day) else year


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Wrong(f"日期“{text}”不存在，请核对") from None


def _chinese_numerals(text: str) -> str:
    """一九三五年三月十二日 → 1935年3月12日."""

    def number(found: re.Match[str]) -> str:
        tens, ones = found[1], found[2]
        return str(int(tens.translate(_CHINESE_DIGITS) or 1) * 10 + int(ones.translate(_CHINESE_DIGITS) or 0))

    return re.sub(r"([二三]?)十([一二三四五六七八九]?)", number, text).translate(_CHINESE_DIGITS)
