"""A doctor's round of a home bed that a nurse wrote down is signed afterwards: by account, by hand, once, anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.access.queries import ActorByNumber
from app.access.service import EditStaff
from app.core.errors import Refusal
from app.core.roles import Role
from app.referrals.home_beds import (
    BedVisit,
    BedVisitRow,
    ChangeBedVisit,
    EvaluateHomeBed,
    SignBedVisit,
    VisitHomeBed,
)
from app.referrals.revising import Seen
from tests.app.referrals.bedded import OPENED, applied, opened, page, visited
from tests.app.referrals.house import DAY, Desk, at
from tests.app.referrals.rounding import DRAWN
from tests.support.station import PEOPLE


def refused(desk: Desk, order: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        desk.do(order)
    return caught.value


def _give(desk: Desk, role: Role, profession: str) -> None:
    """陈永康 has another role and profession from now on."""
    desk.become(Role.ADMINISTRATOR)
    doctor = PEOPLE[Role.DOCTOR]
    actor = desk.station.ask_as_nobody(ActorByNumber(doctor.number))
    assert actor is not None
    desk.do(EditStaff(actor.rid, replace(doctor, roles=frozenset({role}), profession=profession)))
    desk.become(Role.HEAD_NURSE)


def written(desk: Desk, name: str) -> tuple[Seen, BedVisitRow]:
    """A round by `name` that the nurse at the desk wrote down."""
    bed = opened(desk)
    desk.do(VisitHomeBed(bed.rid, BedVisit("doctor", {"assessment": "平稳"}, name, at(5, 30))))
    return bed, page(desk, bed.rid).visits[0]


def test_a_doctor_from_outside_signs_by_hand_once(desk: Desk) -> None:
    bed, row = written(desk, "周培德")
    assert (row.unsigned, row.account) == (True, False)
    assert refused(desk, SignBedVisit(row.seen)).field == "drawn"
    assert refused(desk, SignBedVisit(row.seen, drawn={"strokes": []})).field == "drawn"
    wide = {"strokes": [[[1, 1], [5000, 1]]]}
    assert refused(desk, SignBedVisit(row.seen, drawn=wide)).field == "drawn"
    seen = desk.do(SignBedVisit(row.seen, drawn=DRAWN))
    (after,) = page(desk, bed.rid).visits
    assert (after.unsigned, after.drawn, after.said, after.name) == (False, DRAWN, "平稳", "周培德")
    assert "已签名" in refused(desk, SignBedVisit(seen, drawn=DRAWN)).text
    assert refused(desk, SignBedVisit(row.seen, drawn=DRAWN)).text, "it was signed since it was seen"


def test_a_doctor_of_ours_signs_by_the_account(desk: Desk) -> None:
    bed, row = written(desk, PEOPLE[Role.DOCTOR].name)
    assert (row.unsigned, row.account) == (True, True)
    assert refused(desk, SignBedVisit(row.seen, drawn=DRAWN)).field == "number"
    assert refused(desk, SignBedVisit(row.seen, desk.proof(Role.NURSE))).field == "number"
    desk.do(SignBedVisit(row.seen, desk.proof(Role.DOCTOR)))
    (after,) = page(desk, bed.rid).visits
    assert (after.unsigned, after.drawn) == (False, {})


def test_only_the_doctor_who_held_it_signs(desk: Desk) -> None:
    _bed, row = written(desk, "周培德")
    refusal = refused(desk, SignBedVisit(row.seen, desk.proof(Role.DOCTOR)))
    assert (refusal.field, "周培德" in refusal.text) == ("number", True)
    desk.become(Role.CAREGIVER)
    assert "权限" in refused(desk, SignBedVisit(row.seen, drawn=DRAWN)).text


def test_a_nurses_visit_has_no_doctor_to_sign(desk: Desk) -> None:
    bed = opened(desk)
    visited(desk, bed.rid, at(5, 30), kind="nurse", done="更换尿管")
    (row,) = page(desk, bed.rid).visits
    assert "护士" in refused(desk, SignBedVisit(row.seen, drawn=DRAWN)).text


def test_what_is_corrected_afterwards_is_signed_anew(desk: Desk) -> None:
    bed, row = written(desk, "周培德")
    seen = desk.do(SignBedVisit(row.seen, drawn=DRAWN))
    again = BedVisit("doctor", {"assessment": "体温 37.8 ℃"}, "周培德", row.at, drawn=DRAWN)
    changed = desk.do(ChangeBedVisit(seen, again, "笔误"))
    (after,) = page(desk, bed.rid).visits
    assert (after.unsigned, after.drawn) == (True, {}), "it was signed under other words"
    desk.do(SignBedVisit(changed, drawn=DRAWN))
    assert not page(desk, bed.rid).visits[0].unsigned


def test_a_correction_by_another_takes_the_account_s_signature_away(desk: Desk) -> None:
    bed = opened(desk)
    desk.become(Role.DOCTOR)
    visited(desk, bed.rid, at(5, 30))
    (row,) = page(desk, bed.rid).visits
    assert not row.unsigned
    desk.become(Role.HEAD_NURSE)
    desk.do(ChangeBedVisit(row.seen, BedVisit("doctor", {"assessment": "另一句"}, row.name, row.at), "笔误"))
    assert page(desk, bed.rid).visits[0].unsigned


def test_no_nurse_is_named_as_the_doctor(desk: Desk) -> None:
    desk.become(Role.NURSE)
    nurse = PEOPLE[Role.HEAD_NURSE].name
    bed = applied(desk).bed
    assert (
        refused(desk, EvaluateHomeBed(bed, DAY, "可", replace(OPENED, doctor_name=nurse))).field
        == "doctor_name"
    )
    desk.do(EvaluateHomeBed(bed, DAY, "可", OPENED))
    said = BedVisit("doctor", {"assessment": "平稳"}, nurse, at(5, 30))
    assert refused(desk, VisitHomeBed(bed.rid, said)).field == "name"


def test_a_correction_that_changes_nothing_leaves_the_signature(desk: Desk) -> None:
    bed, row = written(desk, "周培德")
    seen = desk.do(SignBedVisit(row.seen, drawn=DRAWN))
    for drawn in ({}, DRAWN):
        same = BedVisit("doctor", {"assessment": "平稳"}, "周培德", row.at, drawn=drawn)
        assert "没有变化" in refused(desk, ChangeBedVisit(seen, same, "笔误")).text
    (after,) = page(desk, bed.rid).visits
    assert (after.unsigned, after.seen) == (False, seen)


def test_a_round_is_put_right_after_its_doctor_lost_the_right_to_order(desk: Desk) -> None:
    doctor = PEOPLE[Role.DOCTOR].name
    bed, row = written(desk, doctor)
    _give(desk, Role.CAREGIVER, "医师")
    right = BedVisit("doctor", {"assessment": "平稳，血压 130/80"}, doctor, row.at)
    desk.do(ChangeBedVisit(row.seen, right, "笔误"))
    desk.do(VisitHomeBed(bed.rid, BedVisit("doctor", {"assessment": "平稳"}, doctor, at(5, 40))))
    _give(desk, Role.NURSE, "护士")
    (first, last) = sorted(page(desk, bed.rid).visits, key=lambda one: one.at)
    desk.do(ChangeBedVisit(last.seen, BedVisit("doctor", {"assessment": "好转"}, doctor, last.at), "笔误"))
    assert first.said == "平稳，血压 130/80"
    new = BedVisit("doctor", {"assessment": "平稳"}, doctor, at(5, 50))
    assert refused(desk, VisitHomeBed(bed.rid, new)).field == "name"
