"""A house with partners as a station has them: agreements that hold, run out and are over; papers; doctors who come."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.referrals.partners import (
    AddAgreement,
    AddLicence,
    AddPartner,
    AddVisitingDoctor,
    AgreementForm,
    DepartmentRow,
    KeepDepartment,
    LicenceForm,
    PartnerById,
    PartnerForm,
    PartnerPage,
    Terms,
    VisitingForm,
)
from tests.app.referrals.house import DAY, Desk

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PHOTO = "data:image/png;base64," + base64.b64encode(PIXEL).decode()
CITY = PartnerForm(
    "安和市中心医院", "hospital", "", "三级甲等", "安和市梧桐区滨江东路 188 号（门诊楼东侧急诊入口，24 小时通行）",
    "0592-5550120", 6.2, 14, ("emergency", "respiratory", "stroke", "chest_pain", "trauma"), "急诊绿色通道走东门",
)  # fmt: skip
LONG = PartnerForm(
    "安和市第二人民医院梧桐分院暨梧桐区老年病防治康复联合医疗中心",
    "hospital",
    level="二级甲等",
    km=3.1,
    minutes=8,
)


def page(desk: Desk, rid: UUID) -> PartnerPage:
    found: PartnerPage | None = desk.ask(PartnerById(rid))
    assert found is not None
    return found


def department(desk: Desk, rid: UUID, *said: Any) -> None:
    desk.do(KeepDepartment(page(desk, rid).seen, DepartmentRow(*said)))


def agreed(desk: Desk, partner: UUID, what: str, begins: date, ends: date | None, **more: Any) -> UUID:
    rid: UUID = desk.do(AddAgreement(partner, AgreementForm(what, begins, ends, **more)))
    return rid


def city(desk: Desk) -> UUID:
    """A hospital with everything: a green channel until next year, a co-operation that ends in 20 days, one over."""
    rid: UUID = desk.do(AddPartner(CITY))
    for said in (
        ("急诊科", "刘志远主任", "0592-5550120", True),
        ("神经内科", "周敏", "0592-5550131"),
        ("老年医学科",),
    ):
        department(desk, rid, *said)
    agreed(
        desk, rid, "green", date(2026, 1, 1), DAY + timedelta(days=220), number="LS-2026-003",
        terms=Terms(2, pay_later=True),
    )  # fmt: skip
    agreed(desk, rid, "cooperation", date(2026, 1, 1), DAY + timedelta(days=20), number="HZ-2026-018")
    agreed(desk, rid, "rounds", date(2025, 1, 1), DAY - timedelta(days=3), terms=Terms(visit_days=14))
    desk.do(
        AddVisitingDoctor(
            VisitingForm("欧阳志强", date(2026, 1, 1), None, "神经内科", "副主任医师", phone="13800138000",
                         note="每月第二个周三上午"),
            rid,
        )
    )  # fmt: skip
    return rid


def licensed(desk: Desk) -> UUID:
    """The filing without an end, a licence that expires in 100 days, a disposal contract that is over."""
    scope = ("内科", "中医科", "康复医学科", "临终关怀科")
    rid: UUID = desk.do(
        AddLicence(
            LicenceForm("practice", "PDY70123435020317D2112", "安和市卫生健康委员会", date(2022, 3, 1),
                        DAY + timedelta(days=100), "康宁养护院医务室", scope)
        )
    )  # fmt: skip
    desk.do(AddLicence(LicenceForm("filing", "安卫备〔2021〕12 号", "安和区卫生健康局", date(2021, 6, 1))))
    desk.do(
        AddLicence(
            LicenceForm(
                "waste", "YF-2025-077", "绿源医疗废物处置有限公司", date(2025, 1, 1), DAY - timedelta(days=9)
            )
        )
    )
    return rid
