"""Reconciliation: the hospital's list beside the orders, decisions by name, taking back, signing, who is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.core.errors import Refusal
from app.core.roles import Role
from app.medication.orders import CheckOrders, OrderForm, StopOrder
from app.medication.queries.order_lists import OrderDetail
from app.medication.reconciling import (
    CountReconciliations,
    DecideAll,
    ListDischarge,
    Listed,
    NoteInquiry,
    OpenReconciliations,
    SignDecisions,
    SignReconciliation,
    UndoDecision,
)
from app.medication.rules.reconcile import Pressure
from app.medication.rules.slots import DoseState
from app.medication.rules.states import Standing
from app.residents.stating import Seen
from tests.app.medication.house import DAY, Ward, at, drug
from tests.app.medication.reconcile_house import Back, item
from tests.support.acts import NoteAllergy


@pytest.fixture
def back(ward: Ward) -> Back:
    one = Back(ward).go(("阿托伐他汀", "20", "qd"), ("华法林", "2.5", "qd"), ("二甲双胍", "0.5", "bid"))
    ward.put(7)
    return one


def test_before_and_discharge_stand_beside_each_other(back: Back) -> None:
    assert {one.says for one in back.now.rows} == {"none"}  # no list yet: nothing is said
    back.lists(
        item("阿托伐他汀", "20mg"), item("二甲双胍", "0.5g", "tid"), item("氨溴索", "30mg", "tid", days="7")
    )
    rows = {one.words: one for one in back.now.rows}
    says = {words: one.says for words, one in rows.items()}
    assert says["华法林片"] == "unwritten"  # 没写不等于停
    assert back.row("阿托伐他汀").same
    assert back.row("二甲双胍").says == "changed"
    assert back.row("氨溴索").new
    assert back.now.rows[0].words.startswith("华法林")  # urgent and first
    assert back.row("华法林").urgent == "抗凝药"
    assert back.row("氨溴索").hospital.note == "共 7 天"  # type: ignore[union-attr]  # on the list


def test_another_strength_of_the_same_medicine_is_the_same_dose(ward: Ward) -> None:
    back = Back(ward).go(("氨氯地平", "5", "qd"))
    tablet = next(one for one in (drug("氨氯地平"),))
    back.lists(Listed("苯磺酸氨氯地平", drug=tablet.code, dose="1片", frequency="qd"))
    assert back.row("氨氯地平").same == (tablet.strength == 5)


def test_everything_alike_is_kept_with_one_key_and_still_by_name(back: Back) -> None:
    back.lists(item("阿托伐他汀", "20"), item("华法林", "2.5"), item("二甲双胍", "1", "bid"))
    alike = tuple(one.order.rid for one in back.now.alike if one.order)
    assert len(alike) == 2
    metformin = back.row("二甲双胍").order
    assert metformin is not None
    with pytest.raises(Refusal, match="两边不一样"):
        back.ward.do(DecideAll(back.ward.li, back.absence, (*alike, metformin.rid), "刘志远"))
    done = back.ward.do(DecideAll(back.ward.li, back.absence, alike, "刘志远"))
    assert len(done) == len({one.rid for one in done}) == 2
    decided = back.row("华法林").decision
    assert decided is not None
    assert (decided.words, decided.who, decided.author) == ("保留", "刘志远", "林晓燕")
    assert decided.sign_by == at(7) + timedelta(hours=24)
    with pytest.raises(Refusal, match="已由刘志远在"):
        back.ward.do(DecideAll(back.ward.li, back.absence, alike, "刘志远"))


def test_a_nurse_changes_by_the_hospitals_paper(back: Back) -> None:
    ward = back.ward
    back.lists(item("二甲双胍", "0.5", "tid"))
    with pytest.raises(Refusal, match="请填写改成什么"):
        back.decide("二甲双胍", "change", "出院改量")
    done = back.decide("二甲双胍", "change", "出院改量", change=back.form("二甲双胍", "0.5", "tid"))
    assert done.issued is not None
    fresh, old = (
        ward.ask(OrderDetail(done.issued.rid)).row,
        ward.ask(OrderDetail(back.orders["二甲双胍"])).row,
    )
    assert (old.standing, fresh.replaces) == (Standing.STOPPED, old.seen.rid)
    assert fresh.unsigned_by is not None  # 待医师签
    assert fresh.standing is Standing.ISSUED  # a second nurse checks it
    row = back.row("二甲双胍")
    assert row.after is not None
    assert row.after.when.startswith("每日三次") or "三" in row.after.when
    ward.become(Role.HEAD_NURSE)
    ward.do(CheckOrders((fresh.seen,)))
    ward.become(Role.NURSE)
    ward.put(12)
    states = {
        one.key[2]: one.state for one in ward.slots() if "二甲双胍" in one.words and one.key[2] > "11:00"
    }
    assert set(states.values()) <= {DoseState.DUE, DoseState.PLANNED}


def test_a_doctor_changes_and_stops_with_a_signature(back: Back) -> None:
    ward = back.ward
    ward.become(Role.DOCTOR)
    form = OrderForm(drug("二甲双胍").code, {"way": "same", "amount": "0.5"}, frequency="tid")
    done = back.decide("二甲双胍", "change", "血糖高", change=form, signer=ward.proof(Role.DOCTOR))
    assert done.issued is not None
    assert ward.ask(OrderDetail(done.issued.rid)).row.doctor == "陈永康"
    with pytest.raises(Refusal, match="为什么停用"):
        back.decide("阿托伐他汀", "stop")
    back.decide("阿托伐他汀", "stop", "肝酶升高")
    decided = back.row("阿托伐他汀").decision
    assert decided is not None
    assert (decided.sign_by, decided.who) == (None, "陈永康")
    assert ward.ask(OrderDetail(back.orders["阿托伐他汀"])).row.standing is Standing.STOPPED
    with pytest.raises(Refusal, match="医嘱已跟着变了"):
        back.decide("阿托伐他汀", "keep", seen=decided.seen)


def test_a_changed_order_that_begins_later_leaves_nothing_of_the_old_one(back: Back) -> None:
    ward = back.ward
    form = back.form("二甲双胍", "0.5", "tid", begins=at(7, 0, DAY + timedelta(days=1)))
    back.decide("二甲双胍", "change", "明天起", change=form)
    ward.put(17, 40)
    assert not [one for one in ward.slots() if "二甲双胍" in one.words and one.state.open]


def test_what_only_the_hospital_wrote_is_taken_or_not(back: Back) -> None:
    ward = back.ward
    ward.do(NoteAllergy(ward.li, "青霉素"))
    back.lists(item("氨溴索", "30", "tid", days="7"), item("头孢呋辛酯", "0.25", "bid", days="5"))
    assert any("青霉素" in one for one in back.row("头孢呋辛").findings)
    paper: dict[str, Any] = {"doctor_name": "刘志远", "hospital": "市第一人民医院", "origin": "hospital"}
    plain = OrderForm(drug("头孢呋辛酯").code, {"way": "same", "amount": "0.25"}, frequency="bid", **paper)
    with pytest.raises(Refusal, match="请写明理由"):  # the checks ask as for any order
        back.decide("头孢呋辛", "take", change=plain)
    back.decide("头孢呋辛", "drop", "青霉素过敏")
    done = back.decide("氨溴索", "take", change=back.form("氨溴索", "30", "tid", days="7"))
    assert done.issued is not None
    assert back.row("氨溴索").after is not None
    assert ward.ask(OrderDetail(done.issued.rid)).row.ends is not None
    with pytest.raises(Refusal, match="不能改清单里的这一种"):
        back.lists(item("二甲双胍", "0.5", "bid"))


def test_a_slip_is_taken_back_within_minutes(back: Back) -> None:
    ward = back.ward
    stopped = back.decide("阿托伐他汀", "stop", "误按").seen
    changed = back.decide("二甲双胍", "change", "误按", change=back.form("二甲双胍", "0.5", "tid"))
    ward.put(7, 5)
    ward.do(UndoDecision(stopped))
    ward.do(UndoDecision(changed.seen))
    assert changed.issued is not None
    assert ward.ask(OrderDetail(changed.issued.rid)).row.standing is Standing.CANCELLED
    for name in ("阿托伐他汀", "二甲双胍"):
        row = back.row(name)
        assert (row.undecided, row.held) == (True, True)
        assert ward.ask(OrderDetail(back.orders[name])).row.standing is not Standing.STOPPED
    ward.put(8, 5)
    assert {one.state for one in ward.slots() if one.key[2] == "08:00"} == {DoseState.UNRECONCILED}


def test_later_only_what_moved_no_order_is_taken_back_and_with_words(back: Back) -> None:
    ward = back.ward
    kept, stopped = back.decide("华法林", "keep").seen, back.decide("阿托伐他汀", "stop", "肝酶升高").seen
    ward.put(7, 20)
    with pytest.raises(Refusal, match="请写明原因"):
        ward.do(UndoDecision(kept))
    with pytest.raises(Refusal, match="已经变成医嘱"):
        ward.do(UndoDecision(stopped, "误停"))
    ward.do(UndoDecision(kept, "INR 3.6"))
    assert back.row("华法林").held


def test_the_whole_is_signed_by_a_doctor_when_everything_is_decided(back: Back) -> None:
    ward = back.ward
    back.lists(came_with="none")
    back.decide("华法林", "keep")
    back.decide("阿托伐他汀", "keep")
    proof = ward.proof(Role.DOCTOR)
    with pytest.raises(Refusal, match=r"还不能完成：.*二甲双胍"):
        ward.do(SignReconciliation(ward.li, back.absence, proof))
    back.decide("二甲双胍", "change", "减量", change=back.form("二甲双胍", "0.25", "bid"))
    assert back.now.state == "sign"
    with pytest.raises(Refusal, match="不是医师"):
        ward.do(SignReconciliation(ward.li, back.absence, ward.proof(Role.NURSE)))
    ward.do(SignReconciliation(ward.li, back.absence, proof))
    now = back.now
    assert (now.state, now.signed_by) == ("done", "陈永康")
    assert all(one.decision and one.decision.sign_by is None for one in now.rows)
    assert ward.ask(OpenReconciliations()) == ()
    ward.do(UndoDecision(back.row("华法林").decision.seen, "INR 高"))  # type: ignore[union-attr]  # decided above
    assert (back.now.state, back.now.signed_by) == ("open", "")


def test_a_doctor_signs_what_a_nurse_wrote_down(back: Back) -> None:
    ward = back.ward
    seen = back.decide("华法林", "keep").seen
    ward.become(Role.DOCTOR)
    assert ward.do(SignDecisions((seen,), ward.proof(Role.DOCTOR))) == 1
    decided = back.row("华法林").decision
    assert decided is not None
    assert (decided.sign_by, decided.who) == (None, "刘志远")
    ward.put(8, 5)
    assert ward.slot("08:00", "华法林").state is DoseState.DUE  # a signature changes nothing about it
    with pytest.raises(Refusal, match="已由医师签名"):
        ward.do(SignDecisions((decided.seen,), ward.proof(Role.DOCTOR)))


def test_a_list_is_checked_line_by_line(back: Back) -> None:
    for items, said in (
        ((), "请录入清单上的药"),
        ((Listed(" "),), "第 1 种：请选药品"),
        ((item("氨溴索", "30", days="七"),), "天数请写数字"),
        ((item("氨溴索", ".5"),), "0.5"),
        ((item("氨溴索", "30", "x9"),), "请选频次"),
    ):
        with pytest.raises(Refusal, match=said):
            back.lists(*items)
    back.lists(item("氨溴索", "30", "tid"))
    with pytest.raises(Refusal, match="刚被别人改过"):
        back.ward.do(ListDischarge(back.ward.li, back.absence, "missing"))
    back.ward.do(NoteInquiry(back.ward.li, back.absence, "呼吸科王护士：华法林继续 2.5 mg"))
    assert "林晓燕 电话核对：呼吸科王护士" in back.now.note
    assert back.now.rows[0].undecided  # a telephone call decides nothing


def test_who_is_open_and_how_it_presses(back: Back) -> None:
    ward = back.ward
    (row,) = ward.ask(OpenReconciliations())
    assert (row.name, row.undecided, row.held, row.urgent) == ("李桂兰", 3, 3, ("抗凝药",))
    assert (row.due, row.pressure, row.escalated) == (at(8), Pressure.SOON, False)
    assert ward.ask(CountReconciliations()) == 1
    ward.put(8, 30)
    assert ward.ask(OpenReconciliations())[0].pressure is Pressure.LATE
    ward.put(9, 30)
    assert ward.ask(OpenReconciliations())[0].escalated
    ward.do(StopOrder(ward.ask(OrderDetail(back.orders["华法林"])).row.seen, "出血", doctor_name="陈永康"))
    assert ward.ask(OpenReconciliations())[0].urgent == ()  # stopped elsewhere: nothing to decide any more
    for name in ("阿托伐他汀", "二甲双胍"):
        back.decide(name, "keep")
    (left,) = ward.ask(OpenReconciliations())
    assert (left.state, left.pressure) == ("sign", Pressure.NONE)
    assert ward.ask(CountReconciliations()) == 0


def test_a_decision_is_not_passed_over(back: Back) -> None:
    first = back.decide("华法林", "keep").seen
    with pytest.raises(Refusal, match="已由刘志远在"):
        back.decide("华法林", "stop", "出血")
    back.decide("华法林", "stop", "出血", seen=first)  # seen: the mind was changed
    assert back.row("华法林").decision.words == "停用"  # type: ignore[union-attr]  # just decided
    with pytest.raises(Refusal, match="已由刘志远在"):
        back.decide("华法林", "stop", "出血", seen=Seen(first.rid, 1))
