"""The rows under a partner as columns: agreements with a bar of their time, departments, doctors who come."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from app.referrals.partners import AgreementRow, DepartmentRow, VisitingRow
from ui.kit import Column, cells
from ui.kit.bar_cell import Bar
from ui.referrals.partner_list import tone_of
from ui.style import Tone

AGREEMENTS, DEPARTMENTS, DOCTORS = "agreements", "departments", "doctors"
R = TypeVar("R")


@dataclass(frozen=True)
class PageLine:
    """A row of one of the tabs; `place`: of a department in its list."""

    agreement: AgreementRow | None = None
    department: DepartmentRow | None = None
    doctor: VisitingRow | None = None
    place: int = 0

    @property
    def key(self) -> Hashable:
        if self.agreement is not None:
            return self.agreement.seen.rid
        return self.doctor.seen.rid if self.doctor is not None else self.place


def _of(
    read: Callable[[PageLine], R | None], cell: Callable[[R], cells.Cell]
) -> Callable[[PageLine], cells.Cell]:
    """A cell of what the line is of."""

    def draw(line: PageLine) -> cells.Cell:
        row = read(line)
        return cells.Text("") if row is None else cell(row)

    return draw


def _agreement(cell: Callable[[AgreementRow], cells.Cell]) -> Callable[[PageLine], cells.Cell]:
    return _of(lambda line: line.agreement, cell)


def _department(cell: Callable[[DepartmentRow], cells.Cell]) -> Callable[[PageLine], cells.Cell]:
    return _of(lambda line: line.department, cell)


def _doctor(cell: Callable[[VisitingRow], cells.Cell]) -> Callable[[PageLine], cells.Cell]:
    return _of(lambda line: line.doctor, cell)


def _what(row: AgreementRow) -> cells.Cell:
    under = " · ".join(part for part in (row.terms, row.form.number) if part) or "没有编号"
    gone = not row.stands.validity.holds and not row.stands.due
    icon = "zap" if row.green else "file-check"
    return cells.What(row.words, under, icon, tone_of(row.stands), ink="text3" if gone else "text")


def _bar(row: AgreementRow) -> cells.Cell:
    return Bar(row.span, None if row.stands.ended_on else row.stands.used, tone_of(row.stands))


def _state(row: AgreementRow) -> cells.Cell:
    stands = row.stands
    ended = f"{stands.ended_on:%m-%d} {stands.ended_why}" if stands.ended_on else ""
    return cells.State(stands.words, tone_of(stands), ended or (stands.days if stands.due else ""))


def _name(row: VisitingRow) -> cells.Cell:
    return cells.Name(row.form.name, row.form.title or "—", Tone.OK if row.comes else Tone.NEUTRAL)


def _comes(row: VisitingRow) -> cells.Cell:
    if row.comes:
        return cells.State("来院中", Tone.OK)
    return cells.State("不再来", Tone.NEUTRAL, f"{row.form.ends:%Y-%m-%d}" if row.form.ends else "")


COLUMNS: dict[str, tuple[Column[PageLine], ...]] = {
    AGREEMENTS: (
        Column("协议", _agreement(_what), least=170),
        Column("有效期", _agreement(_bar), 200, 1),
        Column("", _agreement(_state), 210),
    ),
    DEPARTMENTS: (
        Column("科室", _department(lambda row: cells.Text(row.words, "text", strong=True)), least=130),
        Column("联系人", _department(lambda row: cells.Text(row.contact or "—")), 150, 1),
        Column("电话", _department(lambda row: cells.Text(row.phone or "—", "text")), 200),
        Column(
            "", _department(lambda row: cells.State("24 小时" if row.day_and_night else "", Tone.OK)), 110
        ),
    ),
    DOCTORS: (
        Column("医师", _doctor(_name), least=150),
        Column("科室", _doctor(lambda row: cells.Text(row.form.department or "—")), 140, 1),
        Column("电话", _doctor(lambda row: cells.Text(row.form.phone or "—")), 150, 2),
        Column("备注", _doctor(lambda row: cells.Text(row.form.note or "—")), 190, 3),
        Column("", _doctor(_comes), 180),
    ),
}
