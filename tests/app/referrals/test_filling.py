"""What a referral takes from the chart: signs, medicines with their last dose, what holds, the texts; never a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from app.access.decisions import ChangeSettings
from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.giving import GivePrn
from app.medication.orders import OrderForm, Prn
from app.printing.registry import SHEETS
from app.referrals.filling import UNRECORDED, CallScript, Filled, FillReferral, tell
from app.referrals.writing.forms import LONGEST_SBAR, TEXTS
from app.residents.stating import StateNoAllergy
from tests.app.care.house import DAY, at
from tests.app.medication.house import drug
from tests.app.referrals.charts import full_chart, note, visit
from tests.app.referrals.house import Desk

ILLNESS = "慢性阻塞性肺疾病急性加重期"


def filled(desk: Desk, resident: UUID | None = None) -> Filled:
    found: Filled = desk.ask(FillReferral(resident or desk.li))
    return found


def test_an_empty_chart_says_what_nobody_recorded(desk: Desk) -> None:
    one = filled(desk)
    assert (one.resident.name, one.resident.sex, one.resident.age) == ("李桂兰", "女", 86)
    assert one.allergies.known == "unknown"
    assert "不等于无过敏" in one.texts["past"]
    assert "诊断未记录" in one.sbar["B"]
    assert (one.last_meal, one.baseline.ability, one.baseline.words) == (UNRECORDED,) * 3
    assert (one.news2, one.vitals, one.medicines, one.diagnoses) == (None, (), (), ())
    assert one.sbar["S"] == "生命体征未记录"
    assert one.texts["course"] == "站内处理未记录"
    assert one.texts["impression"] == ""
    assert one.sources["S"] == "没有体征"
    assert (one.urgency, one.cause) == ("h48", "")
    assert not any(one.ticked or one.met for one in one.criteria)


def test_no_known_allergy_is_something_somebody_said(desk: Desk) -> None:
    desk.become(Role.DOCTOR)
    desk.do(StateNoAllergy(desk.li, "本人"))
    assert (filled(desk).allergies.known, filled(desk).allergies.words) == ("none", "无已知过敏")


def test_a_full_chart_fills_an_emergency(desk: Desk) -> None:
    full_chart(desk)
    one = filled(desk)
    ticked = [(each.code, each.value, each.detail) for each in one.criteria if each.ticked]
    assert ticked == [
        ("news2", "16 分", "≥ 7 · 13:46"),
        ("spo2", "88 %", "< 90 · 吸氧 3 L/min · 13:10 起"),
        ("consciousness", "V 对声音有反应", "新出现 · 13:10 起"),
    ]
    assert (one.urgency, one.cause, one.department) == ("emergency", "spo2", "急诊科")
    assert one.news2 is not None
    assert (one.news2.total, one.news2.before) == (16, 0)
    assert one.news2.trend == "由 0 升到 16（6 小时）"
    assert one.last_seen_well == "07:46（测量）"
    assert one.texts["impression"] == (
        "低氧血症（呼吸衰竭）？；意识障碍？；高血压病3级（I10）；2型糖尿病（E11.9）；心房颤动（I48.9）"
    )
    assert one.texts["history"].startswith(
        "NEWS2 由 0 升到 16（6 小时）；13:10 起 血氧 88 %（吸氧 3 L/min）；13:10 起 意识 V 对声音有反应（新出现）。"
        "13:46 测 T 38.9 ℃、P 112 次/分、R 26 次/分、BP 98/56 mmHg、SpO₂ 88 %（吸氧 3 L/min）、意识 V 对声音有反应。"
        "最后一次神志如常 07:46（测量）。08:30 跌倒（卫生间，轻度）：如厕后滑倒，臀部着地"
    )
    assert "咳嗽，咳黄痰" in one.texts["history"]
    assert one.texts["past"].startswith(
        "高血压病3级（I10）、2型糖尿病（E11.9）、心房颤动（I48.9）。过敏：青霉素类（皮疹）、磺胺类。"
        "在用：华法林片 2.5 mg（1 片）（抗凝）末次 08:00 已给药"
    )
    assert "接触隔离，诺如病毒感染" in one.texts["past"]
    assert one.texts["course"] == "08:30 通知医生；09:00 拍背，多饮水；13:46 吸氧 3 L/min。"


def test_the_hand_over_names_both_sides_and_what_is_asked(desk: Desk) -> None:
    full_chart(desk)
    one = filled(desk)
    assert one.sbar["I"].startswith(f"{one.sender.institution}{one.sender.unit} {one.sender.by_name}")
    assert "李桂兰，女，86 岁，2号楼301-1，编号 " in one.sbar["I"].replace(" 301", "301")
    assert one.sbar["S"].startswith("NEWS2 由 0 升到 16")
    assert "过敏：青霉素类（皮疹）、磺胺类" in one.sbar["B"]
    assert "管路：导尿管" in one.sbar["B"]
    assert one.sbar["A"] == "考虑低氧血症（呼吸衰竭）、意识障碍；13:46 NEWS2 由 0 升到 16（6 小时）。"
    assert one.sbar["R"].startswith("请予急诊接诊、监护、氧疗与呼吸支持、血气、胸部 CT、急查血糖")
    assert one.sbar["R"].endswith("请带回出院小结、检查结果和出院带药单。")
    assert one.sources["S"] == "13:46 体征"
    assert one.sources["history"] == "13:46 体征 · 护理记录 · 不良事件"


def test_medicines_come_with_their_last_dose_and_why_they_matter(desk: Desk) -> None:
    ward = full_chart(desk)
    warfarin, amlodipine = filled(desk).medicines
    assert (warfarin.dose, warfarin.frequency, warfarin.route) == ("2.5 mg（1 片）", "每日一次", "口服")
    assert warfarin.is_("anticoagulant")
    assert (warfarin.last, warfarin.last_given) == ("08:00 已给药", at(8))
    assert not amlodipine.flags
    desk.put(8, 0, DAY + timedelta(days=1))
    slot = next(one for one in ward.slots() if one.key[2] == "08:00" and "华法林" in one.words)
    ward.not_given(slot, 1)
    desk.put(9, 0, DAY + timedelta(days=1))
    after = filled(desk).medicines[0]
    assert (after.last, after.after) == ("11-24 08:00 已给药", "08:00 拒服")
    other = filled(desk).medicines[1]
    assert (other.last, other.after) == ("11-24 08:00 已给药", "08:00 未记录")
    assert sorted(one.what for one in filled(desk).doses) == ["refused", "unrecorded"]
    assert "24 小时内未用或未记录的药：08:00" in filled(desk).texts["course"]


def test_medicines_of_before_a_hospital_stand_until_somebody_decides(desk: Desk) -> None:
    full_chart(desk)
    assert not any(one.unsettled for one in filled(desk).medicines)
    desk.put(18, 0, DAY + timedelta(days=3))
    desk.home.away("hospital", at(15), at(17, 0, DAY + timedelta(days=3)))
    assert all(one.unsettled for one in filled(desk).medicines)
    assert "末次 11-24 08:00 已给药，待重整" in filled(desk).texts["past"]


def test_a_dose_of_long_ago_is_still_found(desk: Desk) -> None:
    full_chart(desk)
    desk.put(9, 0, DAY + timedelta(days=20))
    warfarin = filled(desk).medicines[0]
    assert (warfarin.last, warfarin.last_given) == ("11-24 08:00 已给药", at(8))


def test_what_was_given_when_needed_is_told(desk: Desk) -> None:
    ward = full_chart(desk)
    form = OrderForm(
        drug("对乙酰氨基酚").code, {"way": "same", "amount": "0.5"}, kind="prn", prn=Prn("发热", 360, 4)
    )
    order = ward.issue(form)[0]
    desk.do(GivePrn(order.rid, "发热 38.9 ℃"))
    one = filled(desk)
    assert [(each.what, each.said) for each in one.doses] == [
        ("prn", "14:00 对乙酰氨基酚片 0.5 g（发热 38.9 ℃）")
    ]
    assert "14:00 对乙酰氨基酚片 0.5 g（发热 38.9 ℃）" in one.texts["course"]
    assert [each.words for each in one.medicines if each.prn] == ["对乙酰氨基酚片"]


def test_what_a_person_ticks_is_told_with_its_clock_and_symptom(desk: Desk) -> None:
    full_chart(desk)
    one = filled(desk)
    stroke = next(each for each in one.criteria if each.code == "stroke")
    assert (stroke.asks, stroke.clock) == ("since", "静脉溶栓 4.5 小时、取栓评估 24 小时")
    ticked = [replace(each, ticked=False) for each in one.criteria if each.code != "stroke"]
    told = tell(one, [*ticked, stroke.said(at(12, 30), "左侧肢体无力")])
    assert told.texts["impression"].startswith("急性脑卒中？；高血压病3级")
    assert told.texts["history"].startswith(
        "12:30 起 疑似卒中（口角歪斜、肢体无力、言语不清）（左侧肢体无力）。13:46 测"
    )
    assert told.sbar["R"].startswith("请予卒中绿色通道、头颅 CT")
    assert stroke.said(at(12, 30)).kept()["since"] == at(12, 30).isoformat()


def test_one_who_is_better_again_has_no_red_line(desk: Desk) -> None:
    full_chart(desk)
    visit(desk, 15)
    one = filled(desk)
    assert not any(each.ticked for each in one.criteria)
    assert one.last_seen_well == ""
    assert one.sbar["A"] == "15:00 NEWS2 由 16 降到 0（74 分钟）。"


def test_an_old_score_says_so(desk: Desk) -> None:
    visit(desk, 8, spo2=88, respiration=26, level="V", pulse=125)
    desk.put(19, 59)
    assert "之后未测" not in filled(desk).sbar["A"]
    desk.put(20, 1)
    assert "08:00 NEWS2" in filled(desk).sbar["A"]
    assert filled(desk).sbar["A"].endswith("，之后未测。")


def test_a_wound_an_intake_and_wishes_are_taken(desk: Desk) -> None:
    desk.put(10)
    for site, stage in (("sacrum", "3"), ("left-heel", "2")):
        note(desk, "skin", {"site": (site,), "stage": stage, "length": "3", "width": "2"})
    desk.put(11)
    note(desk, "skin", {"site": ("left-heel",), "stage": "healed"})
    note(desk, "intake-output", {"direction": "in", "kind_in": "food", "amount": "300"}, at(10, 30))
    desk.become(Role.HEAD_NURSE)
    note(desk, "resuscitation", {"wish": "no_cpr", "source": "self", "witness": "王芳", "on": "2026-11-01"})
    one = filled(desk)
    assert [(each.words.split(" ")[1].split("，")[0], each.red) for each in one.wounds] == [("3期", True)]
    assert one.last_meal == "10:30 入：食物含水 300 ml"
    assert "抢救意愿：不愿心肺复苏" in one.texts["past"]
    assert [each.code for each in one.criteria if each.met] == ["pressure_injury"]
    assert (one.urgency, one.cause) == ("h48", "pressure_injury")


def test_texts_keep_their_limits_with_the_longest_words(desk: Desk) -> None:
    full_chart(desk)
    one = filled(desk)
    name = "欧阳" * 20
    medicine = replace(one.medicines[0], words="华法林" * 20, dose="早 2.5 mg、晚 1.25 mg")
    long = replace(
        one,
        diagnoses=tuple(replace(one.diagnoses[0], words=f"{place}{ILLNESS * 4}") for place in range(12)),
        medicines=(medicine,) * 11,
        resident=replace(one.resident, name=name),
        wounds=tuple(replace(one.lines[0], words="骶尾部 3期，" * 40) for _ in range(6)),
        recent=tuple(replace(each, words=each.words * 30, short=each.short * 30) for each in one.recent),
    )
    told = tell(long)
    assert name in told.sbar["I"]
    for key, (_title, most) in TEXTS.items():
        assert 0 < len(told.texts[key]) <= most, key
    assert all(0 < len(words) <= LONGEST_SBAR for words in told.sbar.values())
    assert "等 12 项诊断" in told.texts["past"]
    assert "等 11 种药" in told.texts["past"]


def test_everything_offered_can_be_printed(desk: Desk) -> None:
    full_chart(desk)
    offered = filled(desk).attachments
    assert {one.what for one in offered} >= {"incident", "vitals", "chart", "mar", "notes", "orders"}
    assert [one.what for one in offered if one.offered] == ["incident"]
    for one in offered:
        kind = SHEETS[one.sheet]
        drawn = kind.draw(desk.ask(kind.question(desk.li, **one.params)))
        assert drawn.pdf.startswith(b"%PDF"), one.words


def test_somebody_who_is_not_known_and_somebody_who_may_not_read(desk: Desk) -> None:
    with pytest.raises(Refusal, match="没有找到这位老人"):
        filled(desk, UUID(int=9))
    desk.become(Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="没有“查看老人档案”的权限"):
        filled(desk)


def test_an_open_referral_is_named(desk: Desk) -> None:
    seen = desk.begun()
    assert filled(desk).open_referral == seen.rid
    assert filled(desk, desk.wang).open_referral is None


def test_where_120_has_to_come_and_what_nobody_set_up(desk: Desk) -> None:
    facts = desk.ask(CallScript(desk.li))
    assert (facts.building, facts.floor) == ("2号楼", "3层")
    assert facts.missing == ("机构地址", "站点电话", "担架电梯", "接应地点")
    desk.become(Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="机构地址最长 80 个字"):
        desk.do(ChangeSettings(5, False, address="路" * 81))
    settings = desk.do(ChangeSettings(5, False, address=" 安和区梧桐路 1 号 ", phone="0592-5550188"))
    assert (settings.address, settings.phone, settings.ambulance_lift) == (
        "安和区梧桐路 1 号",
        "0592-5550188",
        "",
    )
    desk.station.desk.surroundings = replace(desk.station.desk.surroundings, settings=settings)
    desk.become(Role.NURSE)
    facts = desk.ask(CallScript(desk.li))
    assert (facts.address, facts.missing) == ("安和区梧桐路 1 号", ("担架电梯", "接应地点"))
    assert "电话 0592-5550188" in filled(desk).sbar["I"]
