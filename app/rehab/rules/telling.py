"""The verdict in sentences: one for professionals, one for families; neither says more than the numbers do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.rehab.rules.verdict import Turn, Verdict

TURNS: dict[Turn, str] = {
    "improved": "改善",
    "stable": "稳定",
    "declined": "下降",
    "changed": "有变化",
    "once": "还不能比较",
}


@dataclass(frozen=True)
class Named:
    """How a measure is called: `plain` in a family's words; `scale` says what its numbers mean (满分 100 分)."""

    title: str
    plain: str
    unit: str
    scale: str = ""

    def value(self, number: float) -> str:
        """`45 分`, `12.4 秒`, `88%`."""
        return f"{number:g}{'' if self.unit in {'%', '级', '期'} else ' '}{self.unit}".rstrip()


def told(verdict: Verdict, named: Named) -> str:
    """`Barthel 指数：改善。05-22 5 分 → 11-18 45 分，+40 分，超过最小变化 10 分。`"""
    first, last = verdict.first, verdict.last
    if first is None or last is None:
        return f"{named.title}：还没有评过。"
    if verdict.turn == "once":
        return f"{named.title}：只评过一次（{last.day:%m-%d} {named.value(last.value)}），还不能比较。"
    shown = "%m-%d" if first.day.year == last.day.year else "%Y-%m-%d"
    span = f"{first.day:{shown}} {named.value(first.value)} → {last.day:{shown}} {named.value(last.value)}"
    return f"{named.title}：{TURNS[verdict.turn]}。{span}，{amount(verdict, named)}。"


def amount(verdict: Verdict, named: Named) -> str:
    """`+15 分，超过最小变化 10 分`, or why nothing more is said."""
    if verdict.change == 0:
        return "没有变化"
    change = f"{signed(verdict.change)} {named.unit}".rstrip()
    if verdict.least is None:
        return f"{change}，没有已知的最小变化，不作改善或下降的判断"
    least = named.value(verdict.least)
    size = abs(verdict.change)
    how = "未达到" if size < verdict.least else "达到" if size == verdict.least else "超过"
    return f"{change}，{how}最小变化 {least}"


def plainly(verdict: Verdict, named: Named) -> str:
    """`比半年前，日常生活自理能力有明显进步：从 5 分到 45 分（满分 100 分）。`"""
    first, last = verdict.first, verdict.last
    if first is None or last is None:
        return f"{named.plain}还没有测过。"
    scale = f"（{named.scale}）" if named.scale else ""
    if verdict.turn == "once":
        return f"{named.plain}只测过一次，是 {named.value(last.value)}{scale}，还不能比较。"
    when = ago((last.day - first.day).days)
    when = f" {when}" if when[0].isdigit() else when
    way = f"从 {named.value(first.value)}到 {named.value(last.value)}{scale}"
    return {
        "improved": f"比{when}，{named.plain}有明显进步：{way}。",
        "declined": f"比{when}，{named.plain}下降了：{way}。",
        "changed": f"和{when}比，{named.plain}{way}；这个变化说明什么，还不能下结论。",
        "stable": (
            f"和{when}比，{named.plain}没有变化，是 {named.value(last.value)}{scale}。"
            if verdict.change == 0
            else f"和{when}比，{named.plain}基本稳定：{way}，变化小，可能只是平常的起伏。"
        ),
    }[verdict.turn]


def whole_told(turn: Turn, verdicts: Sequence[Verdict]) -> str:
    """The head line over several measures."""
    if turn != "changed":
        return {"improved": "总体改善", "stable": "总体稳定", "declined": "总体下降"}.get(turn, "还不能比较")
    turns = {one.turn for one in verdicts}
    return "有改善也有下降，见各项" if {"improved", "declined"} <= turns else "有变化，不下结论"


def ago(days: int) -> str:
    """`3 周前`, `半年前`, `14 个月前`."""
    if days < 14:
        return f"{days} 天前"
    if days < 63:
        return f"{round(days / 7)} 周前"
    if 168 <= days <= 198:
        return "半年前"
    if 351 <= days <= 379:
        return "一年前"
    return f"{round(days / 30.44)} 个月前"


def signed(number: float) -> str:
    """`+15`, `−3.2` with the true minus."""
    return f"{number:+g}".replace("-", "−")
