"""Numbers of identity papers by kind, powers of contacts, who is called first, when a guardian must be there."""

from __future__ import annotations

from datetime import date

import pytest

from app.residents.forms import ContactForm
from app.residents.rules import (
    Wrong,
    check_digit,
    doubt_archive_number,
    guardian_missing,
    guards,
    in_calling_order,
    is_minor,
    read_archive_number,
    read_paper,
)
from app.residents.rules.papers import (
    BIRTH_CERTIFICATE,
    BOOKLET,
    CITIZEN,
    HONG_KONG_MACAO,
    OFFICER,
    PASSPORT,
    PERMANENT,
    RESIDENCE_PERMIT,
    TAIWAN,
)

TODAY = date(2026, 11, 24)


def with_digit(first17: str) -> str:
    return first17 + check_digit(first17)


PERMIT = with_digit("81000019420518004")
CARD_2023 = with_digit("93184019420518001")


@pytest.mark.parametrize(
    ("kind", "written", "number"),
    [
        (CITIZEN, "310199420518004", with_digit("31019919420518004")),
        (HONG_KONG_MACAO, " h12345678 ", "H12345678"),
        (HONG_KONG_MACAO, "M1234567801", "M1234567801"),
        (TAIWAN, "１２３４５６７８", "12345678"),
        (TAIWAN, "1234567801b", "1234567801B"),
        (PASSPORT, "e1234567 8", "E12345678"),
        (PERMANENT, "usa310042051801", "USA310042051801"),
        (PERMANENT, CARD_2023, CARD_2023),
        (BIRTH_CERTIFICATE, "r310123456", "R310123456"),
        (RESIDENCE_PERMIT, PERMIT, PERMIT),
        (OFFICER, "南字第01234567号", "南字第01234567号"),
        (BOOKLET, "031234567", "031234567"),
    ],
)
def test_each_kind_in_its_one_form(kind: str, written: str, number: str) -> None:
    assert read_paper(kind, written, TODAY).number == number


@pytest.mark.parametrize(
    ("kind", "written", "sentence"),
    [
        (CITIZEN, "31019919420518004", "应为18位"),
        (HONG_KONG_MACAO, "12345678", "H 或 M"),
        (HONG_KONG_MACAO, "H123456789", "H 或 M"),
        (TAIWAN, "1234567", "8 位数字"),
        (PASSPORT, "E123-4567", "字母和数字"),
        (PERMANENT, "1" * 18, "9开头"),
        (PERMANENT, CARD_2023[:-1] + ("0" if CARD_2023[-1] != "0" else "1"), "校验码不符"),
        (PERMANENT, with_digit("93184019421318001"), "不存在"),
        (BIRTH_CERTIFICATE, "310123456", "1 个字母"),
        (RESIDENCE_PERMIT, with_digit("31019919420518004"), "81（香港）"),
        (RESIDENCE_PERMIT, PERMIT[:-1] + ("0" if PERMIT[-1] != "0" else "1"), "校验码不符"),
        (OFFICER, "军?", "太短"),
    ],
)
def test_what_cannot_be_is_refused_in_words(kind: str, written: str, sentence: str) -> None:
    with pytest.raises(Wrong, match=sentence):
        read_paper(kind, written, TODAY)


def test_a_number_that_says_more_is_believed() -> None:
    assert read_paper(RESIDENCE_PERMIT, PERMIT, TODAY).birth_date == date(1942, 5, 18)
    assert read_paper(RESIDENCE_PERMIT, PERMIT, TODAY).sex == "2"
    permanent = read_paper(PERMANENT, CARD_2023, TODAY)
    assert (permanent.birth_date, permanent.sex) == (date(1942, 5, 18), "")


def test_archive_numbers() -> None:
    assert read_archive_number("310199-002-003-00012") == "31019900200300012"
    assert doubt_archive_number("310199-002-003-00012") == ""
    assert doubt_archive_number("3101990020") == "国家编号 17 位，现在 10 位"
    with pytest.raises(Wrong, match="17 位数字"):
        read_archive_number("未建档")


def test_emergency_contacts_are_called_first_each_in_the_order_written() -> None:
    kin = (
        ContactForm("甲", powers=("legal",)),
        ContactForm("乙", powers=("emergency",)),
        ContactForm("丙"),
        ContactForm("丁", powers=("guarantor", "emergency")),
    )
    assert [one.name for one in in_calling_order(kin)] == ["乙", "丁", "甲", "丙"]
    assert guards(("agreed", "guarantor"))
    assert not guards(("agent", "guarantor", "emergency"))


def test_a_minor_needs_a_guardian_who_can_be_reached() -> None:
    birthday = date(2008, 11, 24)
    assert not is_minor(birthday, TODAY)
    assert is_minor(date(2008, 11, 25), TODAY)
    assert not is_minor(None, TODAY)
    child = date(2018, 1, 1)
    mother = ContactForm("王丽", "52", "13800138000", powers=("legal",))
    assert guardian_missing(child, TODAY, (mother,)) is None
    assert guardian_missing(birthday, TODAY, ()) is None
    for kin in ((), (ContactForm("王丽", "52", "13800138000"),), (ContactForm("王丽", powers=("legal",)),)):
        assert "必须登记监护人" in (guardian_missing(child, TODAY, kin) or "")
