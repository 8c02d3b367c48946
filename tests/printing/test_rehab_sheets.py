"""Sheets of rehab: the words of each, clean pages over extreme data, curves that can be read without colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.printing.registry import SHEETS, offered
from app.printing.rehab_closing_data import RehabClosingOf
from app.printing.rehab_evaluation_data import RehabEvaluationOf
from app.printing.rehab_plan_data import RehabPlanOf, times_of_week
from app.printing.rehab_progress_data import RehabProgressOf
from app.printing.rehab_sessions_data import RehabSessionsOf
from app.printing.rehab_week_data import RehabWeekOf
from app.printing.sheet import Dot, Label, Stroke
from app.printing.sheets.progress_curve import Line, ProgressCurve, progress_figure
from app.printing.sheets.rehab_parts import GoalWords
from app.printing.sheets.rehab_week import DayCell, Slot
from app.printing.sheets.score_curve import Spot, Stripe
from app.rehab.planning import DrawnUp
from app.rehab.planning.evaluating import Evaluate
from app.rehab.planning.running import ClosePlan, Ending
from app.rehab.queries.plan import PlanSheet
from tests.app.rehab.house import DAY, Gym, gym_of
from tests.app.rehab.test_evaluating import first
from tests.printing.rehab_course import BEGAN, coursed
from tests.printing.sample import WAVE
from tests.printing.test_layout import problems
from tests.printing.test_vital_sheets import lines_of, same_as_kept

LONG = "阿卜杜热依木·买买提吐尔逊·艾合买提江"
ADDRESS = "新疆维吾尔自治区巴音郭楞蒙古自治州若羌县吾塔木乡尤勒滚艾日克村三组一百二十八号院"
TEXT = "左侧肢体肌力减退，坐位平衡 1 级，“患侧肩”半脱位（下方一横指），转移需两人；训练后血压 148/86 mmHg，无头晕。"
ALL = ("rehab-plan", "rehab-sessions", "rehab-progress", "rehab-evaluation", "rehab-closing", "rehab-week")


@pytest.fixture
def gym(station: Station) -> Iterator[Gym]:
    yield from gym_of(station)


@pytest.fixture
def course(gym: Gym) -> DrawnUp:
    return coursed(gym)


def closed(gym: Gym, course: DrawnUp) -> None:
    gym.become("林海涛")
    final = first(stage="final", cause="close")
    plan = gym.ask(PlanSheet(gym.li)).plan
    gym.do(Evaluate(gym.li, final, plan.seen))
    plan = gym.ask(PlanSheet(gym.li)).plan
    gym.do(
        ClosePlan(plan.seen, Ending("plateau", "坐站转移稳定，转维持训练。", ("每日坐站 2 组，每组 5 次",)))
    )
    gym.become(Role.HEAD_NURSE)


def asked(gym: Gym) -> dict[str, Any]:
    """The question of each sheet but the closing one."""
    return {
        "rehab-plan": RehabPlanOf(gym.li),
        "rehab-sessions": RehabSessionsOf(gym.li, DAY - timedelta(days=13), DAY),
        "rehab-progress": RehabProgressOf(gym.li),
        "rehab-evaluation": RehabEvaluationOf(gym.li),
        "rehab-week": RehabWeekOf(gym.station.settings.institution_id, DAY),
    }


def clean(name: str, data: Any) -> list[str]:
    """The lines of a sheet, laid out clean, with every glyph."""
    drawn = SHEETS[name].draw(data)
    assert drawn.missing_glyphs == ()
    assert problems(drawn) == []
    return lines_of(drawn.pdf)


def test_the_words_of_a_course(gym: Gym, course: DrawnUp) -> None:
    for name, question in asked(gym).items():
        same_as_kept(name, clean(name, gym.ask(question)))


def test_the_words_of_a_closed_plan(gym: Gym, course: DrawnUp) -> None:
    with pytest.raises(Refusal, match="还没有结案"):
        gym.ask(RehabClosingOf(gym.li))
    closed(gym, course)
    same_as_kept("rehab-closing", clean("rehab-closing", gym.ask(RehabClosingOf(gym.li))))
    assert "康复计划已在" in "".join(clean("rehab-progress", gym.ask(RehabProgressOf(gym.li))))


def test_nothing_to_print_is_refused_in_words(gym: Gym) -> None:
    gym.become(Role.HEAD_NURSE)
    for question in (RehabPlanOf(gym.li), RehabProgressOf(gym.li)):
        with pytest.raises(Refusal, match="没有康复计划"):
            gym.ask(question)
    with pytest.raises(Refusal, match="还没有康复评定"):
        gym.ask(RehabEvaluationOf(gym.li))
    with pytest.raises(Refusal, match="三个月"):
        gym.ask(RehabSessionsOf(gym.li, DAY - timedelta(days=200), DAY))
    with pytest.raises(Refusal, match="没有康复训练"):
        gym.ask(RehabSessionsOf(gym.li))
    assert clean("rehab-week", gym.ask(RehabWeekOf(gym.station.settings.institution_id)))


def test_records_of_somebody_else_are_refused(gym: Gym, course: DrawnUp) -> None:
    data = gym.ask(RehabPlanOf(gym.li, course.plan.rid))
    assert data.number == "KF-01-000001"
    for question in (RehabPlanOf(gym.wang, course.plan.rid), RehabProgressOf(gym.wang, course.plan.rid)):
        with pytest.raises(Refusal):
            gym.ask(question)


def test_a_plan_that_waits_says_what_it_lacks(gym: Gym) -> None:
    gym.drawn_up()
    gym.become(Role.HEAD_NURSE)
    data = gym.ask(RehabPlanOf(gym.li))
    assert data.state == "未执行，缺医师开立、康复师确认、知情同意"
    assert [one.name for one in data.signed] == ["", "", ""]
    clean("rehab-plan", data)


def test_the_longest_plan(gym: Gym, course: DrawnUp) -> None:
    data = gym.ask(RehabPlanOf(gym.li))
    whose = replace(
        data.whose, name="欧阳淑华", institution=ADDRESS, bed="医养结合康复病房二十楼东侧 1203-12"
    )
    goals = tuple(
        GoalWords(
            f"短{n}", f"{TEXT[:40]}，连续 {n} 次", "训练中测\n（毫升/餐）", "1000.5 → 2000.5 毫升/餐", "2026-12-31",
            "已达成\n2026-12-31", "长1",
        )
        for n in range(1, 13)
    )  # fmt: skip
    item = replace(
        data.items[0], words=f"{TEXT[:24]}（{LONG}小组）", dose=TEXT, note=TEXT, place="三号楼二层东侧作业治疗室",
        when="周一、二、三、四、五、六 09:00\n周一、二、三、四、五、六 14:00", therapist=LONG,
    )  # fmt: skip
    signed = tuple(
        replace(one, name=LONG, said=(TEXT,), strokes=WAVE, day="2026-12-31") for one in data.signed
    )
    longest = replace(
        data, whose=whose, words=TEXT[:40], diagnosis=TEXT * 3, goals=goals, items=(item,) * 14,
        problems=data.problems * 8, contraindications=(TEXT,) * 6, precautions=(TEXT,) * 8, guard=TEXT * 4,
        exercises=(TEXT,) * 8, aids=(ADDRESS,) * 4, education=(TEXT,) * 6, team=LONG * 6, signed=signed, lead=LONG,
        printed_by=LONG,
    )  # fmt: skip
    lines = clean("rehab-plan", longest)
    assert "短12" in "".join(lines)


def test_a_month_of_three_sessions_a_day(gym: Gym, course: DrawnUp) -> None:
    data = gym.ask(asked(gym)["rehab-sessions"])
    loud = replace(
        data.sessions[0],
        words=f"中医 {TEXT[:20]}",
        dose=TEXT[:60],
        note=TEXT * 3,
        therapist="欧阳淑华",
        grave=True,
    )
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(31)]
    sessions = tuple(replace(loud, day=day) for day in days for _ in range(3))
    whose = replace(
        data.whose, name="欧阳淑华", institution=ADDRESS, bed="医养结合康复病房二十楼东侧 1203-12"
    )
    lines = clean(
        "rehab-sessions",
        replace(
            data, whose=whose, sessions=sessions, sums=(replace(data.sums[0], words=TEXT),) * 14, diagnosis=TEXT * 3,
            therapists=(LONG, "欧阳淑华", "何静", "丁一鸣"),
        ),
    )  # fmt: skip
    whole = "".join(lines)
    pages = whole.count("姓名：欧阳淑华")
    assert pages > 5
    assert whole.count("中间数值、反应与记录") == pages


def test_sums_are_those_of_the_lines(gym: Gym, course: DrawnUp) -> None:
    data = gym.ask(asked(gym)["rehab-sessions"])
    counted = dict.fromkeys(data.kinds, 0)
    for one in data.sums:
        for kind, count in zip(data.kinds, one.counts, strict=True):
            counted[kind] += count
    attended = [one.attendance for one in data.sessions]
    assert counted["完成"] == attended.count("完成")
    assert (counted["拒绝"], counted["部分"]) == (1, 1)
    assert sum(one.minutes for one in data.sums) == sum(int(one.minutes or 0) for one in data.sessions)
    assert [one.note for one in data.sessions if one.grave] == ["疲劳；停止：收缩压 >180；头晕"]


def test_the_longest_letter_to_a_family(gym: Gym, course: DrawnUp) -> None:
    data = gym.ask(RehabProgressOf(gym.li))
    measure = data.measures[0]
    whose = replace(
        data.whose, name="欧阳淑华", institution=ADDRESS, bed="医养结合康复病房二十楼东侧 1203-12"
    )
    clean(
        "rehab-progress",
        replace(
            data, whose=whose, plan=TEXT, measures=(replace(measure, plain=TEXT, title=TEXT),) * 6, whole=TEXT,
            reached=(("2026-12-31", TEXT),) * 12, goals=(replace(data.goals[0], words=TEXT, figure=TEXT),) * 12,
            coming=(TEXT,) * 6, home=(TEXT,) * 8, lead=LONG,
        ),
    )  # fmt: skip


def test_a_family_is_told_what_the_numbers_say(gym: Gym, course: DrawnUp) -> None:
    data = gym.ask(RehabProgressOf(gym.li))
    (told,) = data.measures
    assert "有明显进步：从 20 分到 45 分" in told.plain
    assert told.curve is not None
    assert [(spot.day, spot.value) for spot in told.curve.spots][:: len(told.curve.spots) - 1] == [
        (BEGAN, 20),
        (DAY, 45),
    ]
    lines = {line.words: (line.value, line.dashed) for line in told.curve.lines}
    assert lines == {"长期目标 ≥60 分": (60, False), "到虚线才算明显进步（+10 分）": (30, True)}


def curve(
    *values: float, lines: tuple[Line, ...] = (), span: tuple[float, float] = (0, 100)
) -> ProgressCurve:
    spots = tuple(Spot(DAY + timedelta(days=7 * n), value) for n, value in enumerate(values))
    stripes = (
        Stripe(0, 40, "重度依赖"),
        Stripe(41, 60, "中度依赖"),
        Stripe(61, 99, "轻度依赖"),
        Stripe(100, 100, "无需依赖"),
    )
    return ProgressCurve(spots, stripes, lines, *span, (41, 61))


def test_a_curve_needs_no_colour() -> None:
    """Ends are discs, the rest rings; the least change is the only dashed line; every line says what it is."""
    lines = (Line(60, "长期目标 ≥60 分"), Line(30, "到虚线才算明显进步（+10 分）", dashed=True))
    shapes = progress_figure(curve(20, 25, 35, 45, lines=lines), 480).shapes
    assert [one.filled for one in shapes if isinstance(one, Dot)] == [True, False, False, True]
    assert len([one for one in shapes if isinstance(one, Stroke) and one.dashed]) == 1
    said = [one.words.text for one in shapes if isinstance(one, Label)]
    assert {one.words for one in lines} <= set(said)
    assert {"20", "25", "35", "45", "中度依赖"} <= set(said)
    assert {one.colour for one in shapes if isinstance(one, Stroke | Dot)} == {(0.0, 0.0, 0.0)}


@pytest.mark.parametrize("many", [1, 2, 60])
def test_curves_of_any_length_are_laid_out_clean(gym: Gym, course: DrawnUp, many: int) -> None:
    data = gym.ask(RehabProgressOf(gym.li))
    lines = (
        Line(0, "目标 ≤0 分"),
        Line(100, "长期目标 ≥100 分"),
        Line(52, "到虚线才算明显进步（+10 分）", dashed=True),
    )
    zigzag = curve(*(100 * (n % 2) for n in range(many)), lines=lines)
    flat = curve(*([50] * many), lines=lines)
    measures = tuple(replace(data.measures[0], curve=one) for one in (zigzag, flat))
    clean("rehab-progress", replace(data, measures=measures))


def test_the_longest_evaluation(gym: Gym, course: DrawnUp) -> None:
    data = gym.ask(RehabEvaluationOf(gym.li))
    assert data.before.startswith("初期评定")
    (line,) = data.measures
    assert line.before == "20 分　重度依赖"
    assert line.now == "45 分　中度依赖"
    assert line.change == "改善，+25 分，超过最小变化 10 分"
    long = replace(data.closing[0], now=TEXT * 12, before=TEXT * 11)
    whose = replace(data.whose, name="欧阳淑华", institution=ADDRESS)
    longest = replace(
        data, whose=whose, diagnosis=long, texts=(long,) * 8, closing=(long,) * 2, held=(TEXT,) * 12, denied=TEXT * 6,
        problems=data.problems * 12, measures=(replace(line, name=TEXT[:30], change=TEXT),) * 14,
        ranges=(replace(data.ranges[0], name="左髋关节屈曲（膝伸直位）", now="主动 120.5° 被动 130.5°"),) * 40,
        correction=TEXT, retracted=TEXT, by=LONG, plan=TEXT[:40],
    )  # fmt: skip
    clean("rehab-evaluation", longest)
    clean("rehab-evaluation", replace(longest, before=""))


def test_the_longest_closing(gym: Gym, course: DrawnUp) -> None:
    closed(gym, course)
    data = gym.ask(RehabClosingOf(gym.li))
    goal = replace(data.goals[0], words=TEXT, number="短12")
    clean(
        "rehab-closing",
        replace(
            data, words=TEXT[:40], summary=TEXT * 12, goals=(goal,) * 12, maintenance=(TEXT,) * 8, tasks=(TEXT,) * 8,
            aids=(ADDRESS,) * 5, measures=data.measures * 10, held=data.held * 6, evaluations=TEXT, lead=LONG,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(("therapists", "pages"), [(5, 1), (12, 3)])
def test_a_week_of_five_therapists_stands_on_one_page(
    gym: Gym, course: DrawnUp, therapists: int, pages: int
) -> None:
    data = gym.ask(asked(gym)["rehab-week"])
    full = DayCell(
        tuple(
            Slot(f"{hour:02d}:30", "欧阳淑华 坐站转移训练", clash=hour == 9)
            for hour in (8, 9, 10, 14, 15, 16)
        ),
        ("08:00–12:00 培训",),
    )
    row = replace(data.rows[0], name="欧阳淑华", days=(full,) * 6 + (DayCell(),))
    rows = (row,) * therapists
    drawn = SHEETS["rehab-week"].draw(replace(data, rows=rows))
    assert problems(drawn) == []
    assert drawn.pages == pages


def test_a_day_with_more_than_a_page_goes_on(gym: Gym, course: DrawnUp) -> None:
    data = gym.ask(asked(gym)["rehab-week"])
    full = DayCell(tuple(Slot("09:00", f"{LONG} {TEXT[:20]}", struck=n == 3) for n in range(40)))
    row = replace(data.rows[0], name=LONG, under=TEXT[:40], days=(full,) * 7)
    found = problems(SHEETS["rehab-week"].draw(replace(data, rows=(row, row), noted=(TEXT * 6,) * 3)))
    assert [one for one in found if " on a rule " not in one] == []


def test_times_of_a_week_are_said_by_clock() -> None:
    week = ("1 09:00", "3 09:00", "2 14:00", "5 09:00")
    assert times_of_week(week) == "周一、三、五 09:00\n周二 14:00"


def test_where_they_are_offered() -> None:
    assert set(ALL) <= set(SHEETS)
    assert {kind.name for kind in offered()} & set(ALL) == {"rehab-sessions"}
