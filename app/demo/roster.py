"""Brings the invented roster in."""

from __future__ import annotations

import csv
import io
from datetime import date

from app.core.desk import Desk
from app.residents.codes import code_list
from app.residents.forms import ContactForm, ResidentForm
from app.residents.rules import read_allergies, read_diagnoses, read_place
from app.residents.service import CreateResident


def admit(desk: Desk, text: str) -> None:
    for cells in csv.DictReader(io.StringIO(text)):
        form = ResidentForm(
            name=cells["姓名"],
            sex=code_list("sex").find(cells["性别"]) or "0",
            birth_date=date.fromisoformat(cells["出生日期"]),
            id_number=cells["身份证号"],
            ethnicity=cells["民族"],
            phone=cells["联系电话"],
            address=cells["住址"],
            insurance=(cells["医保类型"],),
            care_level=code_list("care_level").find(cells["护理等级"]) or "",
            admitted_on=date.fromisoformat(cells["入住日期"]),
            place=read_place(bed=cells["床位"]),
            contacts=(ContactForm(cells["紧急联系人"], cells["与老人关系"], cells["联系人电话"]),),
            allergies=read_allergies(cells["药物过敏史"]),
            diagnoses=read_diagnoses(cells["主要诊断"]),
        )
        desk.do_now(CreateResident(form))
