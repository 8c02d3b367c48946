"""What the readings or grades of an instrument that measures come to, whole and part by part. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.assessments.instruments import Instrument, Item, plain


def given(items: Iterable[Item], answers: Mapping[str, int]) -> list[float]:
    """The values of the items that have one."""
    options = (item.option(answers[item.code]) for item in items if item.code in answers)
    return [option.value for option in options if option is not None]


def result_of(instrument: Instrument, items: Iterable[Item], answers: Mapping[str, int]) -> float | None:
    """What some items come to together; None while none of them has a value."""
    values = given(items, answers)
    if instrument.measured is None or not values:
        return None
    return instrument.measured.result(values, higher_is_better=instrument.higher_is_better)


def part_results(instrument: Instrument, answers: Mapping[str, int]) -> dict[str, float]:
    """What each part comes to that has a value, where there are several parts: 左手, 右手."""
    if len(instrument.dimensions) < 2:
        return {}
    found = {one.code: result_of(instrument, one.items, answers) for one in instrument.dimensions}
    return {code: plain(value) for code, value in found.items() if value is not None}


def still_wanted(instrument: Instrument, answers: Mapping[str, int]) -> tuple[Item, ...]:
    """As many of the open readings as there must still be."""
    left = [item for code, item in instrument.items.items() if code not in answers]
    return tuple(left[: max(0, instrument.wanted - len(answers))])
