"""Temporary pictures."""

from __future__ import annotations

import os
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.roles import Role
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds
from app.residents.rules import read_place
from app.residents.service import CreateResident
from app.residents.stating.allergies import AddAllergy
from app.residents.stating.forms import AllergyForm
from app.core.unit import Unit
from db.models import Diagnosis
from tests.support.acts import Act
from tests.support.layout import lint
from tests.ui.medication.room import move_in, press, standing_at, until
from tests.ui.residents.stage import assessed
from ui.style import look

OUT = os.environ.get("SHOTS", "/tmp/shots")


async def test_look(ward, qapp):
    dress = os.environ.get("DRESS", "light-1440x900-1.0")
    theme, size, scale = dress.split("-")
    w, h = map(int, size.split("x"))
    ward.become(Role.HEAD_NURSE)
    rids = move_in(ward, 10)
    ward.do(AddBeds("2号楼", "3层", "399", "1-2", "nursing"))
    long = ward.do(
        CreateResident(
            ResidentForm(
                "欧阳淑华",
                "2",
                date(1935, 1, 1),
                address="昌平区回龙观街道龙泽苑东区三十八号楼六单元一千二百零三室地下一层储物间",
                place=read_place(bed="2号楼399-1"),
                admitted_on=date(2026, 10, 1),
            )
        )
    )
    ward.do(
        CreateResident(
            ResidentForm(
                "欧阳书华",
                "2",
                date(1939, 1, 1),
                place=read_place(bed="2号楼399-2"),
                admitted_on=date(2026, 10, 1),
            )
        )
    )
    ward.do(AddAllergy(long, AllergyForm("青霉素类", "皮疹", "moderate", "confirmed", "本人")))
    ward.do(AddAllergy(long, AllergyForm("磺胺类", "喉头水肿", "severe", "confirmed", "家属")))
    ward.do(AddAllergy(rids[0], AllergyForm("头孢菌素类", "皮疹", "mild", "confirmed", "家属")))
    assessed(ward.station, long, 58)
    assessed(ward.station, ward.li, 38)
    ward.do(
        Act(
            lambda unit: unit.session.add(
                Diagnosis(
                    **unit.stamp(), revision=1, resident=long, ordinal=0, words="阿尔茨海默病", code="G30.9"
                )
            )
        )
    )
    ward.become(Role.NURSE)
    for rid in (ward.li, ward.wang, *rids):
        ward.order("阿托伐他汀", "20", resident=rid)
    for name, amount, more in (
        ("氨氯地平", "5", {}),
        ("门冬胰岛素", "6", {"route": "sc", "meal": "ac"}),
        ("二甲双胍", "0.5", {"meal": "with"}),
        ("艾司奥美拉唑", "20", {"meal": "ac"}),
        ("碳酸钙D3", "1", {"meal": "with"}),
    ):
        ward.order(name, amount, resident=ward.li, **more)
    for name, amount, more in (
        ("阿托伐他汀", "20", {}),
        ("酒石酸美托洛尔", "25", {}),
        ("硝苯地平", "30", {}),
        (
            "门冬胰岛素",
            "",
            {
                "dosing": {
                    "way": "scale",
                    "bands": [
                        {"below": "8", "amount": "0"},
                        {"below": "12", "amount": "4"},
                        {"amount": "call"},
                    ],
                }
            },
        ),
        ("格列齐特", "30", {}),
        ("华法林", "2.5", {}),
        ("阿司匹林", "100", {}),
        ("氯化钾", "0.5", {"own_supply": True}),
        ("维生素B6", "10", {}),
        ("叶酸", "5", {}),
        ("沙库巴曲缬沙坦", "50", {"meal": "with"}),
    ):
        try:
            ward.order(name, amount, resident=long, **more)
        except Exception as e:
            print(name, e)
    ward.put(8, 2)
    ward.measure("blood_pressure", "96/58")
    ward.measure("glucose", "8.9")
    ward.measure("blood_pressure", "96/58", long)
    ward.put(8, 5)
    for n, rid in enumerate(rids[:4]):
        slot = ward.slots(resident=rid)[0]
        ward.put(8, 5 + n // 2)
        if n == 1:
            ward.not_given(slot, 7)
        else:
            ward.give(slot)
    look.apply(qapp, dark=theme == "dark", scale=float(scale))
    async with standing_at(ward, "guided", size=(w, h)) as (stage, view):

        async def shot(name):
            await stage.settle()
            import asyncio

            await asyncio.sleep(0.1)
            stage.frame.grab().save(f"{OUT}/{dress}-{name}.png")
            for line in lint(stage.frame):
                print(name, line)

        view.breath_ms = 10
        await shot("1")
        press(view.list, Qt.Key.Key_Space)
        await shot("2")
        press(view.list, Qt.Key.Key_N)
        press(view.list, "1")
        await shot("3-reasons")
        press(view.list, Qt.Key.Key_Escape)
        press(view.list, Qt.Key.Key_V)
        await shot("4-value")
        press(view.list, Qt.Key.Key_Escape)
        press(view.list, Qt.Key.Key_H)
        await shot("5-held")
        view.giving.answer(view.row.slots[2].key, site="腹部左下")
        view.list.go_to(view.row.slots[2].key)
        view.giving.attend(view.row.slots[2])
        await shot("6-second")
        press(view.list, Qt.Key.Key_Escape)
        press(view.list, Qt.Key.Key_S)
        await stage.settle()
        view.go_to(long)
        await shot("7-long")
        press(view.list, Qt.Key.Key_Space)
        await shot("8-swallow")
        press(view.list, Qt.Key.Key_Escape)
        for _ in range(4):
            press(view.list, Qt.Key.Key_Down)
        await shot("9-long-down")
