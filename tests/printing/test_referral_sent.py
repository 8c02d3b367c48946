"""A referral that was sent: its papers say for good what was sent, its code tells true from changed; signing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Actor, Role
from app.core.unit import Unit
from app.printing.drawn import Drawn
from app.printing.referral_pack_data import ReferralPackOf, ReferralPaperOf
from app.printing.registry import SHEETS
from app.printing.sealing import SheetVerdict, VerifySheet, is_code
from app.referrals.around import (
    Consent,
    HandOver,
    KeepHandOver,
    NoteTime,
    Resuscitation,
    StartGreenChannel,
    StateReferralConsent,
    TellFamily,
    Told,
)
from app.referrals.around.calling import GOODS
from app.referrals.moving import (
    AcceptReferral,
    Approve,
    Archive,
    Arrive,
    AskApproval,
    Depart,
    MoveOn,
    NoShow,
    StrikeMove,
    SubmitReferral,
    Withdraw,
)
from app.referrals.partners import ChangePartner, PartnerById
from app.referrals.revising import Seen
from app.referrals.writing import ChangeReferral
from app.residents.stating import AddAllergy, AllergyForm
from app.vitals.service import RecordSets
from db.models import ReferralReturn
from tests.app.referrals.house import AGREED, Desk, at, desk_of
from tests.printing.sample import WAVE
from tests.printing.test_layout import problems
from tests.printing.test_report import pages
from tests.printing.vitals_sample import moment, visit
from tests.support.acts import Act

DAY = date(2026, 11, 24)


@pytest.fixture
def desk(station: Station) -> Iterator[Desk]:
    yield from desk_of(station)


def sent(desk: Desk) -> Seen:
    """An emergency, submitted at 13:58."""
    desk.put(13, 58)
    seen: Seen = desk.do(SubmitReferral(desk.begun()))
    return seen


def at_desk(desk: Desk) -> Actor:
    actor = desk.station.desk.actor
    assert actor is not None
    return actor


def paper(desk: Desk, part: str, seen: Seen) -> Any:
    return desk.ask(ReferralPaperOf(desk.li, part, seen.rid))


def printed(desk: Desk, seen: Seen, *parts: str) -> Drawn:
    made = SHEETS["referral-pack"].draw(desk.ask(ReferralPackOf(desk.li, seen.rid, parts=parts or None)))
    assert problems(made) == []
    return made


def verdict(desk: Desk, code: str) -> SheetVerdict:
    found: SheetVerdict = desk.ask(VerifySheet(code))
    return found


SHEETS_OF_THE_CHART = ("letter", "history", "vitals", "medicines")


def test_until_they_leave_papers_say_the_chart_as_it_is(desk: Desk) -> None:
    desk.put(13, 50)
    desk.do(RecordSets((visit(desk.li, moment(DAY, 13, 46), temperature="38.9", pulse="112"),)))
    seen = desk.do(AcceptReferral(sent(desk)))
    desk.put(18)
    desk.do(AddAllergy(desk.li, AllergyForm("头孢曲松", told_by="家属")))
    desk.do(RecordSets((visit(desk.li, moment(DAY, 17, 30), temperature="36.5", pulse="80"),)))
    assert [one.value for one in paper(desk, "vitals", seen).latest] == ["36.5 ℃", "80 次/分"]
    assert paper(desk, "medicines", seen).taken == "11-24 18:00"
    text = "".join(pages(printed(desk, seen)))
    assert "头孢曲松" in text
    assert text.count("截至11-2418:00") == 3, "page 2, medicines, values"


def test_a_reprint_says_what_was_true_when_they_left(desk: Desk) -> None:
    seen = sent(desk)
    desk.put(14, 20)
    desk.do(RecordSets((visit(desk.li, moment(DAY, 14, 15), temperature="38.9", pulse="112"),)))
    seen = desk.do(Depart(seen))
    before = {part: paper(desk, part, seen) for part in SHEETS_OF_THE_CHART}
    assert before["medicines"].taken == "11-24 14:20"
    assert [one.value for one in before["vitals"].latest] == ["38.9 ℃", "112 次/分"]
    desk.put(18)
    desk.do(AddAllergy(desk.li, AllergyForm("头孢曲松", told_by="家属")))
    late = (
        visit(desk.li, moment(DAY, 17, 30), temperature="36.5", pulse="80"),
        visit(desk.li, moment(DAY, 14, 10), temperature="36.9", pulse="90"),
    )
    desk.do(RecordSets(late))
    desk.put(14, 20)  # the sheet's own time of printing apart
    for part, data in before.items():
        assert paper(desk, part, seen) == data
    assert "头孢曲松" not in "".join(pages(printed(desk, seen)))


def test_telephones_are_those_of_the_departure(desk: Desk) -> None:
    seen = desk.do(AcceptReferral(sent(desk)))
    left = desk.do(Depart(seen))
    desk.put(18)
    desk.become(Role.DOCTOR)
    page = desk.ask(PartnerById(desk.hospital))
    desk.do(ChangePartner(page.seen, replace(page.form, phone="0592-5551111")))
    there = next(one for one in paper(desk, "letter", left).extra.known if one.name == "接诊联系")
    assert there.words == "0592-5550120"
    again = paper(desk, "letter", desk.do(StrikeMove(left, "没有出发")))
    assert next(one for one in again.extra.known if one.name == "接诊联系").words == "0592-5551111"


def test_who_did_not_leave_after_all_has_the_chart_as_it_is(desk: Desk) -> None:
    sent_off = sent(desk)
    desk.put(14, 20)
    left = desk.do(Depart(sent_off))
    desk.put(14, 30)
    seen = desk.do(StrikeMove(left, "没有出发"))
    assert paper(desk, "medicines", seen).taken == "11-24 14:30"


def test_without_a_record_the_newest_is_printed(desk: Desk) -> None:
    withdrawn = desk.do(Withdraw(sent(desk), "病情缓解"))
    desk.put(15)
    newest = desk.do(SubmitReferral(desk.begun()))
    data = desk.ask(SHEETS["referral-pack"].question(desk.li))
    assert data.paper.number == desk.row(newest).number != desk.row(withdrawn).number


def test_a_correction_keeps_the_facts_it_was_sent_with(desk: Desk) -> None:
    seen = sent(desk)
    facts = desk.row(seen).attachments["facts"]
    corrected = desk.do(ChangeReferral(seen, desk.form(impression="肺炎"), "笔误"))
    assert desk.row(corrected).attachments["facts"] == facts
    assert paper(desk, "letter", corrected).texts[0] == "肺炎"


def test_a_draft_is_printed_with_the_chart_as_it_is(desk: Desk) -> None:
    desk.put(13, 50)
    seen = desk.begun()
    assert "facts" not in desk.row(seen).attachments
    data = desk.ask(ReferralPackOf(desk.li, seen.rid))
    assert (data.paper.draft, data.paper.code) == (True, "")
    assert data.paper.number.startswith("ZZ-")
    assert "草稿" in pages(printed(desk, seen, "letter"))[0]


def test_the_code_tells_true_from_changed(desk: Desk) -> None:
    seen = sent(desk)
    code = paper(desk, "letter", seen).paper.code
    assert code.startswith("CS4:ZZ-")
    assert is_code(code.lower())
    found = verdict(desk, code)
    assert (found.standing, found.resident) == ("valid", desk.li)
    assert found.sentence == "转诊单有效，与本站记录一致；现在状态：已提交。"
    assert found.facts[2] == "转往：安和市第一人民医院急诊科"
    moved = desk.do(AcceptReferral(seen, "刘志远"))
    assert verdict(desk, code).sentence.endswith("现在状态：已接收。")
    desk.do(ChangeReferral(moved, desk.form(impression="肺炎"), "笔误"))
    assert verdict(desk, code).standing == "corrected"
    assert "已被更正" in verdict(desk, code).sentence
    flipped = "1" if code[-1] == "0" else "0"
    assert verdict(desk, code[:-1] + flipped).standing == "false"
    assert verdict(desk, code.replace("ZZ-", "ZY-")).standing == "unknown"
    assert verdict(desk, "CS4:ZZ").standing == "unknown"


def test_what_happens_to_a_referral_corrects_no_paper(desk: Desk) -> None:
    seen = sent(desk)
    code = paper(desk, "letter", seen).paper.code
    seen = desk.do(StartGreenChannel(seen))
    assert verdict(desk, code).standing == "valid"
    assert verdict(desk, code).sentence.endswith("现在状态：已提交，已启用绿色通道。")
    desk.put(14, 20)
    desk.do(RecordSets((visit(desk.li, moment(DAY, 14, 15), temperature="38.9"),)))
    seen = desk.do(Arrive(desk.do(Depart(seen))))
    assert verdict(desk, code).standing == "valid", "the facts of the departure are no correction"
    seen = desk.do(MoveOn(seen, "无床", partner_words="省立医院", department="ICU"))
    found = verdict(desk, code)
    assert (found.standing, found.facts[2]) == ("valid", "转往：安和市第一人民医院急诊科")
    assert found.sentence.endswith("现在状态：转往他院，已启用绿色通道，现转往省立医院ICU。")
    assert verdict(desk, paper(desk, "letter", seen).paper.code).standing == "valid"
    desk.do(
        ChangeReferral(seen, desk.form(impression="肺炎", partner=None, partner_words="省立医院"), "笔误")
    )
    assert verdict(desk, code).standing == "corrected"


def test_who_was_moved_on_was_sent_where_they_were_sent(desk: Desk) -> None:
    seen = desk.do(NoteTime(sent(desk), "told", at(13, 55), "急诊 赵医生"))
    seen = desk.do(Arrive(desk.do(Depart(desk.do(AcceptReferral(seen, "刘志远", "急诊 3 床"))))))
    before = {part: paper(desk, part, seen) for part in ("letter", "sbar", "consent", "call")}
    seen = desk.do(MoveOn(seen, "无床", partner_words="省立医院", department="ICU"))
    seen = desk.do(MoveOn(desk.do(Arrive(seen)), "仍无床", desk.partners["other"]))
    letter = paper(desk, "letter", seen)
    assert (letter.to, letter.department, letter.receiver) == ("安和市第一人民医院", "急诊科", "刘志远")
    onward = letter.extra.way[-1]
    assert onward.words == (
        "11-24 13:58 无床（安和市第一人民医院 → 省立医院）；11-24 13:58 仍无床（省立医院 → 安和区中医院）"
    )
    assert letter.extra.known == before["letter"].extra.known
    for part in ("sbar", "consent", "call"):
        again = paper(desk, part, seen)
        code = before[part].paper.code
        assert replace(again, paper=replace(again.paper, code=code)) == before[part]
    assert "转往他院" in pages(printed(desk, seen, "letter"))[1]


def test_what_was_archived_or_withdrawn_says_so_across_the_page(desk: Desk) -> None:
    seen = desk.do(NoShow(desk.do(AcceptReferral(sent(desk))), "老人拒绝前往"))
    made = printed(desk, desk.do(Archive(seen)), "letter", "sbar")
    assert all("本归档版不作为患者继续就诊凭证" in page for page in pages(made))
    other = desk.do(Withdraw(desk.do(SubmitReferral(desk.begun())), "病情缓解"))
    assert "已撤回" in pages(printed(desk, other, "letter"))[0]


def test_the_consent_is_owed_then_signed(desk: Desk) -> None:
    seen = sent(desk)
    assert paper(desk, "consent", seen).owed.startswith("先救治，知情同意待补签，11-25 13:58")
    drawn = {"strokes": [[list(point) for point in stroke] for stroke in WAVE]}
    seen = desk.do(StateReferralConsent(seen, Consent("李建国", "儿子", drawn=drawn)))
    seen = desk.do(TellFamily(seen, Told("李建国", "coming", "儿子", "13800135520", at=at(13, 49))))
    data = paper(desk, "consent", seen)
    assert (data.chosen, data.name, data.owed, data.strokes) == ("同意转诊", "李建国", "", WAVE)
    assert data.family[0].startswith("11-24 13:49 告知 李建国（儿子）13800135520：在赶来")
    assert printed(desk, seen, "consent").pages == 1


def test_the_doctor_told_and_the_nurse_wrote_it_down(desk: Desk) -> None:
    seen = desk.do(StateReferralConsent(desk.begun(doctor_name="陈永康"), AGREED))
    data = paper(desk, "consent", seen)
    assert (data.teller, data.noted_by) == ("陈永康", at_desk(desk).name)
    assert f"陈永康告知时间2026-11-2406:00记录{data.noted_by}" in pages(printed(desk, seen, "consent"))[0]


def test_who_hands_over_is_who_let_them_go(desk: Desk) -> None:
    seen = desk.do(StateReferralConsent(desk.begun(urgency="h48"), AGREED))
    seen = desk.do(AskApproval(seen))
    nurse = at_desk(desk)
    desk.become(Role.MANAGER)
    seen = desk.do(Approve(seen))
    assert paper(desk, "sbar", seen).giver == ""
    desk.station.desk.actor = nurse
    left = desk.do(Depart(desk.do(AcceptReferral(seen))))
    desk.become(Role.DOCTOR)
    assert paper(desk, "sbar", left).giver == nurse.name
    seen = desk.do(KeepHandOver(left, HandOver(crew="张某"), desk.station.clock.now()))
    assert paper(desk, "sbar", seen).giver == at_desk(desk).name


def test_a_resuscitation_stands_on_the_hand_over_where_there_was_one(desk: Desk) -> None:
    seen = desk.do(KeepHandOver(sent(desk), HandOver(crew="张某")))
    assert "心肺复苏" not in "".join(pages(printed(desk, seen, "call")))
    done = Resuscitation(
        at(13, 50),
        "seen",
        at(13, 51),
        "林晓燕 护士",
        "used",
        at(13, 55),
        "vf",
        2,
        "肾上腺素 1 mg 13:57",
        at(13, 58),
    )
    seen = desk.do(KeepHandOver(seen, HandOver(crew="张某", cpr=done)))
    made = printed(desk, seen, "call")
    assert made.pages == 1
    (text,) = pages(made)
    for said in (
        "复苏开始11-2413:51", "由谁开始林晓燕护士", "AED用了11-2413:55", "AED波形室颤", "除颤次数2次",
        "自主循环恢复11-2413:58", "复苏用药肾上腺素1mg13:57", "倒地时有人目击", "结果",
    ):  # fmt: skip
        assert said in text
    none = Resuscitation(begun=at(13, 51), aed="none")
    text = "".join(pages(printed(desk, desk.do(KeepHandOver(seen, HandOver(cpr=none))), "call")))
    assert "AED没有用" in text
    assert "除颤次数" not in text


def test_goods_are_ticked_by_the_words_the_hand_over_asks_with(desk: Desk) -> None:
    seen = desk.do(KeepHandOver(sent(desk), HandOver(items=("义齿", "拐杖", "病历和转诊包"))))
    goods = paper(desk, "call", seen).goods
    assert [one.text for one in goods if one.chosen] == ["病历和转诊包", "义齿", "拐杖"]
    assert {one.text for one in goods} == {*GOODS, "拐杖"}


def test_a_refusal_is_printed_as_one(desk: Desk) -> None:
    desk.put(13, 50)
    refused = Consent("李桂兰", "本人", agreed=False, words="想留在这里", on_paper=True)
    seen = desk.do(StateReferralConsent(desk.begun(), refused))
    data = paper(desk, "consent", seen)
    assert (data.chosen, data.words, data.on_paper) == ("不同意转诊", "想留在这里", True)


def test_the_reply_is_a_blank_until_one_came_back(desk: Desk) -> None:
    seen = sent(desk)
    blank = paper(desk, "reply", seen)
    assert (blank.patient.name, blank.diagnoses, blank.day) == ("李桂兰", "", None)

    seen = desk.do(Archive(desk.do(NoShow(desk.do(AcceptReferral(seen)), "自行就诊"))))
    with pytest.raises(Refusal, match="还没有回转记录"):
        paper(desk, "reply", seen)
    desk.do(Act(lambda unit: came_back(unit, desk, seen)))
    data = paper(desk, "reply", seen)
    assert (data.record_number, data.patient.file) == ("ZY2026112401", "ZY2026112401")
    assert data.course_and_plan.split("\n")[-1] == "出现下列情况立即返院：再发热"
    made = SHEETS["referral-reply"].draw(data)
    assert (problems(made), made.pages) == ([], 1)


def came_back(unit: Unit, desk: Desk, seen: Seen) -> None:
    row = ReferralReturn(
        **unit.stamp(), revision=1, resident=desk.li, came_with="paper", referral=seen.rid,
        assess_by=unit.now + timedelta(hours=24), hospital="安和市第一人民医院", department="呼吸科",
        diagnoses="肺炎 J18.9", record_number="ZY2026112401", findings="右下肺炎", course="抗感染 7 天",
        plan="继续口服 3 天", visit_on=date(2026, 12, 15), visit_department="呼吸科", dangers="再发热",
    )  # fmt: skip
    unit.session.add(row)


def test_the_referral_of_somebody_else_is_refused(desk: Desk) -> None:
    seen = sent(desk)
    with pytest.raises(Refusal, match="没有这份转诊"):
        desk.ask(ReferralPackOf(desk.wang, seen.rid))
    desk.become(Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="打印照护记录"):
        desk.ask(ReferralPackOf(desk.li, seen.rid))
