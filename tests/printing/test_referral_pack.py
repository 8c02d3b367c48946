"""The transfer pack: its words, its pages counted through, clean over the longest data, the same bytes for the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from app.compose import Station
from app.core.blobs import keep_blob
from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.printing.drawn import Drawn
from app.printing.pdf import draw
from app.printing.referral_pack_data import ReferralPackOf, ReferralPaperOf
from app.printing.registry import SHEETS, offered
from app.printing.sheets import photo_page
from app.printing.sheets.referral_consent import ConsentPaper
from app.printing.sheets.referral_pack import PARTS, PackPapers
from app.referrals.filling import Attachable, Filled
from app.referrals.filling.frozen import freeze, thaw
from app.referrals.writing import ReferralForm
from app.vitals.service import RecordSets
from tests.app.referrals.house import Desk, desk_of
from tests.printing.referral_sample import FORM, NOW, SOME, extreme, filled, longest
from tests.printing.sample import WAVE
from tests.printing.test_layout import problems
from tests.printing.test_report import pages, words
from tests.printing.test_vital_sheets import lines_of, same_as_kept
from tests.printing.vitals_sample import value, visit
from tests.support.acts import Act

KEYS = (
    "letter",
    "sbar",
    "medicines",
    "vitals",
    "history",
    "ability",
    "belongings",
    "consent",
    "call",
    "reply",
)


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


def three_days(desk: Desk) -> None:
    """A visit every six hours up to now, getting worse."""
    desk.put(13, 50)
    sets = []
    for n in range(12):
        at = NOW - timedelta(hours=6 * n, minutes=6)
        texts = {
            "temperature": f"{38.9 - 0.2 * n:.1f}",
            "pulse": str(112 - 3 * n),
            "respiration": str(26 - n // 2),
        }
        more = {"blood_pressure": f"{98 + 4 * n}/{56 + 2 * n}", "consciousness": "A" if n else "V"}
        taken = visit(desk.li, at, **texts, **more)
        oxygen = value("spo2", str(88 + min(n, 9)), ("oxygen", "air" if n else "oxygen"))
        sets.append(replace(taken, values=(*taken.values, oxygen)))
    desk.do(RecordSets(tuple(sets)))


def packed(desk: Desk, form: ReferralForm = FORM, facts: Filled | None = None, **more: Any) -> PackPapers:
    """The pack of a form that is still being written."""
    desk.put(13, 52)
    data: PackPapers = desk.ask(ReferralPackOf(desk.li, draft=form, facts=facts or filled(desk.li), **more))
    return data


def drawn(data: PackPapers) -> Drawn:
    made = SHEETS["referral-pack"].draw(data)
    assert made.missing_glyphs == ()
    assert problems(made) == []
    return made


def picture(kind: str, wide: int = 600, high: int = 400) -> bytes:
    image = QImage(wide, high, QImage.Format.Format_RGB888)
    image.fill(0x5577AA)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]  # the stubs know bytes only
    return bytes(held.data())


def test_the_words_of_a_pack(desk: Desk) -> None:
    three_days(desk)
    made = drawn(packed(desk))
    assert made.pages == 11
    same_as_kept("referral-pack", lines_of(made.pdf))


def test_pages_are_counted_through(desk: Desk) -> None:
    made = drawn(packed(desk))
    counted = [re.search(r"第(\d+)页共(\d+)页", page) for page in pages(made)]
    assert [(one[1], one[2]) for one in counted if one] == [
        (str(n), str(made.pages)) for n in range(1, made.pages + 1)
    ]


def test_the_longest_pack_is_laid_out_clean_and_loses_nothing(desk: Desk) -> None:
    facts = extreme(desk.li)
    made = drawn(packed(desk, longest(), facts))
    text = "".join(pages(made))
    assert text.count("注射用重组人促红素") >= 2 * len(facts.medicines)
    assert made.pages < 50


def test_a_page_that_goes_on_says_whose_it_is(desk: Desk) -> None:
    data = packed(desk, longest(), replace(extreme(desk.li), resident=filled(desk.li).resident))
    made = drawn(data)
    text = pages(made)
    assert all("李桂兰女84岁" in page or "姓名：李桂兰" in page or "患者姓名李桂兰" in page for page in text)
    assert sum("李桂兰女84岁草稿" in page for page in text) == made.pages - len(PARTS)


def test_a_rare_character_of_a_name_is_printed_in_every_place(desk: Desk) -> None:
    full = filled(desk.li)
    made = drawn(packed(desk, facts=replace(full, resident=replace(full.resident, name="䶮㐂𠮷"))))
    assert "".join(pages(made)).count("姓名：䶮㐂𠮷") == len(PARTS) - 1
    assert "〓" not in "".join(pages(made))


def test_every_word_of_the_data_is_printed_and_copied_right(desk: Desk) -> None:
    data = packed(desk)
    text = "".join(pages(drawn(data)))
    said = {re.sub(r"\s", "", one) for _code, paper in data.papers for one in words(paper)}
    ours = {data.paper.to, data.paper.urgency, data.paper.printed_by}
    assert sorted(one for one in said - ours if one not in text) == []


def test_the_same_pack_is_the_same_file(desk: Desk) -> None:
    data = packed(desk)
    first, second = drawn(data), drawn(data)
    assert first.sha256 == second.sha256
    assert first.file_name == "转诊包 李桂兰.pdf"


def test_a_part_that_is_not_wanted_is_left_out(desk: Desk) -> None:
    data = packed(desk, parts=("sbar", "letter"))
    assert [code for code, _paper in data.papers] == ["letter", "sbar"]
    assert drawn(data).pages == 3
    with pytest.raises(Refusal, match="没有“photo”"):
        packed(desk, parts=("photo",))
    with pytest.raises(Refusal, match="请至少选一份"):
        packed(desk, parts=())


@pytest.mark.parametrize("code", KEYS)
def test_every_paper_can_be_printed_alone(desk: Desk, code: str) -> None:
    desk.put(13, 52)
    kind = SHEETS[f"referral-{code}"]
    made = kind.draw(desk.ask(kind.question(desk.li, draft=FORM, facts=extreme(desk.li))))
    assert problems(made) == []
    assert kind not in offered()
    with pytest.raises(Refusal, match="没有转诊"):
        desk.ask(kind.question(desk.wang))


def test_a_draft_carries_no_code_and_says_so(desk: Desk) -> None:
    data = packed(desk)
    assert (data.paper.code, data.paper.number, data.paper.draft) == ("", "", True)
    text = pages(drawn(data))
    assert len(text) == 11
    assert all("草稿" in page for page in text)


def test_dangerous_medicines_are_boxed_and_red_words_are_dark_on_grey_paper(desk: Desk) -> None:
    made = drawn(packed(desk, parts=("medicines",)))
    document = pypdfium2.PdfDocument(made.pdf)
    text = document[0].get_textpage()
    height = document[0].get_height()
    bitmap = document[0].render(scale=1.5, grayscale=True)
    for word in ("药物过敏：青霉素", "11-23 18:00 已服 3 mg"):
        at = text.search(word).get_next()
        assert at is not None
        boxes = [text.get_charbox(at[0] + n) for n in range(at[1])]
        darkest = min(
            bytes(bitmap.buffer)[int((height - y) * 1.5) * bitmap.stride + int(x * 1.5)]
            for left, bottom, right, top in boxes
            for x in range(int(left), int(right) + 1)
            for y in range(int(bottom), int(top) + 1)
        )
        assert darkest < 110
    document.close()
    assert "交接必读：抗凝药、胰岛素、阿片类" in pages(made)[0]


def attachable(what: str, words: str, **more: Any) -> Attachable:
    return Attachable(what, SOME, words, NOW, **more)


def test_sheets_and_photos_of_the_chart_go_along(desk: Desk) -> None:
    three_days(desk)
    found = {kind: picture(kind) for kind in ("JPEG", "PNG")}
    names: dict[str, str] = {}

    def keep(unit: Unit) -> None:
        for kind, content in found.items():
            names[kind] = keep_blob(unit, content, f"image/{kind.lower()}")

    desk.do(Act(keep))
    offered_ones = (
        attachable(
            "vitals", "体征记录", sheet="vitals-record", params={"first": "2026-11-21", "last": "2026-11-24"}
        ),
        attachable("mar", "用药执行单", sheet="mar"),
        attachable("photo", "骶尾部创面", blob=names["JPEG"]),
        attachable("photo", "心电图", blob=names["PNG"]),
        attachable("photo", "没有带来的照片", blob="0" * 64),
        attachable("rehab_plan", "康复计划", sheet="rehab-plan"),
    )
    gone = {"what": "assessment", "rid": str(SOME), "words": "已经作废的评估"}
    form = replace(FORM, attachments=(*(one.kept() for one in offered_ones), gone))
    data = packed(desk, form, replace(filled(desk.li), attachments=offered_ones))
    assert [name for name, _data in data.attached] == ["vitals-record", "mar"]
    assert [one.content is None for one in data.photos] == [False, False, True]
    assert [name for name, _why in data.missing] == ["康复计划", "已经作废的评估"]
    made = drawn(data)
    text = pages(made)
    assert "未能附上的资料" in text[-1]
    assert "照片不在本工作站" in text[-2]
    document = pypdfium2.PdfDocument(made.pdf)
    across = [page.get_width() > page.get_height() for page in document]
    shown = [sum(one.type == 3 for one in page.get_objects()) for page in document]
    document.close()
    assert any(across)
    assert sum(shown) == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n" + b"0" * 40, b"GIF89a" * 9])
def test_a_photo_that_is_none_is_said(desk: Desk, content: bytes) -> None:
    made = draw(photo_page.sheet(photo_page.Photo(packed(desk).paper, "创面", content)))
    assert problems(made) == []
    assert "格式不能打印" in pages(made)[0]


def test_a_large_photo_is_scaled_to_its_page(desk: Desk) -> None:
    for size in ((2400, 300), (300, 2400), (20, 20)):
        paper = packed(desk).paper
        made = draw(photo_page.sheet(photo_page.Photo(paper, "创面", picture("JPEG", *size))))
        assert (problems(made), made.pages) == ([], 1)


def test_the_consent_shows_what_was_drawn(desk: Desk) -> None:
    data = desk.ask(ReferralPaperOf(desk.li, "consent", draft=FORM, facts=filled(desk.li)))
    assert isinstance(data, ConsentPaper)
    signed = replace(
        data, chosen="同意转诊", strokes=WAVE, day="2026-11-24\n13:49", told_at="2026-11-24 13:45"
    )
    made = SHEETS["referral-consent"].draw(signed)
    assert problems(made) == []
    assert "告知时间2026-11-2413:45" in pages(made)[0]


@pytest.mark.parametrize("facts", [filled(UUID(int=5)), extreme(UUID(int=5))])
def test_facts_are_frozen_and_come_back_as_they_were(facts: Filled) -> None:
    kept = thaw(freeze(facts))
    assert kept == replace(facts, texts={}, sbar={}, sources={})


def test_the_facts_of_somebody_else_are_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="不是这位老人"):
        packed(desk, facts=filled(desk.wang))


def test_who_may_not_print_is_refused(desk: Desk) -> None:
    desk.become(Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="打印照护记录"):
        packed(desk)


def test_the_papers_are_those_of_the_pack() -> None:
    assert set(PARTS) == set(KEYS)
