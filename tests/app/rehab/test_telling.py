"""The verdict in sentences: what is said at the edge of the least change, and what is not said without one."""

from __future__ import annotations

from datetime import date

import pytest

from app.rehab.rules.telling import Named, ago, plainly, told, whole_told
from app.rehab.rules.verdict import Reading, Verdict, verdict_of, whole_of

BARTHEL = Named("Barthel 指数", "日常生活自理能力", "分", "满分 100 分")
TUG = Named("TUG", "起身走 3 米再坐下的时间", "秒")
FIRST, LAST = date(2026, 5, 20), date(2026, 11, 18)


def _verdict(before: float, after: float, *, falling: bool = False, least: float | None = 10) -> Verdict:
    return verdict_of("one", (Reading(FIRST, before), Reading(LAST, after)), falling=falling, least=least)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (5, 45, "改善。05-20 5 分 → 11-18 45 分，+40 分，超过最小变化 10 分。"),
        (35, 45, "改善。05-20 35 分 → 11-18 45 分，+10 分，达到最小变化 10 分。"),
        (36, 45, "稳定。05-20 36 分 → 11-18 45 分，+9 分，未达到最小变化 10 分。"),
        (45, 45, "稳定。05-20 45 分 → 11-18 45 分，没有变化。"),
        (45, 30, "下降。05-20 45 分 → 11-18 30 分，−15 分，超过最小变化 10 分。"),
    ],
)
def test_professionals_are_told_the_numbers(before: float, after: float, said: str) -> None:
    assert told(_verdict(before, after), BARTHEL) == f"Barthel 指数：{said}"


def test_without_a_least_change_nothing_is_claimed() -> None:
    verdict = verdict_of("tug", (Reading(FIRST, 22.5), Reading(LAST, 18)), falling=True, least=None)
    assert told(verdict, TUG).endswith("−4.5 秒，没有已知的最小变化，不作改善或下降的判断。")
    assert (
        plainly(verdict, TUG)
        == "和半年前比，起身走 3 米再坐下的时间从 22.5 秒到 18 秒；这个变化说明什么，还不能下结论。"
    )


def test_less_is_better_where_it_is() -> None:
    verdict = verdict_of("tug", (Reading(FIRST, 22), Reading(LAST, 18)), falling=True, least=3)
    assert told(verdict, TUG).startswith("TUG：改善。")
    assert plainly(verdict, TUG) == "比半年前，起身走 3 米再坐下的时间有明显进步：从 22 秒到 18 秒。"


def test_families_are_told_what_it_means() -> None:
    assert (
        plainly(_verdict(45, 30), BARTHEL)
        == "比半年前，日常生活自理能力下降了：从 45 分到 30 分（满分 100 分）。"
    )
    assert "可能只是平常的起伏" in plainly(_verdict(40, 45), BARTHEL)
    assert "没有变化，是 45 分" in plainly(_verdict(45, 45), BARTHEL)


def test_one_reading_or_none_says_so() -> None:
    once = verdict_of("one", (Reading(LAST, 45),), falling=False, least=10)
    assert told(once, BARTHEL) == "Barthel 指数：只评过一次（11-18 45 分），还不能比较。"
    assert plainly(once, BARTHEL) == "日常生活自理能力只测过一次，是 45 分（满分 100 分），还不能比较。"
    never = verdict_of("one", (), falling=False, least=10)
    assert told(never, BARTHEL) == "Barthel 指数：还没有评过。"
    assert plainly(never, BARTHEL) == "日常生活自理能力还没有测过。"


def test_several_measures_are_not_blurred_into_one_word() -> None:
    better = verdict_of("a", (Reading(FIRST, 5), Reading(LAST, 45)), falling=False, least=10)
    worse = verdict_of("b", (Reading(FIRST, 45), Reading(LAST, 30)), falling=False, least=10)
    unknown = verdict_of("c", (Reading(FIRST, 4), Reading(LAST, 6)), falling=False, least=None)
    assert whole_told(whole_of((better, worse)), (better, worse)) == "有改善也有下降，见各项"
    assert whole_told(whole_of((unknown,)), (unknown,)) == "有变化，不下结论"
    assert whole_told(whole_of((better, unknown)), (better, unknown)) == "总体改善"
    assert whole_told(whole_of((worse, unknown)), (worse, unknown)) == "总体下降"
    assert whole_told(whole_of(()), ()) == "还不能比较"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (6, "6 天前"),
        (14, "2 周前"),
        (62, "9 周前"),
        (90, "3 个月前"),
        (182, "半年前"),
        (365, "一年前"),
        (420, "14 个月前"),
    ],
)
def test_a_time_ago_is_said_as_people_say_it(days: int, said: str) -> None:
    assert ago(days) == said
