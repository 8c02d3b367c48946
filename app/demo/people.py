"""Invents residents: names, national ID numbers of a district that does not exist, beds, illnesses, kin."""

from __future__ import annotations

import csv
import io
import itertools
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.core.resources import resource

DISTRICT = "310199"  # no such district: nobody real can have these numbers
_ROOMS, _PER_ROOM = 12, 3
_TYPES = {2: "护理型", 3: "普通", 4: "医养", 5: "普通", 6: "专护"}
"""The beds of each floor of a building."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
COLUMNS = (
    "床位", "姓名", "性别", "出生日期", "身份证号", "民族", "联系电话", "住址", "护理等级", "入住日期",
    "紧急联系人", "联系人电话", "与老人关系", "医保类型", "药物过敏史", "主要诊断",
)  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """One invented resident: the roster's cells by column, and how able the person is (0 to 1)."""

    cells: dict[str, str]
    ability: float


def invent(count: int, today: date, dice: random.Random) -> list[Invented]:
    """`count` residents, the special names first; none younger than 60 or older than 104."""
    pool = tomllib.loads(resource("demo", "people.toml").read_text("utf-8"))
    special: list[dict[str, str]] = pool["special"]
    return [
        _one(pool, special[index] if index < len(special) else {}, (index, bed), today, dice)
        for index, bed in zip(range(count), _beds(), strict=False)
    ]


def as_csv(people: list[Invented]) -> str:
    """The invented people as a roster file, to be imported like any other."""
    out = io.StringIO()
    more = (column for person in people for column in person.cells)
    writer = csv.DictWriter(out, list(dict.fromkeys([*COLUMNS, *more])))
    writer.writeheader()
    writer.writerows(person.cells for person in people)
    return out.getvalue()


def beds_csv(count: int) -> str:
    """A list of beds with their types: every room of the floors that `count` residents reach, so some beds are free."""
    lines = ["楼栋,楼层,房间,床位数,床位类型"]
    for place in range(-(-count // (_ROOMS * _PER_ROOM)) * _ROOMS):
        building, floor, room = _room(place)
        lines.append(f"{building}号楼,{floor}层,{floor}{room:02d},{_PER_ROOM},{_TYPES[floor]}")
    return "\n".join(lines) + "\n"


def _beds() -> Iterator[str]:
    """Bed names as staff say them: 1号楼201-1 … each floor has twelve rooms of three beds."""
    for place in itertools.count():
        building, floor, room = _room(place)
        for bed in range(1, _PER_ROOM + 1):
            yield f"{building}号楼{floor}{room:02d}-{bed}"


def _room(place: int) -> tuple[int, int, int]:
    """Building, floor and room by count: floors 2 to 6, then the next building."""
    floor, room = divmod(place, _ROOMS)
    building, above = divmod(floor, len(_TYPES))
    return building + 1, above + 2, room + 1


def _one(
    pool: dict[str, Any], special: dict[str, str], place: tuple[int, str], today: date, dice: random.Random
) -> Invented:
    index, bed = place
    sex = special.get("sex") or dice.choice(["女", "女", "男"])
    given = pool["women" if sex == "女" else "men"]
    surname = dice.choice(pool["surnames"])
    birth = _birth(special, today, dice)
    conditions = pool["condition"]
    condition = dice.choices(conditions, [entry["weight"] for entry in conditions])[0]
    if "diagnoses" in special:
        condition = {"ability": float(special["ability"]), "diagnoses": special["diagnoses"].split("；")}
    admitted = today - timedelta(days=int(special.get("here_days") or dice.randrange(20, 1500)))
    relation = dice.choice(pool["relations"])
    street = (
        f"安和市北湖区{dice.choice(pool['streets'])}{dice.randrange(1, 900)}号{dice.randrange(101, 1800)}室"
    )
    cells = {
        "床位": bed,
        "姓名": special.get("name") or surname + dice.choice(given),
        "性别": sex,
        "出生日期": birth.isoformat(),
        "身份证号": _id_number(birth, index, sex),
        "民族": special.get("ethnic_group") or dice.choice(pool["ethnic_groups"]),
        "联系电话": f"021-5555{index % 10_000:04d}",
        "住址": pool["longest_address"] if special.get("address") else street,
        "护理等级": _care_level(condition["ability"]),
        "入住日期": admitted.isoformat(),
        "紧急联系人": (surname if relation in ("子", "女") else dice.choice(pool["surnames"]))
        + dice.choice(pool["men"] + pool["women"]),
        "联系人电话": f"1990000{index % 10_000:04d}",
        "与老人关系": relation,
        "医保类型": dice.choice(pool["payments"]),
        "药物过敏史": special.get("allergies") or dice.choice(pool["allergies"]),
        "主要诊断": "；".join(condition["diagnoses"]),
    }
    return Invented(cells, condition["ability"])


def _birth(special: dict[str, str], today: date, dice: random.Random) -> date:
    if known := special.get("birth"):
        return date.fromisoformat(known)
    return today - timedelta(days=round(dice.triangular(62, 101, 84) * 365.25))


def _care_level(ability: float) -> str:
    return "自理" if ability > 0.75 else "半护理" if ability > 0.35 else "全护理"


def _id_number(birth: date, index: int, sex: str) -> str:
    """An 18-digit number by GB 11643-1999: the third sequence digit is odd for men, even for women."""
    sequence = (index * 2 + (1 if sex == "男" else 0)) % 1000
    first17 = f"{DISTRICT}{birth:%Y%m%d}{sequence:03d}"
    remainder = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11
    return first17 + "10X98765432"[remainder]
