"""A goal is SMART or says what it lacks, beside the field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.rehab.rules import BLANK, Often, Smart, faults, goal_words

GOOD = Smart(
    "short", "由床坐起至站立，连续 5 次，无头晕", "在一人轻扶下", "barthel", "分", 5, 10,
    date(2026, 11, 18), date(2026, 12, 16), "d410",
)  # fmt: skip


def told(goal: Smart) -> list[tuple[str, bool]]:
    return [(one.field, one.must) for one in faults(goal)]


def test_a_whole_goal_has_nothing_to_complain_about_and_is_one_line() -> None:
    assert faults(GOOD) == ()
    assert (
        goal_words(GOOD, "Barthel 床椅转移")
        == "4 周内，在一人轻扶下由床坐起至站立，连续 5 次，无头晕（Barthel 床椅转移 5→10 分）"
    )
    tilted = replace(GOOD, condition="起立床上", action="耐受直立", unit="°", start=30, target=60)
    assert goal_words(tilted, "角度") == "4 周内，起立床上，耐受直立（角度 30→60°）"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("action", {"action": " "}),
        ("action", {"action": f"步行 {BLANK} 米"}),
        ("condition", {"condition": ""}),
        ("condition", {"condition": f"由{BLANK}扶"}),
        ("problem", {"problem": ""}),
        ("measure", {"measure": ""}),
        ("unit", {"unit": ""}),
        ("target", {"target": None}),
        ("target", {"target": 5}),
        ("due", {"due": None}),
        ("due", {"due": date(2026, 11, 18)}),
    ],
)
def test_a_missing_part_is_said_beside_its_field(field: str, changes: dict[str, object]) -> None:
    found = faults(replace(GOOD, **changes))  # type: ignore[arg-type]  # one field each
    assert [(one.field, one.must) for one in found] == [(field, True)]
    assert found[0].words.endswith("。")


def test_an_empty_goal_lacks_every_part() -> None:
    empty = Smart("short", "", "", "", "", None, None, date(2026, 11, 18), None, "")
    assert [field for field, _ in told(empty)] == ["action", "condition", "problem", "measure", "due"]


def test_what_is_only_doubtful_may_stand() -> None:
    assert told(replace(GOOD, start=None)) == [("start", False)]
    assert told(replace(GOOD, due=date(2027, 3, 1))) == [("due", False)]
    assert told(replace(GOOD, term="long")) == [("due", False)]
    assert told(replace(GOOD, term="long", due=date(2027, 3, 18))) == []
    assert told(replace(GOOD, action="保持坐位平衡", start=10)) == [("target", False)]


def test_the_edges_of_the_usual_time() -> None:
    for due, fine in (
        (date(2026, 12, 1), False),
        (date(2026, 12, 2), True),
        (date(2026, 12, 16), True),
        (date(2026, 12, 17), False),
    ):
        assert (told(replace(GOOD, due=due)) == []) is fine, due


def test_how_often() -> None:
    assert [Often(1, "day").words, Often(5).words, Often(1, "month").words] == [
        "每日 1 次",
        "每周 5 次",
        "每月 1 次",
    ]
    assert [Often(1, "day").a_week, Often(5).a_week, Often(1, "month").a_week] == [7, 5, 0.25]
    assert Often(2, "day").on_ward
    assert not Often(1, "day").on_ward
