"""体温单: seven days a page, six columns a day; grid, respiration and the day's other figures under it.

Source: 《病历书写基本规范》; signs and scales as 《基础护理学》 teaches them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.printing.drawn import Drawn
from app.printing.pdf import draw as draw_sheet
from app.printing.sheet import MEASURE, Cell, Dot, Figure, Ink, Label, Row, Sheet, Stroke, Table, Words
from app.printing.sheets.temperature_grid import (
    BLACK,
    BLUE,
    DIM,
    FIFTHS,
    PALE,
    RED,
    Frame,
    Shape,
    curves,
    grid_lines,
    site_sign,
    written,
)
from app.printing.sheets.temperature_week import DAYS, DayRow, TemperatureChart, Week

TITLE = "体温单"
_HEAD = 78.0  # where the table begins
_SIDE = 62.0  # the labels at its left
_LINE = 14.0  # a row of dates
_BREATH = 22.0
_DAY_ROW = 15.0
_TEXT = Ink("song", 9, 7)
_SMALL = Ink("song", 7.6, 5)


def draw(data: TemperatureChart) -> Drawn:
    """Draws the chart: one page a week."""
    return draw_sheet(sheet(data))


def sheet(data: TemperatureChart) -> Sheet:
    """The chart as data."""
    figures = [page(data, week) for week in data.weeks]
    span = f"{data.weeks[0].first:%Y-%m-%d}" if data.weeks else ""
    return Sheet(
        title=f"{TITLE} {data.name} {span}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(Table((MEASURE,), (Row((Cell(one, pad=0),), 0),), ruled=False) for one in figures),
    )


def page(data: TemperatureChart, week: Week) -> Figure:
    """One week, as it stands on paper and on the screen."""
    column = (MEASURE - _SIDE) / (DAYS * len(data.scale.hours))
    frame = Frame(_SIDE, _HEAD + 3 * _LINE, column, data.scale)
    under = frame.top + frame.height
    bottom = under + _BREATH + _DAY_ROW * len(week.rows)
    shapes: list[Shape] = [*_head(data), *grid_lines(frame), *_dates(frame, week), *_hours(frame)]
    shapes += [*_side(frame), *_breaths(frame, week, under)]
    for place, row in enumerate(week.rows):
        shapes += _day_row(frame, row, under + _BREATH + place * _DAY_ROW)
    shapes += [*_frame_lines(frame, bottom), *curves(frame, week), *written(frame, week)]
    shapes += _legend(bottom + 4)
    return Figure(bottom + 17, tuple(shapes))


def _head(data: TemperatureChart) -> Iterator[Shape]:
    """Institution, title, and who it is in two lines."""
    yield Label(Words(data.institution, Ink("song", 12, 9), "center", lines=1), 0, 0, MEASURE)
    yield Label(Words("体　温　单", Ink("heavy", 19), "center"), 0, 15, MEASURE)
    first: list[tuple[str, str, float]] = [("姓名", data.name, 128), ("性别", data.sex, 58)]
    first += [("年龄", data.age, 66), ("床位", data.bed, 142), ("住养号", data.number, 111.28)]
    second = [("入住日期", data.admitted, 128), ("诊断", data.diagnosis, MEASURE - 128)]
    for top, facts in ((44, first), (60, second)):
        left = 0.0
        for caption, said, width in facts:
            wide = 9.0 * (len(caption) + 1) + 1
            yield Label(Words(f"{caption}：", _TEXT), left, top, wide)
            value = Words(said or "—", Ink("kai", 10, 6), lines=1)
            yield Label(value, left + wide, top - 0.7, width - wide - 4)
            left += width


def _cell(words: str, left: float, top: float, size: tuple[float, float], ink: Ink = _SMALL) -> Label:
    """Words in the middle of a box of `size` (width, height)."""
    high = ink.size * ink.pitch
    return Label(Words(words, ink, "center", lines=1), left + 1, top + (size[1] - high) / 2, size[0] - 2)


def _dates(frame: Frame, week: Week) -> Iterator[Shape]:
    for place, words in enumerate(("日　　期", "入住天数")):
        yield _cell(words, 0, _HEAD + place * _LINE, (_SIDE, _LINE), _TEXT)
    wide = frame.column * frame.per_day
    for place in range(DAYS):
        left = frame.left + place * wide
        yield _cell(_date(week.first, place), left, _HEAD, (wide, _LINE), _TEXT)
        yield _cell(week.stay_days[place], left, _HEAD + _LINE, (wide, _LINE), _TEXT)


def _date(first: date, place: int) -> str:
    """The first day of a page whole, another year whole, another month with its month, else the day alone."""
    day = first + timedelta(days=place)
    if place == 0 or (day.month, day.day) == (1, 1):
        return f"{day:%Y-%m-%d}"
    return f"{day:%m-%d}" if day.day == 1 else str(day.day)


def _hours(frame: Frame) -> Iterator[Shape]:
    top = _HEAD + 2 * _LINE
    yield _cell("时　　间", 0, top, (_SIDE, _LINE), _TEXT)
    for slot in range(frame.per_day * DAYS):
        hour = frame.scale.hours[slot % frame.per_day]
        ink = Ink("song", 7.2, 5, rgb=RED if hour in frame.scale.night else BLACK)
        yield _cell(str(hour), frame.left + slot * frame.column, top, (frame.column, _LINE), ink)


def _side(frame: Frame) -> Iterator[Shape]:
    """The two scales at the left: each number just under its line."""
    half = _SIDE / 2
    scale = frame.scale
    for degree in range(scale.highest, scale.lowest, -1):
        top = frame.y(degree) + 1.5
        beats = scale.beats_highest - (scale.highest - degree) * scale.beats_per_degree
        yield Label(Words(str(beats), Ink("song", 8.5, rgb=RED), "center"), 0, top, half)
        yield Label(Words(f"{degree}", Ink("song", 8.5, rgb=BLUE), "center"), half, top, half)
    for left, words, unit, ink in ((0.0, "脉搏", "次/分", RED), (half, "体温", "℃", BLUE)):
        top = frame.top + 22
        yield Label(Words(words, Ink("hei", 8.5, rgb=ink), "center"), left, top, half)
        yield Label(Words(unit, Ink("hei", 7.5, rgb=ink), "center"), left, top + 12, half)


def _breaths(frame: Frame, week: Week, top: float) -> Iterator[Shape]:
    """One number up, the next one down, as they are written by hand."""
    yield _cell("呼吸", 0, top, (_SIDE * 0.45, _BREATH), _TEXT)
    yield _cell("次/分", _SIDE * 0.45, top, (_SIDE * 0.55, _BREATH))
    for place, (slot, words) in enumerate(week.breaths):
        at = top + (1.0 if place % 2 == 0 else _BREATH / 2)
        box = (frame.column + 1, _BREATH / 2 - 1)
        yield _cell(words, frame.left + slot * frame.column - 0.5, at, box, Ink("hei", 7, 5))


def _day_row(frame: Frame, row: DayRow, top: float) -> Iterator[Shape]:
    yield _cell(row.words, 0, top, (_SIDE * 0.45, _DAY_ROW), _TEXT)
    yield _cell(row.unit, _SIDE * 0.45, top, (_SIDE * 0.55, _DAY_ROW))
    wide = frame.column * frame.per_day
    for day, values in enumerate(row.cells):
        share = wide / max(len(values), 1)
        left = frame.left + day * wide
        for place, words in enumerate(values):
            yield _cell(words, left + place * share, top, (share, _DAY_ROW), Ink("hei", 8, 5))
            if place:
                x = left + place * share
                yield Stroke(((x, top), (x, top + _DAY_ROW)), 0.35, PALE)


def _frame_lines(frame: Frame, bottom: float) -> Iterator[Shape]:
    """Rows, days (red), the edge of the labels, and the heavy frame round it all."""
    under = frame.top + frame.height
    rows = [_HEAD + _LINE, _HEAD + 2 * _LINE, frame.top, under]
    top = under + _BREATH
    while top < bottom - 1:
        rows.append(top)
        top += _DAY_ROW
    for y in rows:
        yield Stroke(((0, y), (frame.right, y)), 0.6, BLACK)
    for column in range(frame.per_day * DAYS):
        x = frame.left + column * frame.column
        if column % frame.per_day:
            yield Stroke(((x, _HEAD + 2 * _LINE), (x, frame.top)), 0.35, PALE)
            yield Stroke(((x, under), (x, under + _BREATH)), 0.35, PALE)
        elif column:
            yield Stroke(((x, _HEAD), (x, bottom)), 0.9, RED)
    yield Stroke(((_SIDE / 2, frame.top), (_SIDE / 2, under)), 0.5, DIM)
    yield Stroke(((_SIDE, _HEAD), (_SIDE, bottom)), 0.9, BLACK)
    corners = ((0.0, _HEAD), (frame.right, _HEAD), (frame.right, bottom), (0.0, bottom), (0.0, _HEAD - 0.6))
    yield Stroke(corners, 1.2, BLACK)


def _legend(top: float) -> Iterator[Shape]:
    y = top + 6
    signs: tuple[tuple[str, tuple[Shape, ...]], ...] = (
        ("腋温", tuple(site_sign(6, y, "cross"))),
        ("口温", tuple(site_sign(66, y, "disc"))),
        ("肛温", tuple(site_sign(126, y, "ring"))),
        ("脉搏", (Dot(186, y, 2.4, RED),)),
        ("心率", (Dot(246, y, 2.4, RED, filled=False),)),
        (
            "降温后",
            (Stroke(((300, y), (309, y)), 0.9, RED, dashed=True), Dot(312, y, 2.5, RED, filled=False)),
        ),
    )
    for place, (words, shapes) in enumerate(signs):
        yield from shapes
        yield Label(Words(words, _SMALL), 12 + place * 60 + (6 if place == 5 else 0), top + 1, 40)
    fifth = f"每小格 {1 / FIFTHS:g} ℃"
    yield Label(Words(fifth, _SMALL, "right"), MEASURE - 120, top + 1, 120)
