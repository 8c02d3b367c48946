"""What lets held medicines free, and what does not: a signature, a name, another kind of absence, a late entry."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select

from app.core.errors import Refusal
from app.core.roles import Role
from app.core.unit import Unit
from app.medication.giving import CorrectDose
from app.medication.reconciling import Decide, OpenReconciliations, SignReconciliation
from app.medication.reconciling.questions import open_reconciliations
from app.medication.rules.slots import DoseState
from app.residents.rules.windows import When
from app.residents.stating import Seen
from app.residents.stays.away import GoToHospital, Return
from app.residents.stays.correcting import CorrectAbsence, RetractAbsence
from app.residents.stays.forms import AbsenceForm, AwayForm
from db.models import Absence
from tests.app.medication.house import DAY, Ward, at
from tests.app.medication.reconcile_house import OUT, Back, item
from tests.support.acts import Act, Look
from tests.support.station import PEOPLE

LAY = AwayForm(whither="市第一人民医院", why="肺炎")
WAITS = DoseState.UNRECONCILED


@pytest.fixture
def back(ward: Ward) -> Back:
    return Back(ward).go()


def returned(ward: Ward) -> Back:
    """Back by the residents' own acts, as a nurse does them."""
    found = Back(ward)
    ward.put(5, 0, OUT)
    for name, amount in (("阿托伐他汀", "20"), ("华法林", "2.5")):
        found.orders[name] = ward.order(name, amount).rid
    ward.put(9, 0, OUT)
    ward.do(GoToHospital(ward.li, LAY))
    ward.put(6, 30)
    ward.do(Return(ward.li))
    return found


def absence_of(ward: Ward) -> Seen:
    stands = select(Absence).where(Absence.current, Absence.state != "retracted")
    row = ward.ask(Look(lambda reader: reader.session.scalar(stands)))
    return Seen(row.rid, row.revision)


def as_it_was(code: str = "hospital", hour: int = 6, minute: int = 30, left: int = 9) -> AbsenceForm:
    return AbsenceForm(code, When(OUT, left * 60), When(DAY, hour * 60 + minute), LAY)


def sign(back: Back) -> Seen:
    ward = back.ward
    ward.become(Role.DOCTOR)
    done: Seen = ward.do(SignReconciliation(ward.li, back.absence, ward.proof(Role.DOCTOR)))
    ward.become(Role.NURSE)
    return done


def decided(back: Back) -> Back:
    back.decide("阿托伐他汀", "keep")
    back.decide("华法林", "keep")
    return back


def test_what_is_decided_after_the_signature_is_signed_again(back: Back) -> None:
    ward = back.ward
    ward.put(7)
    sign(decided(back))
    assert (back.now.state, ward.ask(OpenReconciliations())) == ("done", ())
    ward.put(7, 30)
    kept = back.row("华法林").decision
    assert kept is not None
    back.decide("华法林", "stop", "出血", seen=kept.seen)
    assert (back.now.state, back.now.signed_by) == ("sign", "")
    assert [one.state for one in ward.ask(OpenReconciliations())] == ["sign"]
    sign(back)
    assert back.now.state == "done"
    with pytest.raises(Refusal, match="签名完成"):
        sign(back)


def test_a_signature_of_before_the_return_covers_nothing(ward: Ward) -> None:
    back = returned(ward)
    ward.put(7)
    sign(decided(back))
    ward.put(7, 40)
    ward.become(Role.HEAD_NURSE)
    ward.do(CorrectAbsence(absence_of(ward), as_it_was(hour=7, minute=30), "时间更正"))
    ward.become(Role.NURSE)
    assert (back.now.state, back.now.signed_by) == ("open", "")
    decided(back)
    assert [one.state for one in ward.ask(OpenReconciliations())] == ["sign"]
    sign(back)
    assert back.now.state == "done"


@pytest.mark.parametrize("who", [Role.NURSE, Role.HEAD_NURSE])
def test_nobody_here_who_is_no_doctor_decides(back: Back, who: Role) -> None:
    ward = back.ward
    ward.put(8)
    order = Decide(ward.li, back.absence, "keep", order=back.orders["华法林"], doctor_name=PEOPLE[who].name)
    with pytest.raises(Refusal, match="不是医师") as refused:
        ward.do(order)
    assert refused.value.field == "doctor_name"
    back.decide("华法林", "keep", doctor_name=PEOPLE[Role.DOCTOR].name)


def test_who_decided_and_who_signed_are_both_told(back: Back) -> None:
    back.ward.put(7)
    sign(decided(back))
    told = back.row("华法林").decision
    assert told is not None
    assert (told.who, told.signed) == ("刘志远", PEOPLE[Role.DOCTOR].name)


@pytest.mark.parametrize(
    "form",
    [as_it_was("leave"), as_it_was(hour=6, minute=0), as_it_was(hour=7, minute=59), as_it_was(left=10)],
)
def test_a_nurse_makes_no_time_in_hospital_something_else(ward: Ward, form: AbsenceForm) -> None:
    back = returned(ward)
    ward.put(8)
    slot = ward.slot("08:00", "阿托伐他汀")
    for order in (
        CorrectAbsence(absence_of(ward), form, "笔误"),
        RetractAbsence(absence_of(ward), "记错人"),
    ):
        with pytest.raises(Refusal, match="请护士长办理"):
            ward.do(order)
    with pytest.raises(Refusal, match="待重整"):
        ward.give(slot)
    ward.do(CorrectAbsence(absence_of(ward), AbsenceForm("hospital", When(OUT, 540), When(DAY, 390),
                                                         AwayForm(whither="市二院", why="肺炎")), "笔误"))  # fmt: skip
    ward.become(Role.HEAD_NURSE)
    ward.do(CorrectAbsence(absence_of(ward), form, "笔误"))
    assert back.orders


def test_a_slip_of_minutes_ago_is_set_right_by_whoever_made_it(ward: Ward) -> None:
    ward.put(6)
    ward.do(GoToHospital(ward.li, LAY))
    ward.put(6, 5)
    ward.do(RetractAbsence(absence_of(ward), "记错人"))
    ward.do(GoToHospital(ward.li, LAY))
    ward.put(6, 20)
    with pytest.raises(Refusal, match="请护士长办理"):
        ward.do(RetractAbsence(absence_of(ward), "记错人"))


def test_a_line_that_means_an_order_is_decided_there(back: Back) -> None:
    ward = back.ward
    ward.put(7)
    back.lists(item("阿托伐他汀", "40mg"))
    line = back.row("阿托伐他汀").line
    assert line is not None
    form = back.form("阿托伐他汀", "40")
    for decision in ("take", "drop"):
        order = Decide(
            ward.li, back.absence, decision, item=line.key, why="x", change=form, doctor_name="刘志远"
        )
        with pytest.raises(Refusal, match="在那条医嘱上决定"):
            ward.do(order)


def test_what_was_given_before_the_return_was_known_is_recorded_with_words(ward: Ward) -> None:
    ward.put(5, 0, OUT)
    ward.order("阿托伐他汀", "20")
    ward.put(9)
    ward.away("hospital", at(9, 0, OUT), at(6, 30))
    slot = ward.slot("08:00")
    with pytest.raises(Refusal, match="请写明经过") as refused:
        ward.give(slot, at=at(8, 0), late="补记")
    assert refused.value.field == "despite"
    with pytest.raises(Refusal, match="待重整"):
        ward.give(slot, late="补记", despite="返院后登记前已给")
    ward.give(slot, at=at(8, 0), late="补记", despite="返院后登记前已给")
    assert ward.slot("08:00").state is DoseState.GIVEN


def test_a_fact_is_corrected_though_its_return_was_known_later(ward: Ward) -> None:
    ward.put(5)
    ward.order("阿托伐他汀", "20")
    ward.put(8)
    seen = ward.give(ward.slot("08:00"))
    ward.put(9)
    ward.away("hospital", at(9, 0, OUT), at(6, 30))
    seen = ward.do(CorrectDose(seen, "笔误", amount="10"))
    with pytest.raises(Refusal, match="待重整"):
        ward.do(CorrectDose(seen, "笔误", amount="20"))
    ward.do(CorrectDose(seen, "时间更正", amount="10", at=at(8, 10)))


def test_a_decision_counts_from_its_minute(back: Back) -> None:
    ward = back.ward
    ward.station.clock.put(at(8, 20) + timedelta(seconds=30))  # type: ignore[attr-defined]  # a clock that is set
    back.decide("阿托伐他汀", "keep")
    ward.put(8, 25)
    ward.give(ward.slot("08:00", "阿托伐他汀"), at=at(8, 20))
    assert ward.slot("08:00", "阿托伐他汀").state is DoseState.GIVEN


def test_where_stations_differ_about_the_end_it_is_shown(back: Back) -> None:
    ward = back.ward

    def other(unit: Unit) -> None:
        row = unit.session.scalar(select(Absence).where(Absence.current))
        assert row is not None
        stamp: dict[str, Any] = {**unit.stamp(rid=row.rid), "station": "77"}
        unit.session.add(
            Absence(**stamp, revision=row.revision + 1, resident=row.resident, stay=row.stay, code=row.code,
                    begins=row.begins, ends=None)
        )  # fmt: skip

    ward.do(Act(other))
    ward.put(8)
    assert ward.slot("08:00", "阿托伐他汀").state in (WAITS, DoseState.AWAY)
    assert [one.resident for one in ward.ask(OpenReconciliations())] == [ward.li]


def asked_of(ward: Ward) -> int:
    count = 0

    def look(unit: Unit) -> None:
        bind = unit.session.get_bind()

        def one(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(bind, "before_cursor_execute", one)
        try:
            open_reconciliations(unit, OpenReconciliations())
        finally:
            event.remove(bind, "before_cursor_execute", one)

    ward.do(Act(look))
    return count


def test_the_list_takes_as_many_statements_for_two_as_for_one(ward: Ward) -> None:
    ward.put(5, 0, OUT)
    people: tuple[UUID, ...] = (ward.li, ward.wang)
    for who in people:
        ward.order("阿托伐他汀", "20", resident=who)
    ward.put(6, 30)
    ward.away("hospital", at(9, 0, OUT), at(6, 30))
    once = asked_of(ward)
    ward.away("hospital", at(9, 0, OUT), at(6, 30), ward.wang)
    assert asked_of(ward) == once
    assert {one.due for one in ward.ask(OpenReconciliations())} == {at(8)}
