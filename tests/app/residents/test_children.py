"""Children: neither registered nor admitted without a guardian."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.compose import Station
from app.core.errors import Refusal
from app.core.unit import Unit
from app.residents.forms import ContactForm, ResidentForm
from app.residents.queries import FormOf
from app.residents.service import CreateResident, EditResident
from app.residents.stays import Admit
from db.models import Contact
from tests.support.acts import Act


def test_a_child_is_neither_registered_nor_admitted_without_a_guardian(station: Station) -> None:
    kin = (ContactForm("丁大宝", "", "13800135520", guardian=True),)
    form = ResidentForm("丁小宝", "1", date(2015, 3, 1))
    with pytest.raises(Refusal, match="监护人"):
        station.desk.do_now(CreateResident(form, enquiry=True))
    child = station.desk.do_now(CreateResident(replace(form, contacts=kin), enquiry=True))

    def lose(unit: Unit) -> None:  # as a record of before the rule, or of another station
        for contact in unit.session.scalars(select(Contact).where(Contact.resident == child)):
            contact.guardian, contact.powers = False, []

    station.desk.do_now(Act(lose))
    with pytest.raises(Refusal, match="监护人") as why:
        station.desk.do_now(Admit(child))
    assert why.value.field == "contact1_guardian"
    seen = station.desk.ask_now(FormOf(child))
    station.desk.do_now(EditResident(child, replace(seen.form, contacts=kin), seen.revision))
    station.desk.do_now(Admit(child))
