"""The acts on partners, agreements, the station's papers and doctors who come, each as the task of a sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.core.form import read_date
from app.core.orders import Order
from app.referrals.partners import (
    AddAgreement,
    AddLicence,
    AddPartner,
    AddVisitingDoctor,
    AgreementRow,
    ChangeAgreement,
    ChangeLicence,
    ChangePartner,
    ChangeVisitingDoctor,
    DepartmentRow,
    EndAgreement,
    EndLicence,
    EndPartner,
    EndVisitingDoctor,
    KeepDepartment,
    LicenceRow,
    PartnerPage,
    RenewAgreement,
    RenewLicence,
    VisitingRow,
)
from app.referrals.partners.fields import (
    Values,
    day_text,
    department_form,
    department_values,
    end_form,
    partner_form,
    partner_values,
    read_department,
    read_partner,
    read_visiting,
    text,
    visiting_form,
    visiting_values,
)
from app.referrals.partners.paper_fields import (
    agreement_form,
    agreement_values,
    licence_form,
    licence_values,
    next_licence_values,
    read_agreement,
    read_licence,
    renewal_values,
)
from app.rehab.form.evaluation import read_reason
from ui.forms.task_sheet import Task

_KEPT = "原来的记录保留，可以查看。"


def partner_task(page: PartnerPage | None) -> Task:
    """A new partner, or the facts of one."""
    if page is None:
        return Task(
            "新增协作机构", "科室、协议和来院医师在保存后添加。", "保存", partner_form(),
            lambda values: AddPartner(read_partner(values)), "协作机构已保存，可以继续添加科室和协议。",
            {"kind": "hospital"}, focus="name",
        )  # fmt: skip
    return Task(
        "修改机构信息", page.form.name, "保存", partner_form(),
        lambda values: ChangePartner(page.seen, read_partner(values)), f"{page.form.name}的信息已保存。",
        partner_values(page.form), focus="phone",
    )  # fmt: skip


def department_task(page: PartnerPage, place: int | None) -> Task:
    """One more department, or one as it should read."""
    row: DepartmentRow | None = None if place is None else page.departments[place]
    return Task(
        "添加科室" if row is None else "修改科室", page.form.name, "保存", department_form(),
        lambda values: KeepDepartment(page.seen, read_department(values), place), "科室已保存。",
        department_values(row), focus="words" if row is None else "contact", width=520,
    )  # fmt: skip


def new_agreement_task(page: PartnerPage, today: date) -> Task:
    return Task(
        "新增协议", page.form.name, "保存", agreement_form(today),
        lambda values: AddAgreement(page.seen.rid, read_agreement(values)), "协议已保存。",
        agreement_values(None, today), focus="what", record=page.seen.rid, kind="partner",
    )  # fmt: skip


def correct_agreement_task(row: AgreementRow, whose: str, today: date) -> Task:
    return Task(
        f"更正{row.words}", f"{whose}。{_KEPT}新的一期请用“续签”。", "保存更正",
        agreement_form(today, correcting=True),
        lambda values: ChangeAgreement(row.seen, read_agreement(values), read_reason(values)),
        f"{row.words}已更正。", agreement_values(row.form, today), focus="ends", record=row.seen.rid, kind="agreement",
    )  # fmt: skip


def renew_agreement_task(row: AgreementRow, whose: str, today: date) -> Task:
    return Task(
        f"续签{row.words}", f"{whose}。上一期 {row.span}，记录保留。", "续签", agreement_form(today),
        lambda values: RenewAgreement(row.seen, read_agreement(values)), f"{row.words}已续签。",
        renewal_values(row.form, today), focus="ends", record=row.seen.rid, kind="agreement",
    )  # fmt: skip


def end_agreement_task(row: AgreementRow, whose: str, today: date) -> Task:
    def order(values: Values) -> Order[Any]:
        return EndAgreement(row.seen, _day(values, today), text(values, "why"))

    said = f"{row.words}已终止。"
    return Task(
        f"终止{row.words}", f"{whose}，{row.span}。", "终止", end_form(today), order, said,
        {"on": day_text(today)}, grave=True, focus="why", width=520,
    )  # fmt: skip


def licence_task(row: LicenceRow | None, today: date) -> Task:
    """A new paper of the station, or one put right."""
    if row is None:
        return Task(
            "登记备案或证照", "本站自己的备案与许可，到期前提醒。", "保存", licence_form(today),
            lambda values: AddLicence(read_licence(values)), "证照已保存。", focus="what",
        )  # fmt: skip
    return Task(
        f"更正{row.words}", f"{_KEPT}换证或延续请用“延续”。", "保存更正", licence_form(today, correcting=True),
        lambda values: ChangeLicence(row.seen, read_licence(values), read_reason(values)),
        f"{row.words}已更正。", licence_values(row.form), focus="number", record=row.seen.rid, kind="licence",
    )  # fmt: skip


def renew_licence_task(row: LicenceRow, today: date) -> Task:
    return Task(
        f"延续{row.words}", f"原证 {row.form.number}，{row.span}，记录保留。", "延续", licence_form(today),
        lambda values: RenewLicence(row.seen, read_licence(values)), f"{row.words}已延续。",
        next_licence_values(row.form, today), focus="expires", record=row.seen.rid, kind="licence",
    )  # fmt: skip


def end_licence_task(row: LicenceRow, today: date) -> Task:
    def order(values: Values) -> Order[Any]:
        return EndLicence(row.seen, _day(values, today), text(values, "why"))

    form = end_form(today, offered=("到期注销", "换发新证", "停止该项业务"))
    return Task(
        f"注销{row.words}", f"{row.form.number}，{row.span}。", "注销", form, order, f"{row.words}已注销。",
        {"on": day_text(today)}, grave=True, focus="why", width=520,
    )  # fmt: skip


def end_partner_task(page: PartnerPage, today: date) -> Task:
    def order(values: Values) -> Order[Any]:
        return EndPartner(page.seen, _day(values, today), text(values, "why"))

    running = sum(one.stands.validity.holds for one in page.agreements)
    text_ = f"{page.form.name}。" + (f"{running} 份有效协议一同终止；" if running else "") + "转诊记录保留。"
    return Task(
        "停止合作", text_, "停止合作", end_form(today), order, f"已停止与{page.form.name}合作。",
        {"on": day_text(today)}, grave=True, focus="why", width=520,
    )  # fmt: skip


def visiting_task(page: PartnerPage, row: VisitingRow | None, today: date) -> Task:
    """A doctor who comes from a partner, or other facts of one."""
    if row is None:
        return Task(
            "添加来院医师", page.form.name, "保存", visiting_form(today),
            lambda values: AddVisitingDoctor(read_visiting(values), page.seen.rid), "来院医师已保存。",
            {"begins": day_text(today)}, focus="name",
        )  # fmt: skip
    return Task(
        "修改来院医师", f"{row.words}　{page.form.name}", "保存", visiting_form(today),
        lambda values: ChangeVisitingDoctor(row.seen, read_visiting(values, row.form)),
        f"{row.form.name}的信息已保存。", visiting_values(row.form), focus="phone",
    )  # fmt: skip


def end_visiting_task(row: VisitingRow, today: date) -> Task:
    def order(values: Values) -> Order[Any]:
        return EndVisitingDoctor(row.seen, _day(values, today), text(values, "why"))

    form = end_form(today, offered=("协议到期", "调离原单位", "换人"), needs_why=False)
    return Task(
        "不再来院", row.words, "结束", form, order, f"{row.form.name}不再来院，记录保留。",
        {"on": day_text(today)}, grave=True, focus="why", width=520,
    )  # fmt: skip


def _day(values: Values, otherwise: date) -> date:
    return read_date(text(values, "on")) or otherwise
