"""Where each measurement stands on a temperature chart: its day by the institution's clock, and its column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.printing.sheets.temperature_week import DAYS, Beats, ChartScale, Sign, Temperature, Written
from app.vitals.queries.record import VitalLine

_DIGITS = "零一二三四五六七八九"
COOLED = "cooled"


def chinese_number(number: int) -> str:
    """0 to 59 as they are read: 零, 八, 十, 十七, 二十三."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def clock_words(moment: datetime) -> str:
    """八时三十分, 十七时."""
    minutes = f"{chinese_number(moment.minute)}分" if moment.minute else ""
    return f"{chinese_number(moment.hour)}时{minutes}"


@dataclass(frozen=True)
class Columns:
    """The columns of one week: first day, hours of a day. Moments are the institution's local time."""

    first: date
    hours: tuple[int, ...]

    def slot(self, moment: datetime) -> int | None:
        """The column of a moment, the nearest of its day; None outside the week."""
        day = (moment.date() - self.first).days
        if not 0 <= day < DAYS:
            return None
        minutes = moment.hour * 60 + moment.minute
        distances = [abs(hour * 60 - minutes) for hour in self.hours]
        return day * len(self.hours) + distances.index(min(distances))

    def day_slot(self, day: date, hour: int) -> int | None:
        """The column nearest to an hour of a day."""
        return self.slot(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001  # local time on paper

    def off_hour(self, moment: datetime) -> int:
        """Minutes between a moment and its column's hour: of two in one column the nearer one is drawn."""
        minutes = moment.hour * 60 + moment.minute
        return min(abs(hour * 60 - minutes) for hour in self.hours)


Local = Callable[[datetime], datetime]
Broken = Callable[[datetime, datetime], bool]


@dataclass(frozen=True)
class Placing:
    """How lines of one week are placed: its columns, its scale, local time, what breaks a line between two moments."""

    columns: Columns
    scale: ChartScale
    local: Local
    broken: Broken


def one_a_slot(lines: Iterable[VitalLine], placing: Placing) -> dict[int, VitalLine]:
    """The value drawn in each column: the one nearest to its hour; a repeated one before the first."""
    found: dict[int, VitalLine] = {}

    def rank(line: VitalLine) -> tuple[int, int]:
        return placing.columns.off_hour(placing.local(line.at)), -line.measured.turn

    for line in lines:
        slot = placing.columns.slot(placing.local(line.at))
        if slot is not None and (slot not in found or rank(line) < rank(found[slot])):
            found[slot] = line
    return dict(sorted(found.items()))


def temperatures(
    lines: Sequence[VitalLine], placing: Placing, signs: Mapping[str, Sign]
) -> tuple[tuple[Temperature, ...], tuple[int, ...]]:
    """What is drawn of the temperatures, and the columns in which 不升 is written."""
    measured = [one for one in lines if one.measured.value is not None]
    plain = one_a_slot((one for one in measured if one.measured.said("after") != COOLED), placing)
    cooled = one_a_slot((one for one in measured if one.measured.said("after") == COOLED), placing)
    low = {slot for slot, one in plain.items() if _value(one) < placing.scale.unrisen}
    drawn = []
    before: VitalLine | None = None
    for slot, one in plain.items():
        if slot in low:
            before = None
            continue
        joined = before is not None and not placing.broken(before.at, one.at)
        after = cooled.get(slot)
        sign = signs.get(one.measured.said("site"), "cross")
        fell = None if after is None else _value(after)
        drawn.append(Temperature(slot, _value(one), sign, joined, fell))
        before = one
    return tuple(drawn), tuple(sorted(low))


def beats(lines: Sequence[VitalLine], placing: Placing) -> tuple[Beats, ...]:
    """What is drawn of pulses or heart rates."""
    drawn = []
    before: VitalLine | None = None
    for slot, one in one_a_slot((one for one in lines if one.measured.value is not None), placing).items():
        joined = before is not None and not placing.broken(before.at, one.at)
        drawn.append(Beats(slot, round(_value(one)), joined))
        before = one
    return tuple(drawn)


def reasons(lines: Sequence[VitalLine], placing: Placing) -> tuple[Written, ...]:
    """Why no temperature was taken, in its column, unless one was taken there after all."""
    taken = one_a_slot((one for one in lines if one.measured.value is not None), placing)
    absent = one_a_slot((one for one in lines if one.measured.absent), placing)
    return tuple(Written(slot, one.words, event=False) for slot, one in absent.items() if slot not in taken)


def week_starts(first: date, last: date, anchor: date) -> tuple[date, ...]:
    """First days of the pages that hold a span; pages count in sevens from the anchor (the day of admission)."""
    begin = anchor + timedelta(days=(first - anchor).days // DAYS * DAYS)
    count = (last - begin).days // DAYS + 1
    return tuple(begin + timedelta(days=DAYS * place) for place in range(max(count, 1)))


def _value(line: VitalLine) -> float:
    return line.measured.value if line.measured.value is not None else 0.0
