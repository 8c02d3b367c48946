"""From the cells of a row to one person: who it is, where they live, what is stated; each rule in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.residents.codes import code_list
from app.residents.roster.cells import Cells, cell_text
from app.residents.roster.columns import Columns
from app.residents.roster.detect import FileKind
from app.residents.roster.rows import NOTHING_SAID, RosterContact, RosterRow
from app.residents.roster.table import Table, TableRow
from app.residents.rules import (
    Wrong,
    check_birth,
    doubt_birth,
    read_allergies,
    read_date,
    read_diagnoses,
    read_id_number,
    read_name,
    read_phones,
    read_place,
    squeeze,
)

_RESIDENT_ID = "01"
_STAYING = frozenset(
    {"", "在住", "在院", "入住", "已入住", "入住中", "在册", "正常", "正式入住", "试住", "在园"}
)
_NEVER_LATER_THAN_YEARS = 30
"""A birth year written with two digits is read so that the person is at least this old."""
_FOOTER = re.compile(r"(合计|小计|总计|共计|制表|填表|审核|负责人|注[:：]|说明[:：]|备注[:：])")


def read_row(row: TableRow, columns: Columns, table: Table, today: date) -> RosterRow | None:
    """One row as a person; None for rows that hold none: repeated headings, sums, signatures, rows of numbers only."""
    if _holds_nobody(row, columns):
        return None
    cells = Cells(row, columns)
    read = _identity(RosterRow(row.number), cells, table, today)
    read = _care(read, cells, table, today)
    read = _statements(replace(read, contact=_contact(cells)), cells)
    _check_width(cells, table)
    cells.keep_the_rest()
    return replace(
        read,
        remarks=tuple(cells.remarks.items()),
        problems=tuple(cells.problems),
        doubts=tuple(cells.doubts),
        cells=row.cells,
    )


def _holds_nobody(row: TableRow, columns: Columns) -> bool:
    said = {
        place: cell_text(cell).strip()
        for place, cell in enumerate(row.cells)
        if place in columns.fields.values() and cell is not None
    }
    if not any(said.values()):
        return True
    name = said.get(columns.fields["name"], "")
    if name and name == columns.headings[columns.fields["name"]].strip():
        return True
    first = next(text for text in (cell_text(cell).strip() for cell in row.cells) if text)
    return (not name or name == first) and _FOOTER.match(first) is not None


def _identity(read: RosterRow, cells: Cells, table: Table, today: date) -> RosterRow:
    cells_name = cells.text("name")
    name = cells.read("name", read_name)
    if not cells_name:
        cells.problem("name", "没有填写姓名")
    id_type = cells.coded("id_type", "id_type") or _RESIDENT_ID
    read = replace(read, name=name or "", id_type=id_type)
    sex = code_list("sex").find(cells.text("sex")) if cells.text("sex") else ""
    if sex is None:
        cells.problem("sex", f"性别“{cells.text('sex')}”看不懂，请填男或女")
    birth = _birth(cells, table, today)
    if id_type != _RESIDENT_ID:
        number = squeeze(cells.text("id_number")).upper() or None
        return replace(read, id_number=number, sex=_sex_or_unknown(sex, cells), birth_date=birth)
    identity = cells.read("id_number", lambda said: read_id_number(_not_a_number(said, cells), today))
    if identity is None:
        return replace(read, sex=_sex_or_unknown(sex, cells), birth_date=birth)
    if sex in ("1", "2") and sex != identity.sex:
        words = code_list("sex").words
        cells.problem("sex", f"性别填“{words(sex)}”，身份证号是“{words(identity.sex)}”，请核对")
    if birth is not None and birth != identity.birth_date:
        written, on_card = birth.isoformat(), identity.birth_date.isoformat()
        cells.problem("birth_date", f"出生日期是{written}，身份证号是{on_card}，两者不一致，请核对")
    _forgive_half_a_date(cells, identity.birth_date)
    return replace(read, id_number=identity.number, sex=identity.sex, birth_date=identity.birth_date)


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
    birth = _date(cells, "birth_date", lambda raw: read_date(raw, latest, table.epoch))
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
    found = re.fullmatch(r"(\d{4})(?:[-./年](\d{1,2})?月?|(\d{2}))?", squeeze(cells.text("birth_date")))
    if (
        found is None
        or int(found[1]) != on_card.year
        or int(found[2] or found[3] or on_card.month) != on_card.month
    ):
        return
    heading = cells.columns.heading("birth_date")
    cells.problems[:] = [problem for problem in cells.problems if problem.column != heading]


def _date(cells: Cells, field: str, reader: Callable[[object], date]) -> date | None:
    raw = cells.raw(field)
    if raw is None or not cell_text(raw).strip():
        return None
    try:
        return reader(cell_text(raw) if isinstance(raw, str) else raw)
    except Wrong as wrong:
        cells.problem(field, wrong.text)
        return None


def _care(read: RosterRow, cells: Cells, table: Table, today: date) -> RosterRow:
    named = [cells.text(field) for field in ("building", "floor", "room", "bed")]
    place = read_place(*named)
    if place is None and any(named[2:]):
        field = "bed" if named[3] else "room"
        cells.leave_out(field, "没有写明床号，暂不安排床位，已记入备注")
    admitted = _date(cells, "admitted_on", lambda raw: read_date(raw, today, table.epoch))
    if admitted is not None and read.birth_date is not None and admitted < read.birth_date:
        cells.problem("admitted_on", f"入住日期{admitted.isoformat()}早于出生日期，请核对")
    if (state := cells.text("state")) not in _STAYING:
        cells.problem("state", f"状态是“{state}”，只导入在住老人")
    return replace(
        read,
        place=place,
        admitted_on=admitted,
        care_level=cells.coded("care_level", "care_level"),
        ethnicity=cells.coded("ethnicity", "ethnicity"),
        education=cells.coded("education", "education"),
        marital_status=cells.coded("marital_status", "marital_status"),
        phone=_phone(cells, "phone"),
        address=cells.text("address"),
    )


def _phone(cells: Cells, field: str) -> str:
    said = cells.text(field)
    if said in ("", "无", "/", "-", "没有"):
        return ""
    try:
        return read_phones(said)
    except Wrong as wrong:
        cells.leave_out(field, f"{wrong.text}；没有填入，已记入备注")
        return ""


def _contact(cells: Cells) -> RosterContact | None:
    phone = _phone(cells, "contact_phone")
    said = cells.text("contact_relation")
    relation = (code_list("relation").find(said) or said) if said else ""
    name = cells.text("contact_name")
    if name in ("", "无", "/", "-") and not phone:
        return None
    return RosterContact(name, relation, phone)


def _statements(read: RosterRow, cells: Cells) -> RosterRow:
    allergies = (
        read_allergies(cells.text("allergies")) if "allergies" in cells.columns.fields else NOTHING_SAID
    )
    if allergies.doubt:
        cells.doubt("allergies", allergies.doubt)
    kinds = code_list("insurance")
    parts = [part.strip() for part in re.split(r"[;；、,，/+]", cells.text("insurance")) if part.strip()]
    if read.birth_date is None and (age := cells.text("age")):
        cells.remarks[cells.columns.heading("age")] = age
    return replace(
        read,
        allergies=allergies,
        diagnoses=read_diagnoses(cells.text("diagnoses")),
        insurance=tuple(dict.fromkeys(kinds.find(part) or part for part in parts if part != "无")),
    )


def _check_width(cells: Cells, table: Table) -> None:
    """In a text file more cells than headings mean a stray delimiter, and values behind it in the wrong columns."""
    width, headings = len(cells.row.cells), len(cells.columns.headings)
    if table.detected.kind is FileKind.CSV and any(cells.row.cells[headings:]):
        cells.problem("name", f"这一行有{width}列，表头只有{headings}列，可能多了分隔符，请检查这一行")
