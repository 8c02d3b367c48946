"""The longest real resident, and an assessment of her with everything a form can hold."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from app.assessments.instruments import Fact
from app.compose import Station
from app.core.roles import Role
from app.residents.rules import AllergyStatement
from app.residents.rules.id_number import check_digit
from app.residents.service import CreateResident
from tests.app.assessments.people import filled, signed
from tests.app.residents.test_chart import OUYANG
from tests.support.station import become

LONGEST = replace(
    OUYANG,
    id_number="33999919410312002" + check_digit("33999919410312002"),
    ethnicity="01",
    education="初中",
    marital_status="30",
    insurance=("1", "离休证"),
    remarks={"宗教": "佛教", "空列": ""},
)
FACTS: dict[str, Fact] = {
    "A.3.1": "王建国",
    "A.4.2": (("阿司匹林肠溶片", "口服", "100 mg", "每日1次"), ("二甲双胍", "口服", "", "")),
}


def admit(station: Station) -> UUID:
    return station.desk.do_now(CreateResident(LONGEST))


def admit_without_allergies(station: Station) -> UUID:
    plain = replace(
        LONGEST, name="王秀英", id_number="", place=None, allergies=AllergyStatement(none_known=True)
    )
    return station.desk.do_now(CreateResident(plain))


def assessed(station: Station, resident: UUID) -> UUID:
    """An assessment the head nurse filled in, signed by nurse and assessor."""
    become(station, Role.HEAD_NURSE)
    return signed(station, resident, filled(station, facts=FACTS))
