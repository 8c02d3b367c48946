"""What is wrong with a field of the resident's form as it is typed, also against the other fields and the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.core.form import read_date
from app.residents.carers import CarersRow
from app.residents.forms import CITIZEN_ID, SEXES, ContactForm
from app.residents.rules import (
    Paper,
    Wrong,
    check_birth,
    guardian_missing,
    read_allergies,
    read_archive_number,
    read_name,
    read_paper,
    read_phones,
    read_place,
)

Check = Callable[[str], str | None]


@dataclass(frozen=True)
class Live:
    """What a check knows beyond its own field: the day, the other fields as typed, and what the house has said.

    `said` holds sentences by (field, value), as `AlreadyHere` gave cause for them. `carers` can be chosen as nurse
    and doctor; `names` are those of who was chosen before.
    """

    today: date
    typed: Callable[[str], str]
    said: Mapping[tuple[str, str], str]
    carers: CarersRow = field(default_factory=CarersRow)
    names: Mapping[UUID, str] = field(default_factory=dict)


def paper_of(live: Live) -> Paper | None:
    """The number of the identity paper as typed, if it is a good one of its kind."""
    if not live.typed("id_number").strip():
        return None
    try:
        return read_paper(_kind(live), live.typed("id_number"), live.today)
    except Wrong:
        return None


def guardian_note(live: Live, birth: str, contacts: Iterable[ContactForm]) -> str:
    """What to say beside the contacts of a minor without a guardian; empty for everybody else."""
    return guardian_missing(read_date(birth), live.today, contacts) or ""


def _kind(live: Live) -> str:
    return live.typed("id_type") or CITIZEN_ID


def checks(live: Live) -> dict[str, Check]:
    """A check for each field that has one."""
    return {
        "name": lambda text: _wrong(lambda: read_name(text)),
        "contact": lambda text: _wrong(lambda: read_name(text)),
        "sex": lambda key: _sex(live, key),
        "id_number": lambda text: _id_number(live, text),
        "birth_date": lambda text: _birth(live, text),
        "archive_number": lambda text: _wrong(lambda: read_archive_number(text)),
        "phone": lambda text: _wrong(lambda: read_phones(text)),
        "bed": lambda text: _bed(live, text),
        "admitted_on": lambda text: _admitted(live, text),
        "allergy": lambda key: _allergy(live, key),
        "allergies": _allergies,
    }


def _wrong(reading: Callable[[], object]) -> str | None:
    try:
        reading()
    except Wrong as wrong:
        return f"{wrong.text}。"
    return None


def _sex(live: Live, key: str) -> str | None:
    paper = paper_of(live)
    if paper is None or not paper.sex or key not in ("1", "2") or key == paper.sex:
        return None
    return f"性别与{_called(live)}不一致，{_called(live)}里是{SEXES[paper.sex]}。"


def _called(live: Live) -> str:
    return "身份证号" if _kind(live) == CITIZEN_ID else "证件号码"


def _id_number(live: Live, text: str) -> str | None:
    try:
        number = read_paper(_kind(live), text, live.today).number
    except Wrong as wrong:
        return f"{wrong.text}。"
    return live.said.get(("id_number", number))


def _birth(live: Live, text: str) -> str | None:
    birth = read_date(text)
    if birth is None:
        return None
    paper = paper_of(live)
    if paper is not None and paper.birth_date not in (None, birth):
        return f"出生日期与{_called(live)}不一致，{_called(live)}里是 {paper.birth_date}。"
    return _wrong(lambda: check_birth(birth, live.today))


def _bed(live: Live, text: str) -> str | None:
    place = read_place(bed=text)
    if place is None:
        return "看不出是哪张床，请写到床号，如 2号楼 312-1。"
    return live.said.get(("bed", place.label))


def _admitted(live: Live, text: str) -> str | None:
    admitted, birth = read_date(text), read_date(live.typed("birth_date"))
    if admitted is None or birth is None or admitted >= birth:
        return None
    return "入住日期早于出生日期。"


def _allergy(live: Live, key: str) -> str | None:
    listed = live.typed("allergies").strip()
    if key != "some" and listed:
        return "下面写着过敏物，请选“有过敏”，或清空过敏物。"
    return None


def _allergies(text: str) -> str | None:
    stated = read_allergies(text)
    if stated.none_known:
        return "没有过敏请选“无已知过敏”，这里留空。"
    return None if stated.entries else "看不出过敏物，请写名称。"
