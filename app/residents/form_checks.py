"""What is wrong with a field of the resident's form as it is typed, also against the other fields and the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.core.form import read_date
from app.residents.forms import CITIZEN_ID, SEXES
from app.residents.rules import (
    Wrong,
    check_birth,
    read_allergies,
    read_id_number,
    read_name,
    read_phones,
    read_place,
)
from app.residents.rules.id_number import IdNumber

Check = Callable[[str], str | None]


@dataclass(frozen=True)
class Live:
    """What a check knows beyond its own field: the day, the other fields as typed, and what the house has said.

    `said` holds sentences by (field, value), as `AlreadyHere` gave cause for them.
    """

    today: date
    typed: Callable[[str], str]
    said: Mapping[tuple[str, str], str]


def id_card(live: Live) -> IdNumber | None:
    """The identity number as typed, if it is a good one of a citizen."""
    if live.typed("id_type") not in ("", CITIZEN_ID) or not live.typed("id_number").strip():
        return None
    try:
        return read_id_number(live.typed("id_number"), live.today)
    except Wrong:
        return None


def checks(live: Live) -> dict[str, Check]:
    """A check for each field that has one."""
    return {
        "name": lambda text: _wrong(lambda: read_name(text)),
        "contact": lambda text: _wrong(lambda: read_name(text)),
        "sex": lambda key: _sex(live, key),
        "id_number": lambda text: _id_number(live, text),
        "birth_date": lambda text: _birth(live, text),
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
    card = id_card(live)
    if card is None or key not in ("1", "2") or key == card.sex:
        return None
    return f"性别与身份证号不一致，身份证号里是{SEXES[card.sex]}。"


def _id_number(live: Live, text: str) -> str | None:
    if live.typed("id_type") not in ("", CITIZEN_ID):
        return live.said.get(("id_number", text))
    problem = _wrong(lambda: read_id_number(text, live.today))
    if problem is not None:
        return problem
    return live.said.get(("id_number", read_id_number(text, live.today).number))


def _birth(live: Live, text: str) -> str | None:
    birth = read_date(text)
    if birth is None:
        return None
    card = id_card(live)
    if card is not None and card.birth_date != birth:
        return f"出生日期与身份证号不一致，身份证号里是 {card.birth_date.isoformat()}。"
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
