"""The form as data: a resident goes into it and comes back the same; two edits are put together field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refusal
from app.core.form import Value, problem
from app.referrals.partners.paper_fields import agreement_form
from app.residents.form import blank_values, merge, read_values, resident_form, values_of, words_of
from app.residents.form_checks import Live
from app.residents.forms import ContactForm, ResidentForm
from app.residents.rules import AllergyEntry, AllergyStatement, PlacePath

TODAY = date(2026, 11, 24)
LI = ResidentForm(
    name="李桂兰",
    sex="2",
    birth_date=date(1942, 5, 18),
    id_number="310199194205180047",
    ethnicity="01",
    phone="13800138000、021-55550000",
    insurance=("离休统筹",),
    place=PlacePath("2号楼", "3层", "312", "1"),
    contacts=(
        ContactForm("王建国", "20", "13800138000", guardian=True, powers=("guardian",)),
        ContactForm("王丽", "干女儿", ""),
    ),
    allergies=AllergyStatement(entries=(AllergyEntry("青霉素", "皮疹"), AllergyEntry("磺胺类"))),
    diagnoses=("高血压病3级（极高危）", "2型糖尿病"),
    remarks={"籍贯": "苏州"},
)


def _live(values: dict[str, Value]) -> Live:
    def typed(key: str) -> str:
        value = values.get(key, "")
        return value if isinstance(value, str) else ""

    return Live(TODAY, typed, {})


@pytest.mark.parametrize(
    "form",
    [
        LI,
        replace(LI, allergies=AllergyStatement(none_known=True), contacts=()),
        replace(LI, allergies=AllergyStatement(), place=None, id_type="03", id_number="E1234567"),
        replace(LI, contacts=tuple(ContactForm(f"王{n}", "20", "13800138000") for n in "一二三四五")),
    ],
)
def test_what_goes_in_comes_back(form: ResidentForm) -> None:
    values = values_of(form)
    assert read_values(values, form) == form
    shown = resident_form(_live(values), form)
    wrong = {one.key: said for one in shown.fields if (said := problem(one, values.get(one.key, "")))}
    assert set(wrong) <= {"id_number"}  # the number is invented


def test_a_list_of_allergies_without_a_substance_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        read_values({**values_of(LI), "allergies": "  "})
    assert refusal.value.field == "allergies"


def test_a_new_form_says_nothing_is_known_of_allergies() -> None:
    assert read_values({**blank_values(), "name": "李桂兰", "sex": "2"}).allergies == AllergyStatement()


def test_two_edits_are_put_together() -> None:
    base = {"phone": "1", "address": "甲", "name": "李", "bed": "1"}
    merged = merge(base, {**base, "phone": "2", "name": "王"}, {**base, "phone": "3", "address": "乙"})
    assert merged.values == {"phone": "2", "address": "乙", "name": "王", "bed": "1"}
    assert merged.taken == ("address",)
    assert merged.clashes == {"phone": "3"}


texts = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(("", "1", "2")), min_size=4)


@given(texts, texts, texts)
def test_nobodys_own_change_is_lost(
    base: dict[str, Value], mine: dict[str, Value], theirs: dict[str, Value]
) -> None:
    merged = merge(base, mine, theirs)
    for key, value in mine.items():
        was = base.get(key, "")
        assert merged.values[key] == (value if value != was else theirs.get(key, value))


def test_values_read_as_words() -> None:
    form = resident_form(_live({}), LI)
    assert words_of(form, "insurance", ("离休统筹",)) == "离休统筹"
    assert words_of(form, "ethnicity", "01") == "汉族"
    assert words_of(form, "phone", "") == "空"


def test_files_read_as_what_they_are_and_never_as_their_data() -> None:
    form = agreement_form(date(2026, 11, 28))
    pdf, picture = "data:application/pdf;base64,JVBE", "data:image/jpeg;base64,/9j/"
    said = [words_of(form, "paper", one) for one in ((pdf,), (picture, picture), ("5a83", pdf), ())]
    assert said == ["新的 PDF", "新的照片 2 份", "原来存的、新的 PDF", "空"]
