"""The keys of the view of a plan, as F1 lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.kit import Key

if TYPE_CHECKING:
    from ui.rehab.plan_view import PlanView


def plan_keys(view: PlanView) -> Iterator[Key]:
    """Going about first, then the acts."""
    pieces, page = view.pieces, view.pieces.plan
    yield Key("Up", "上一个目标或训练", lambda: view.step(-1))
    yield Key("Down", "下一个目标或训练", lambda: view.step(1))
    yield Key("Return", "评定目标；打开训练")
    yield Key("1 2 3 4 5", "目标评为 −2 … +2")
    yield Key("Space", "目标按最新评估记入")
    yield Key("PgDown", "下一位老人", lambda: view.turn_resident(1))
    yield Key("PgUp", "上一位老人", lambda: view.turn_resident(-1))
    yield Key(",", "更早的计划", lambda: view.turn_plan(1))
    yield Key(".", "更近的计划", lambda: view.turn_plan(-1))
    yield Key("Ctrl+F", "找老人", view.pick_resident)
    yield Key("T", "计划／进展", view.turn_page)
    yield Key("G", "到目标", page.goals.arrive)
    yield Key("C", "到曲线", page.curves.chart.setFocus)
    yield Key("D", "到今日训练", page.day.arrive)
    yield Key("[", "前一个量表", lambda: page.curves.turn(-1))
    yield Key("]", "后一个量表", lambda: page.curves.turn(1))
    yield Key("S", "记录训练", page.day.begin.ask)
    yield Key("N", "新增目标；结案后新建计划", lambda: _new(view))
    yield Key("E", "修改计划", pieces.strip.edit.ask)
    yield Key("R", "开始复评", pieces.strip.review.ask)
    yield Key("P", "打印", pieces.strip.print.ask)


def _new(view: PlanView) -> None:
    """One more goal of a plan that goes on; the next plan where it is over."""
    if view.plan is not None and view.plan.over:
        view.pieces.strip.fresh.ask()
    else:
        view.pieces.plan.goals.add.ask()
