"""Papers of a referral say nothing that is not so: levels by their names, times with days, signs in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.compose import Station
from app.printing.referral_pack_data import ReferralPaperOf
from app.printing.setting import set_once
from app.printing.sheet import Ink, Stamp, Words
from app.printing.sheets import referral_letter
from app.referrals.filling import Filled, Flag
from tests.app.referrals.house import Desk, desk_of
from tests.printing.referral_sample import FORM, filled, medicine
from tests.printing.test_layout import problems
from tests.printing.test_referral_pack import drawn, packed
from tests.printing.test_report import pages


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


def paper(desk: Desk, part: str, facts: Filled) -> Any:
    desk.put(13, 52)
    return desk.ask(ReferralPaperOf(desk.li, part, draft=FORM, facts=facts))


def bare(desk: Desk) -> Filled:
    """Somebody of whom little is known."""
    full = filled(desk.li)
    nothing: dict[str, Any] = dict.fromkeys(
        ("lines", "wounds", "isolation", "falls", "risks", "restraint"), ()
    )
    return replace(full, medicines=full.medicines[:2], doses=(), **nothing)


def test_the_level_of_ability_is_not_the_level_of_care(desk: Desk) -> None:
    full = filled(desk.li)
    facts = replace(full, resident=replace(full.resident, care_level="半护理", nursing_grade="二级护理"))
    known = {one.name: one.words for one in paper(desk, "letter", facts).extra.known}
    assert known["能力等级"] == "中度失能（52 分）"
    assert known["护理等级"] == "半护理，二级护理"


def test_a_dose_of_the_same_day_is_told_with_its_day(desk: Desk) -> None:
    """A paper is read on another day than it was printed on."""
    full = filled(desk.li)
    given = medicine("华法林片", ("2.5 mg", "口服", "qd"), "08:04 已给药", Flag("anticoagulant", "抗凝"))
    facts = replace(full, medicines=(given,))
    (drug,) = paper(desk, "medicines", facts).drugs
    assert drug.last.startswith("11-24 08:04 已给药")
    assert "末次 11-24 08:04 已给药" in paper(desk, "letter", facts).extra.medicines[0]
    assert any("末次 11-24 08:04 已给药" in one.words for one in paper(desk, "sbar", facts).alarms)


def test_signs_are_named_in_words(desk: Desk) -> None:
    full = filled(desk.li)
    facts = replace(full, vitals=tuple(replace(one, title=one.code[:2].upper()) for one in full.vitals))
    names = [one.name for one in paper(desk, "vitals", facts).latest]
    assert names[:5] == ["体温", "脉率", "呼吸", "血压", "血氧饱和度"]


def test_a_stamp_stays_inside_its_cell() -> None:
    words = Words("抗凝、高警示、须按时", Ink("heavy", 9.5, 7))
    assert set_once(Stamp(words), 96).width <= 96
    assert set_once(Stamp(words), 40).width <= 40


def test_the_receipt_stands_below_what_is_short(desk: Desk) -> None:
    facts = bare(desk)
    made = drawn(packed(desk, FORM, facts, parts=("letter",)))
    assert made.pages == 2
    text = pages(made)[1]
    assert "无记录管路、伤口与皮肤、感染与隔离、跌倒与走失、约束使用" in text
    assert "接诊回执" in text


def test_forty_medicines_none_and_unknown_allergies(desk: Desk) -> None:
    full = filled(desk.li)
    unknown = replace(full.allergies, known="unknown", items=())
    for facts in (
        replace(full, medicines=(full.medicines * 8)[:40], allergies=unknown),
        replace(full, medicines=(), doses=(), allergies=unknown),
    ):
        made = drawn(packed(desk, FORM, facts, parts=("letter", "sbar", "medicines", "history")))
        assert problems(made) == []
    assert "无正在执行的医嘱" in "".join(pages(made))


def test_a_rare_character_of_a_name_is_printed(desk: Desk) -> None:
    full = filled(desk.li)
    facts = replace(full, resident=replace(full.resident, name="李𬱖㛃"))
    made = drawn(packed(desk, FORM, facts, parts=("letter", "reply")))
    assert pages(made)[0].count("李𬱖㛃") == 2
    assert referral_letter.TITLE in "双向转诊（转出）单"
