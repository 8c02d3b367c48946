"""The rest of the register: archive numbers, trades, blood types, carers in the roster; guardians named since."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.core.resources import resource
from app.demo.days import HEAD_NURSE, Days
from app.demo.people import DISTRICT, Invented
from app.residents.forms import ContactForm, ResidentForm
from app.residents.queries import FormOf
from app.residents.service import EditResident

KIN = 24
"""Residents whose families have been asked who decides what."""


def filled_in(people: Sequence[Invented], seed: int) -> list[Invented]:
    """The invented people with more cells, by chance of their own: who they are stays as it was."""
    pool = tomllib.loads(resource("demo", "people.toml").read_text("utf-8"))
    dice = random.Random(f"{seed} register")
    return [replace(one, cells=one.cells | _more(pool, one, place, dice)) for place, one in enumerate(people)]


def name_guardians(days: Days) -> None:
    """Two days after the roster came, the head nurse writes down second contacts, guardians and payers."""
    dice = days.dice("guardians")
    pool = tomllib.loads(resource("demo", "people.toml").read_text("utf-8"))
    begun = days.now - timedelta(days=days.count - 1)
    chosen = [(one.rid, _kin(pool, one.invented, dice)) for one in days.people[:KIN]]
    days.at(begun, lambda: _write(days, chosen))


def _write(days: Days, chosen: Sequence[tuple[UUID, tuple[ContactForm, ...]]]) -> None:
    days.become(HEAD_NURSE)
    for rid, kin in chosen:
        seen = days.station.desk.ask_now(FormOf(rid))
        days.station.desk.do_now(EditResident(rid, _with(seen.form, kin), seen.revision))


def _with(form: ResidentForm, kin: tuple[ContactForm, ...]) -> ResidentForm:
    """The contact of the roster first, called in an emergency and (where nobody else is) paying."""
    first = form.contacts[:1]
    alone = ("emergency", "guarantor") if not kin else ("emergency",)
    return replace(form, contacts=(*(replace(one, powers=alone) for one in first), *kin))


def _kin(pool: dict[str, Any], one: Invented, dice: random.Random) -> tuple[ContactForm, ...]:
    """Nobody more, one child who is agent and payer, or two of whom one is guardian by agreement 意定监护."""
    name = one.cells["姓名"]
    surname = next(
        (said for said in reversed(pool["surnames"]) if name.startswith(said)), dice.choice(pool["surnames"])
    )
    children = [
        ContactForm(
            name=surname + dice.choice(pool["men"] + pool["women"]),
            relation=relation,
            phone=f"1990001{dice.randrange(10_000):04d}",
            powers=powers,
            address=f"安和市北湖区{dice.choice(pool['streets'])}{dice.randrange(1, 900)}号" if far else "",
            note="工作日晚上 7 点后方便接电话" if far else "",
        )
        for relation, powers, far in (
            ("子", ("legal", "agent", "guarantor"), True),
            ("女", ("agreed",), False),
        )
    ]
    return tuple(children[: (0, 1, 2, 1)[dice.randrange(4)]])


def _named(pool: dict[str, Any], profession: str) -> list[str]:
    return [one["name"] for one in pool["staff"] if one["profession"] == profession]


def _more(pool: dict[str, Any], one: Invented, place: int, dice: random.Random) -> dict[str, str]:
    man = one.cells["性别"] == "男"
    told = dice.random()
    household = one.cells["住址"] if told < 0.7 else pool["longest_address"] if told < 0.75 else ""
    archive = f"{DISTRICT}{dice.randrange(1, 20):03d}{dice.randrange(1, 40):03d}{place + 1:05d}"
    return {
        "健康档案编号": archive if dice.random() < 0.85 else "",
        "户籍地址": household,
        "常住类型": "户籍" if told < 0.75 else "非户籍",
        "职业": dice.choice(("工人", "工人", "教师", "干部", "农民", "营业员" if not man else "司机", "")),
        "文化程度": dice.choice(("小学", "小学", "初中", "初中", "高中", "中专", "大专", "本科", "文盲")),
        "婚姻状况": dice.choice(("丧偶", "丧偶", "已婚", "已婚", "离异", "")),
        "血型": dice.choice(("A", "B", "O", "AB", "不详", "")),
        "RH血型": dice.choice(("阳性", "阳性", "阳性", "不详", "")),
        "居住情况": dice.choice(("独居", "与配偶居住", "与子女居住", "与子女居住", "")),
        "责任护士": dice.choice(_named(pool, "护士")),
        "责任医生": dice.choice(_named(pool, "医师")),
    }
