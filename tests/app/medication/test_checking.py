"""Checks at the desk: a reason for what is severe, a second person for what is contraindicated; news at giving."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.journals.service import AddEntry
from app.medication.checking import CheckForm, Finding, Severity, StandingFindings, alerts_of
from app.medication.orders import Answered, Issued, IssueOrders, OrderForm, Prn, ReplaceOrder, StopOrder
from app.medication.orders.answering import AnswerFindings
from app.residents.stating import AddAllergy, AddDiagnosis, AllergyForm, DiagnosisForm, Seen, StateNoAllergy
from tests.app.medication.house import Ward, drug
from tests.support.acts import Look

WHY = "已与心内科会诊，每周查 INR"


def form(name: str, amount: str, *answered: Answered, frequency: str = "qd") -> OrderForm:
    dosing = {"way": "same", "amount": amount}
    return OrderForm(drug(name).code, dosing, frequency=frequency, answered=answered)


def issue(ward: Ward, one: OrderForm, second: Role | None = None) -> Issued:
    ward.become(Role.DOCTOR)
    proof = None if second is None else ward.proof(second)
    issued: tuple[Issued, ...] = ward.do(IssueOrders(ward.li, (one,), ward.proof(Role.DOCTOR), proof))
    return issued[0]


def found(ward: Ward, one: OrderForm, *beside: OrderForm) -> dict[str, Finding]:
    findings: tuple[Finding, ...] = ward.ask(CheckForm(ward.li, one, beside))
    return {finding.rule: finding for finding in findings}


def alerts(ward: Ward) -> dict[str, tuple[str, ...]]:
    """Medicine → what is said against giving it."""
    said = ward.ask(Look(lambda reader: alerts_of(reader, [ward.li, ward.wang])))
    names = {slot.key[0]: slot.words for slot in ward.slots()}
    return {names[rid]: lines for rid, lines in said.items()}


def test_a_severe_finding_is_refused_until_a_reason_is_written(ward: Ward) -> None:
    ward.order("阿司匹林", "100")
    with pytest.raises(Refusal, match=r"华法林 \+ 阿司匹林：出血风险") as refused:
        issue(ward, form("华法林", "2.5"))
    assert refused.value.field == "checks"
    with pytest.raises(Refusal):
        issue(ward, form("华法林", "2.5", Answered("D01", "。")))
    issue(ward, form("华法林", "2.5", Answered("D01", WHY)))
    standing: tuple[Finding, ...] = ward.ask(StandingFindings(ward.li))
    assert [one.reason for one in standing if one.rule == "D01"] == [WHY]


def test_a_contraindicated_order_needs_a_second_person_too(ward: Ward) -> None:
    ward.do(AddAllergy(ward.li, AllergyForm("青霉素", "皮疹", told_by="家属")))
    answered = Answered("D63a", "药敏仅此可用，已备急救药品")
    with pytest.raises(Refusal, match="不得使用，也不做皮试"):
        issue(ward, form("阿莫西林", "0.5"))
    with pytest.raises(Refusal, match="双签") as refused:
        issue(ward, form("阿莫西林", "0.5", answered))
    assert refused.value.field == "second"
    with pytest.raises(Refusal, match="另一个人"):
        issue(ward, form("阿莫西林", "0.5", answered), Role.DOCTOR)
    with pytest.raises(Refusal, match="不能核对医嘱"):
        issue(ward, form("阿莫西林", "0.5", answered), Role.CAREGIVER)
    issue(ward, form("阿莫西林", "0.5", answered), Role.HEAD_NURSE)
    assert alerts(ward) == {}


def test_a_form_that_is_not_complete_is_checked_as_far_as_it_goes(ward: Ward) -> None:
    ward.order("阿司匹林", "100")
    assert found(ward, OrderForm("", {})) == {}
    assert found(ward, OrderForm("no-such-drug", {})) == {}
    bare = found(ward, OrderForm(drug("华法林").code, {"way": "same", "amount": ""}))
    assert bare["D01"].severity is Severity.SEVERE
    typed = found(ward, form("氨氯地平", "50."))
    assert "dose-high" not in typed
    assert found(ward, form("氨氯地平", "50"))["dose-high"].severity is Severity.CONTRAINDICATED
    assert found(ward, form("甲氨蝶呤", "10", frequency="qd"))["weekly"].severity is Severity.CONTRAINDICATED


def test_orders_of_one_basket_are_checked_against_each_other(ward: Ward) -> None:
    assert "D01" not in found(ward, form("华法林", "2.5"))
    assert "D01" in found(ward, form("华法林", "2.5"), form("阿司匹林", "100"))


def test_a_changed_order_is_not_checked_against_the_one_it_replaces(ward: Ward) -> None:
    old = ward.order("酒石酸美托洛尔", "25")
    again = form("酒石酸美托洛尔", "12.5")
    assert "same-ingredient" in found(ward, again)
    findings: tuple[Finding, ...] = ward.ask(CheckForm(ward.li, again, instead_of=old.rid))
    assert "same-ingredient" not in {one.rule for one in findings}
    ward.become(Role.DOCTOR)
    ward.do(ReplaceOrder(Seen(old.rid, 2), again, "心率慢", ward.proof(Role.DOCTOR)))


def test_a_new_allergy_speaks_at_giving_and_an_answered_finding_does_not(ward: Ward) -> None:
    ward.do(StateNoAllergy(ward.li, "家属"))
    ward.order("头孢呋辛酯", "0.25")
    ward.order("阿司匹林", "100")
    ward.issue(form("华法林", "2.5", Answered("D01", WHY)))
    assert alerts(ward) == {}
    ward.do(AddAllergy(ward.li, AllergyForm("头孢", "荨麻疹", told_by="老人自己")))
    assert alerts(ward) == {"头孢呋辛酯片": ("头孢呋辛酯 · 头孢过敏：属头孢类，不得使用（禁忌）",)}
    ward.put(8, 5)
    ward.become(Role.NURSE)
    slot = ward.slot("08:00", "头孢")
    assert ward.give_all(slot).left[0].prompts[0].words.endswith("（禁忌）")
    with pytest.raises(Refusal):
        ward.give(slot)


def test_a_new_kidney_value_speaks_at_giving(ward: Ward) -> None:
    ward.order("二甲双胍", "0.5", "bid")
    assert alerts(ward) == {}
    ward.do(AddEntry(ward.li, "labs", {"item": "egfr", "value": "27"}))
    assert [line for lines in alerts(ward).values() for line in lines] == [
        "二甲双胍 · eGFR 27（11-24）：乳酸酸中毒，eGFR 低于 30 禁用（禁忌）"
    ]
    ward.home.put(6, day=ward.home.today + timedelta(days=400))
    assert alerts(ward) == {}


def test_a_doctor_answers_what_came_up_later(ward: Ward) -> None:
    ward.do(StateNoAllergy(ward.li, "家属"))
    order = ward.order("头孢呋辛酯", "0.25")
    ward.do(AddAllergy(ward.li, AllergyForm("头孢", "荨麻疹", told_by="老人自己")))
    ward.become(Role.DOCTOR)
    rule = ward.ask(StandingFindings(ward.li))[0].rule
    answer = (Answered(rule, "已确认是进食海鲜所致，头孢可用"),)
    signer = ward.proof(Role.DOCTOR)
    with pytest.raises(Refusal, match="双签"):
        ward.do(AnswerFindings(ward.li, answer, signer))
    with pytest.raises(Refusal, match="请写明理由"):
        ward.do(AnswerFindings(ward.li, (Answered(rule, ""),), signer, ward.proof(Role.HEAD_NURSE)))
    assert ward.do(AnswerFindings(ward.li, answer, signer, ward.proof(Role.HEAD_NURSE))) == 1
    assert alerts(ward) == {}
    with pytest.raises(Refusal, match="已经不在"):
        ward.do(AnswerFindings(ward.li, answer, signer, ward.proof(Role.HEAD_NURSE)))
    ward.become(Role.HEAD_NURSE)
    ward.do(StopOrder(Seen(order.rid, 3), "好转", doctor_name="陈永康"))


def test_kidneys_are_reckoned_from_creatinine_weight_and_age(ward: Ward) -> None:
    """86 years, 50 kg, a woman, 150 µmol/L: 18.7 mL/min."""
    assert "kidney-unknown" in found(ward, form("达比加群酯", "110"))
    ward.measure("weight", "50")
    ward.do(AddEntry(ward.li, "labs", {"item": "crea", "value": "150"}))
    line = found(ward, form("达比加群酯", "110"))["D10"].line
    assert line.startswith("达比加群酯 · 肌酐清除率 19（11-24）")


def test_diagnoses_and_what_is_eaten_count(ward: Ward) -> None:
    ward.do(AddDiagnosis(ward.li, DiagnosisForm("心力衰竭", "I50.9", status="resolved")))
    assert found(ward, form("吡格列酮", "15"))["D19"].title == "吡格列酮 · 心力衰竭"
    assert "whole" not in found(ward, form("泮托拉唑", "40"))
    ward.do(AddEntry(ward.li, "diet", {"kind": ("tube",)}, begins=ward.home.today))
    assert found(ward, form("泮托拉唑", "40"))["whole"].severity is Severity.SEVERE


def test_what_is_given_once_or_stopped_is_forgotten_after_a_while(ward: Ward) -> None:
    ward.order("依那普利", "5", days="3")
    assert found(ward, form("沙库巴曲缬沙坦", "50"))["D23"].severity is Severity.CONTRAINDICATED
    ward.home.put(6, day=ward.home.today + timedelta(days=4))
    assert "D23" in found(ward, form("沙库巴曲缬沙坦", "50"))
    ward.home.put(19, day=ward.home.today)
    assert "D23" not in found(ward, form("沙库巴曲缬沙坦", "50"))


def test_a_prn_order_counts_with_the_most_of_a_day(ward: Ward) -> None:
    code = drug("对乙酰氨基酚").code
    often = OrderForm(code, {"way": "same", "amount": "0.5"}, kind="prn", prn=Prn("发热", 240, 6))
    assert found(ward, often)["day-paracetamol"].title.endswith("3 g")
    seldom = OrderForm(code, {"way": "same", "amount": "0.5"}, kind="prn", prn=Prn("发热", 240, 4))
    assert "day-paracetamol" not in found(ward, seldom)


def test_an_institution_may_ask_for_everything_that_stands(ward: Ward) -> None:
    assert ward.ask(StandingFindings(ward.li)) == ()
    ward.order("氯吡格雷", "75")
    ward.order("奥美拉唑", "20")
    assert [one.rule for one in ward.ask(StandingFindings(ward.li))] == ["D12"]
