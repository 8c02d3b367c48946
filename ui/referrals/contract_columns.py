"""The rows under a contract as columns: services with n of m, what was delivered, contracts before it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime

from app.core.clock import local
from app.referrals.contracts import ContractStand, ServiceProgress, ServiceRow
from app.referrals.rules.contracts import Course
from ui.kit import Column, cells
from ui.kit.bar_cell import Bar
from ui.referrals.contract_list import tone_of
from ui.style import Tone

SERVICES, DELIVERED, OTHERS = "services", "delivered", "others"
TABS = ((SERVICES, "服务项目"), (DELIVERED, "履约记录"), (OTHERS, "其他签约"))
COURSE_TONES = {
    Course.DONE: Tone.OK,
    Course.ON: Tone.INFO,
    Course.LATE: Tone.WARN,
    Course.PRESSING: Tone.DANGER,
    Course.AS_NEEDED: Tone.NEUTRAL,
}


@dataclass(frozen=True)
class Line:
    """A row of one of the tabs."""

    service: ServiceProgress | None = None
    delivered: ServiceRow | None = None
    other: ContractStand | None = None

    @property
    def key(self) -> Hashable:
        if self.service is not None:
            return self.service.code
        if self.delivered is not None:
            return self.delivered.seen.rid
        return self.other.seen.rid if self.other is not None else None


def columns(zone: str) -> dict[str, tuple[Column[Line], ...]]:
    """By tab; times by the institution's clock."""

    def when(at: datetime | None) -> str:
        return f"{local(zone, at):%Y-%m-%d}" if at is not None else "—"

    return {
        SERVICES: (
            Column("服务", _service(_service_words), least=150),
            Column("本年度", _service(_progress), 200),
            Column("最近一次", _service(lambda one: cells.Text(when(one.last_at))), 120, 1),
            Column("", _service(_course), 190),
        ),
        DELIVERED: (
            Column("服务", _done(lambda one: cells.Text(one.words, "text", strong=True)), least=150),
            Column("时间", _done(lambda one: cells.Text(f"{local(zone, one.at):%Y-%m-%d %H:%M}")), 150),
            Column("服务人", _done(lambda one: cells.Text(one.provider)), 120, 1),
            Column("结果", _done(lambda one: cells.Text(one.result or "—")), 260, 2),
        ),
        OTHERS: (
            Column(
                "签约", _other(lambda one: cells.What(one.number, one.package, "file-text", tone_of(one))), least=190
            ),
            Column("家庭医生", _other(lambda one: cells.Text(one.doctor)), 120, 1),
            Column("有效期", _other(lambda one: cells.Text(f"{one.begins} 至 {one.ends}")), 220, 2),
            Column("", _other(lambda one: cells.State(one.state_words, tone_of(one))), 120),
        ),
    }  # fmt: skip


def _service(cell: Callable[[ServiceProgress], cells.Cell]) -> Callable[[Line], cells.Cell]:
    return lambda line: cells.Text("") if line.service is None else cell(line.service)


def _done(cell: Callable[[ServiceRow], cells.Cell]) -> Callable[[Line], cells.Cell]:
    return lambda line: cells.Text("") if line.delivered is None else cell(line.delivered)


def _other(cell: Callable[[ContractStand], cells.Cell]) -> Callable[[Line], cells.Cell]:
    return lambda line: cells.Text("") if line.other is None else cell(line.other)


def _service_words(row: ServiceProgress) -> cells.Cell:
    return cells.Text(row.words, "text", strong=True)


def _progress(row: ServiceProgress) -> cells.Cell:
    said = row.progress
    if not said.owed:
        return Bar(said.words, None)
    return Bar(f"{said.done} / {said.owed} 次", said.done / said.owed, COURSE_TONES[said.course])


def _course(row: ServiceProgress) -> cells.Cell:
    if row.extra:
        return cells.State("额外", Tone.VIOLET)
    said = row.progress
    aside = f"应完成 {said.expected} 次" if said.course.behind else ""
    return cells.State(said.course.words, COURSE_TONES[said.course], aside)
