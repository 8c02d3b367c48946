"""From the cells of a row to one person: who it is, where they live, what is stated; each rule in plain words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from app.residents.codes import code_list
from app.residents.roster.cells import Cells
from app.residents.roster.columns import Columns
from app.residents.roster.detect import FileKind
from app.residents.roster.identity import Identity, read_day, read_identity
from app.residents.roster.rows import NOTHING_SAID, RosterContact, RosterRow
from app.residents.roster.table import Table, TableRow
from app.residents.roster.values import cell_text
from app.residents.rules import (
    EMERGENCY,
    GUARDIAN,
    AllergyStatement,
    PlacePath,
    Wrong,
    guards,
    is_minor,
    read_allergies,
    read_archive_number,
    read_date,
    read_diagnoses,
    read_phones,
    read_place,
)

_CODED = (
    "care_level", "ethnicity", "education", "marital_status", "residence", "occupation", "blood_type", "rhesus",
    "living",
)  # fmt: skip
_SAID = {"监护": GUARDIAN, "紧急": EMERGENCY, "担保": "guarantor"}
"""What the heading of the contact's column already says of what the contact may do."""
_BETWEEN_KINDS = re.compile(r"[;；、,，/+]")
_STAYING = frozenset(
    {"", "在住", "在院", "入住", "已入住", "入住中", "在册", "正常", "正式入住", "试住", "在园"}
)
_FOOTER = re.compile(r"(合计|小计|总计|共计|制表|填表|审核|负责人|注[:：]|说明[:：]|备注[:：])")


def read_row(row: TableRow, columns: Columns, table: Table, today: date) -> RosterRow | None:
    """One row as a person; None for rows that hold none: repeated headings, sums, signatures, rows of numbers only."""
    if _holds_nobody(row, columns):
        return None
    cells = Cells(row, columns)
    identity = read_identity(cells, table, today)
    admitted_on = _admitted(cells, table, today, identity.birth_date)
    place, contact, phone = _place(cells), _contact(cells), _phone(cells, "phone")
    codes: dict[str, Any] = {field: cells.coded(field, field) for field in _CODED}
    allergies, insurance = _allergies(cells), _insurance(cells)
    _check(cells, table, identity)
    if contact is None or not (guards(contact.powers) and contact.phone):
        _doubt_minor(cells, identity.birth_date, today)
    cells.keep_the_rest()
    return RosterRow(
        number=row.number,
        name=identity.name,
        sex=identity.sex,
        birth_date=identity.birth_date,
        id_type=identity.id_type,
        id_number=identity.id_number,
        **codes,
        phone=phone,
        address=cells.text("address"),
        household_address=cells.text("household_address"),
        archive_number=_archive(cells),
        nurse=cells.text("nurse"),
        doctor=cells.text("doctor"),
        place=place,
        admitted_on=admitted_on,
        contact=contact,
        insurance=insurance,
        allergies=allergies,
        diagnoses=read_diagnoses(cells.text("diagnoses")),
        remarks=tuple(cells.remarks.items()),
        problems=tuple(cells.problems),
        doubts=tuple(cells.doubts),
        cells=row.cells,
    )


def _holds_nobody(row: TableRow, columns: Columns) -> bool:
    places = columns.places
    if not any(cell is not None and cell != "" for place, cell in enumerate(row.cells) if place in places):
        return True
    place = columns.fields["name"]
    name = cell_text(row.cells[place]).strip() if place < len(row.cells) else ""
    if name and name == columns.headings[place].strip():
        return True
    first = next((text for text in (cell_text(cell).strip() for cell in row.cells) if text), "")
    return (not name or name == first) and _FOOTER.match(first) is not None


def _admitted(cells: Cells, table: Table, today: date, birth: date | None) -> date | None:
    admitted = read_day(cells, "admitted_on", lambda raw: read_date(raw, today, table.epoch))
    if admitted is not None and birth is not None and admitted < birth:
        cells.problem("admitted_on", f"入住日期{admitted.isoformat()}早于出生日期，请核对")
    if admitted is not None and admitted > today:
        cells.doubt("admitted_on", f"入住日期{admitted.isoformat()}在今天之后，请核对")
    return admitted


def _place(cells: Cells) -> PlacePath | None:
    building, floor, room, bed = (cells.text(field) for field in ("building", "floor", "room", "bed"))
    place = read_place(building, floor, room, bed)
    if place is None and (room or bed):
        cells.leave_out("bed" if bed else "room", "没有写明床号，暂不安排床位，已记入备注")
    return place


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
    second = _phone(cells, "contact_second_phone")
    return RosterContact(name, relation, phone, _powers(cells), second, cells.text("contact_address"))


def _powers(cells: Cells) -> tuple[str, ...]:
    """As the column says, or as the heading over the name does: 监护人, 紧急联系人, 担保人."""
    kinds, said = code_list("powers"), cells.text("contact_powers")
    if said:
        parts = [part.strip() for part in _BETWEEN_KINDS.split(said) if part.strip()]
        return tuple(dict.fromkeys(kinds.find(part) or part for part in parts))
    heading = cells.columns.heading("contact_name")
    return tuple(code for word, code in _SAID.items() if word in heading)


def _archive(cells: Cells) -> str:
    said = cells.text("archive_number")
    if said in ("", "无", "/", "-"):
        return ""
    try:
        return read_archive_number(said)
    except Wrong as wrong:
        cells.leave_out("archive_number", f"{wrong.text}；没有填入，已记入备注")
        return ""


def _doubt_minor(cells: Cells, birth: date | None, today: date) -> None:
    if is_minor(birth, today):
        cells.doubt("contact_name", "未满18岁，还没有能联系到的监护人，请在档案里补上")


def _allergies(cells: Cells) -> AllergyStatement:
    said = cells.text("allergies")
    stated = read_allergies(said) if said else NOTHING_SAID
    if stated.doubt:
        cells.doubt("allergies", stated.doubt)
    return stated


def _insurance(cells: Cells) -> tuple[str, ...]:
    kinds = code_list("insurance")
    parts = [part.strip() for part in _BETWEEN_KINDS.split(cells.text("insurance")) if part.strip()]
    return tuple(dict.fromkeys(kinds.find(part) or part for part in parts if part != "无"))


def _check(cells: Cells, table: Table, identity: Identity) -> None:
    if (state := cells.text("state")) not in _STAYING:
        cells.problem("state", f"状态是“{state}”，只导入在住老人")
    if identity.birth_date is None and (age := cells.text("age")):
        cells.remarks[cells.columns.heading("age")] = age
    _check_width(cells, table)


def _check_width(cells: Cells, table: Table) -> None:
    """In a text file more cells than headings mean a stray delimiter, and values behind it in the wrong columns."""
    width, headings = len(cells.row.cells), len(cells.columns.headings)
    if table.detected.kind is FileKind.CSV and any(cells.row.cells[headings:]):
        cells.problem("name", f"这一行有{width}列，表头只有{headings}列，可能多了分隔符，请检查这一行")
