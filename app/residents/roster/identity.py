"""Who a row is: name, paper, sex and birth date, each held against the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.residents.codes import code_list
from app.residents.roster.cells import Cells
from app.residents.roster.table import Table
from app.residents.roster.values import cell_text
from app.residents.rules import (
    Paper,
    Wrong,
    check_birth,
    doubt_birth,
    read_date,
    read_id_number,
    read_name,
    read_paper,
    squeeze,
)

_RESIDENT_ID = "01"
_NEVER_LATER_THAN_YEARS = 30
"""A birth year written with two digits is read so that the person is at least this old."""
_HALF_A_DATE = re.compile(r"(\d{4})(?:[-./年](\d{1,2})?月?|(\d{2}))?")


@dataclass(frozen=True)
class Identity:
    """As in `RosterRow`; where something is wrong the cells have the problem and the value here is empty."""

    name: str
    id_type: str
    id_number: str | None
    sex: str
    birth_date: date | None


def read_identity(cells: Cells, table: Table, today: date) -> Identity:
    """Name, paper, sex and birth date; sex and birth date come from a citizen's ID number where it has them."""
    name = cells.read("name", read_name) or ""
    if not cells.text("name"):
        cells.problem("name", "没有填写姓名")
    id_type = cells.coded("id_type", "id_type") or _RESIDENT_ID
    said = cells.text("sex")
    sex = code_list("sex").find(said) if said else ""
    if sex is None:
        cells.problem("sex", f"性别“{said}”看不懂，请填男或女")
    birth = _birth(cells, table, today)
    if id_type != _RESIDENT_ID:
        return _by_another_paper(cells, Identity(name, id_type, None, sex or "", birth), today)
    identity = cells.read("id_number", lambda said: read_id_number(_not_a_number(said, cells), today))
    if identity is None:
        return Identity(name, id_type, None, _sex_or_unknown(sex, cells), birth)
    if sex in ("1", "2") and sex != identity.sex:
        words = code_list("sex").words
        cells.problem("sex", f"性别填“{words(sex)}”，身份证号是“{words(identity.sex)}”，请核对")
    if birth is not None and birth != identity.birth_date:
        written, on_card = birth.isoformat(), identity.birth_date.isoformat()
        cells.problem("birth_date", f"出生日期是{written}，身份证号是{on_card}，两者不一致，请核对")
    elif birth is None:
        _forgive_half_a_date(cells, identity.birth_date)
    return Identity(name, id_type, identity.number, identity.sex, identity.birth_date)


def _by_another_paper(cells: Cells, said: Identity, today: date) -> Identity:
    """Passport, travel permit and their kin: a number that cannot be one of its kind is kept as a remark."""
    text = cells.text("id_number")
    paper = Paper("")
    if text:
        try:
            paper = read_paper(said.id_type, text, today)
        except Wrong as wrong:
            cells.leave_out("id_number", f"{wrong.text}；没有填入，已记入备注")
    if paper.birth_date is not None and said.birth_date not in (None, paper.birth_date):
        written, on_card = said.birth_date, paper.birth_date
        cells.problem("birth_date", f"出生日期是{written}，证件号码是{on_card}，两者不一致，请核对")
    sex = said.sex if said.sex in ("1", "2") else paper.sex
    birth = paper.birth_date or said.birth_date
    return Identity(said.name, said.id_type, paper.number or None, _sex_or_unknown(sex, cells), birth)


def _not_a_number(said: str, cells: Cells) -> str:
    """Table programs keep 15 digits of a number: an 18-digit ID number kept as a number has lost its end."""
    raw = cells.raw("id_number")
    if isinstance(raw, (int, float)) and raw >= 1e15:
        raise Wrong("身份证号被表格软件改成了数字，末尾几位已丢失；请把该列设为“文本”后重新填写")
    return said


def _sex_or_unknown(sex: str | None, cells: Cells) -> str:
    if sex == "":
        cells.doubt("sex", "没有性别，按“未知”登记")
    return sex or "0"


def _birth(cells: Cells, table: Table, today: date) -> date | None:
    latest = date(today.year - _NEVER_LATER_THAN_YEARS, today.month, min(today.day, 28))
    birth = read_day(cells, "birth_date", lambda raw: read_date(raw, latest, table.epoch))
    if birth is None:
        return None
    try:
        check_birth(birth, today)
    except Wrong as wrong:
        cells.problem("birth_date", wrong.text)
        return None
    if doubt := doubt_birth(birth, today):
        cells.doubt("birth_date", doubt)
    return birth


def _forgive_half_a_date(cells: Cells, on_card: date) -> None:
    """出生年月 without the day is no problem where the ID number has the whole date and agrees."""
    found = _HALF_A_DATE.fullmatch(squeeze(cells.text("birth_date")))
    if (
        found is None
        or int(found[1]) != on_card.year
        or int(found[2] or found[3] or on_card.month) != on_card.month
    ):
        return
    heading = cells.columns.heading("birth_date")
    cells.problems[:] = [problem for problem in cells.problems if problem.column != heading]


def read_day(cells: Cells, field: str, reader: Callable[[object], date]) -> date | None:
    """A date field; a `Wrong` becomes a problem and the row comes back."""
    raw = cells.raw(field)
    if raw is None or not cell_text(raw).strip():
        return None
    try:
        return reader(cell_text(raw) if isinstance(raw, str) else raw)
    except Wrong as wrong:
        cells.problem(field, wrong.text)
        return None
