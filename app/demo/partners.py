"""Whom the demo's station works with: hospitals, a community centre, agreements, its own papers, doctors who come."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from app.core.resources import resource
from app.demo.days import HEAD_NURSE, Days
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
    Terms,
    VisitingForm,
)

F = TypeVar("F")


def agree(days: Days) -> dict[str, UUID]:
    """All of it on the first day; the partners by their key, filled once that day was lived."""
    partners: dict[str, UUID] = {}
    days.at(days.moment(days.count, 8, 20), lambda: _enter(days, partners))
    return partners


def _enter(days: Days, partners: dict[str, UUID]) -> None:
    read = tomllib.loads(resource("demo", "partners.toml").read_text("utf-8"))
    days.become(HEAD_NURSE)
    desk = days.station.desk
    for one in read["partner"]:
        partners[one["key"]] = rid = desk.do_now(AddPartner(_form(PartnerForm, one)))
        for words, contact, phone, night in one.get("departments", ()):
            page = desk.ask_now(PartnerById(rid))
            if page is not None:
                desk.do_now(KeepDepartment(page.seen, DepartmentRow(words, contact, phone, night)))
    for one in read["agreement"]:
        terms = _form(Terms, one)
        form = _form(AgreementForm, _dated(days, one), terms=terms)
        desk.do_now(AddAgreement(partners[one["partner"]], form))
    for one in read["licence"]:
        desk.do_now(AddLicence(_form(LicenceForm, _dated(days, one))))
    for one in read["doctor"]:
        begins = days.today - timedelta(days=300)
        desk.do_now(AddVisitingDoctor(_form(VisitingForm, one, begins=begins), partners[one["partner"]]))


def _dated(days: Days, one: dict[str, Any]) -> dict[str, Any]:
    """The same with days counted from the last one as dates."""
    names = ("begins", "ends", "issued", "expires")
    return one | {name: days.today + timedelta(days=one[name]) for name in names if name in one}


def _form(model: type[F], one: dict[str, Any], **more: Any) -> F:
    """A form of what the file says of its fields."""
    known = {field.name for field in fields(model)}  # type: ignore[arg-type]  # forms are dataclasses
    said = {
        key: tuple(value) if isinstance(value, list) else value for key, value in one.items() if key in known
    }
    return model(**said | more)
