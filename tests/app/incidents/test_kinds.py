"""The kinds of incidents as data: the nine risks in order, fields that exist, forms that read back what they show."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from app.assessments.instruments import shipped
from app.core.form import problem
from app.incidents.form import read_report, report_fields, report_values
from app.incidents.kinds import catalogue
from app.incidents.rules import Report

NINE = ("噎食", "食品药品误食", "压疮", "烫伤", "坠床", "跌倒", "走失", "他伤和自伤", "文娱活动意外")
ZONE = "Asia/Shanghai"


def test_the_nine_risks_stand_in_the_order_of_the_standard() -> None:
    known = catalogue()
    nine = sorted((one for one in known.kinds.values() if one.nine), key=lambda one: one.nine)
    assert tuple(one.words for one in nine) == NINE
    assert len(known.kinds) == 19
    assert known.source
    assert [one.review_hours for one in known.harms.values()] == sorted(
        (one.review_hours for one in known.harms.values()), reverse=True
    )


def test_events_count_for_fields_of_the_instrument() -> None:
    fields = shipped()["gbt42195-2022"].fields
    rule = next(one for one in shipped()["gbt42195-2022"].changes if one.counted)
    for kind in catalogue().kinds.values():
        counted = {kind.counts_as, kind.counts_when[2] if kind.counts_when else ""} - {""}
        assert counted <= set(rule.counted) <= set(fields)
    words = {one.words: one.counts_as for one in catalogue().kinds.values()}
    assert (words["跌倒"], words["走失"], words["噎食"], words["自杀"]) == (
        "A.2.14.1", "A.2.14.2", "A.2.14.3", "A.2.14.4",
    )  # fmt: skip


@pytest.mark.parametrize("code", list(catalogue().kinds))
def test_every_form_takes_and_gives_back_what_it_shows(code: str) -> None:
    kind = catalogue().kinds[code]
    asked = {
        one.key: (one.choices[:2] if one.kind == "choices" else one.choices[-1]) if one.choices else "左髋"
        for one in kind.asks
    }
    said = Report(
        code,
        datetime(2026, 11, 20, 16, 5, tzinfo=UTC),
        None,
        "走廊",
        "经过",
        "mild",
        kind.measures,
        "",
        asked,
    )
    values = report_values(said, ZONE)
    form = report_fields(code, date(2026, 11, 24), None)
    assert {field.key for field in form.fields} == set(values)
    assert [problem(field, values[field.key]) for field in form.fields if values[field.key]].count(
        None
    ) == len([field for field in form.fields if values[field.key]])
    assert read_report(values, ZONE, None) == said
    assert values["day"], values["clock"] == ("2026-11-21", "00:05")
    assert all(one.key != other.key for one, other in pairwise(form.fields))


@pytest.mark.parametrize(("typed", "hour"), [("14:30", 14), ("1430", 14), ("9：05", 9), ("0000", 0)])
def test_a_time_is_typed_in_any_usual_way(typed: str, hour: int) -> None:
    values = {"day": "2026-11-20", "clock": typed, "kind": "fall"}
    assert read_report(values, ZONE, None).at.hour == hour
