"""双向转诊（回转）单: the national form word for word, enclosed as a blank, or filled from what came back.

Source: 《国家基本公共卫生服务规范》 居民健康档案附件 双向转诊单.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.sheet import MEASURE, Part, Sheet
from app.printing.sheets.referral_letter import (
    CUT,
    PAGE,
    SIGNED,
    Patient,
    appendix,
    date_blanks,
    form_page,
    sign_lines,
    signature,
    stub_lines,
)
from app.printing.sheets.referral_parts import Paper, framed
from app.printing.sheets.ruled_form import Blank, RuledForm, Text

TITLE = "双向转诊（回转）单"
STUB = f"{TITLE} · 存根"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is filled in; of a blank only who it is about and to whom they come back. `doctor`: of a filled one."""

    paper: Paper
    patient: Patient
    day: date | None = None
    to: str = ""
    receiver: str = ""
    diagnoses: str = ""
    record_number: str = ""
    findings: str = ""
    course_and_plan: str = ""
    phone: str = ""
    sender: str = ""


def sheet(data: Reply) -> Sheet:
    """The form on one page; what is longer goes on behind it."""
    stub = _stub(data)
    letter = _letter(data, PAGE - stub.top - CUT - SIGNED)
    signed = signature(data.phone, data.sender, "（机构名称）", data.day)
    parts: list[Part] = [form_page(stub.figure(), letter.figure(), signed.figure(), data.paper.code)]
    overflows = (*stub.overflows, *letter.overflows, *signed.overflows)
    if overflows:
        parts += appendix(overflows)
    return framed(data.paper, TITLE, parts)


def _stub(data: Reply) -> RuledForm:
    form = RuledForm(21.0)
    form.title(STUB, 14)
    stub_lines(form, data.patient, "病案号")
    year, month, number = date_blanks(data.day)
    to = Blank(data.to, name="转回单位")
    form.line("　　于", year, "年", month, "月", number, "日因病情需要，转回", to, "单位")
    form.line(Blank(data.receiver, 160, "接诊医生"), "接诊医生。")
    sign_lines(form, data.day)
    return form


def _letter(data: Reply, room: float) -> RuledForm:
    form = RuledForm(21.0)
    form.title(TITLE)
    form.line(Blank(data.to, 300, "机构名称"), "（机构名称）：")
    form.line(
        "　　现有患者", Blank(data.patient.name, 130, "患者姓名"), "因病情需要，现转回贵单位，请予以接诊。"
    )
    left = room - form.top - form.row
    first = (left + form.row) / 3
    form.texts((Text("诊断结果：", data.diagnoses, 2),), first - form.row)
    form.line("住院病案号：", Blank(data.record_number, MEASURE / 2, "住院病案号"))
    rest = (
        Text("主要检查结果：", data.findings, 3),
        Text("治疗经过、下一步治疗方案及康复建议：", data.course_and_plan, 5),
    )
    form.texts(rest, room - form.top)
    return form
