"""A resuscitation told with the hand-over to 120: kept as it was said, its times in the order in which they happen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.errors import Refusal
from app.referrals.around import HandOver, KeepHandOver, Resuscitation
from app.referrals.around.resuscitated import MOST_SHOCKS
from app.referrals.moving import SubmitReferral
from app.referrals.queries.one import ReferralById
from tests.app.referrals.house import Desk, at

DONE = Resuscitation(
    collapsed=at(7, 50), witnessed="seen", begun=at(7, 51), by="林晓燕 护士", aed="used", aed_at=at(7, 56),
    rhythm="vf", shocks=2, drugs="肾上腺素 1 mg 07:58", rosc=at(8, 1), outcome="rosc",
)  # fmt: skip


def handed(desk: Desk, done: Resuscitation | None) -> Any:
    desk.put(8, 10)
    seen = desk.do(SubmitReferral(desk.begun()))
    return desk.do(KeepHandOver(seen, HandOver(plate="闽A1", cpr=done)))


def test_what_was_done_is_kept(desk: Desk) -> None:
    row = desk.ask(ReferralById(handed(desk, DONE).rid))
    assert row.hand_over is not None
    assert row.hand_over.cpr == DONE


def test_where_nobody_was_resuscitated_nothing_is_kept(desk: Desk) -> None:
    row = desk.ask(ReferralById(handed(desk, None).rid))
    assert row.hand_over is not None
    assert row.hand_over.cpr is None


def test_a_heart_may_beat_again_before_the_aed_is_there(desk: Desk) -> None:
    done = replace(DONE, rosc=at(7, 54))
    row = desk.ask(ReferralById(handed(desk, done).rid))
    assert row.hand_over is not None
    assert row.hand_over.cpr == done


def test_that_nobody_was_resuscitated_is_kept_as_an_answer(desk: Desk) -> None:
    desk.put(8, 10)
    seen = desk.do(SubmitReferral(desk.begun()))
    seen = desk.do(KeepHandOver(seen, HandOver(plate="闽A1", no_cpr=True)))
    kept = desk.ask(ReferralById(seen.rid)).hand_over
    assert kept is not None
    assert (kept.cpr, kept.no_cpr) == (None, True)
    with pytest.raises(Refusal, match="至少填写一项"):
        desk.do(KeepHandOver(seen, HandOver(no_cpr=True)))
    seen = desk.do(KeepHandOver(seen, HandOver(plate="闽A1")))
    kept = desk.ask(ReferralById(seen.rid)).hand_over
    assert kept is not None
    assert not kept.no_cpr


def test_that_it_was_done_is_all_that_has_to_be_known(desk: Desk) -> None:
    row = desk.ask(ReferralById(handed(desk, Resuscitation()).rid))
    assert row.hand_over is not None
    assert row.hand_over.cpr == Resuscitation()


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"begun": at(7, 49)}, "begun", "开始心肺复苏早于倒地或发现"),
        ({"rosc": at(7, 50)}, "rosc", "自主循环恢复早于开始心肺复苏"),
        ({"rosc": at(7, 49), "begun": None}, "rosc", "自主循环恢复早于倒地或发现"),
        ({"aed_at": at(7, 40)}, "aed_at", "AED 接通早于倒地或发现"),
        ({"rosc": at(8, 30)}, "rosc", "时间在现在之后"),
        ({"shocks": MOST_SHOCKS + 1}, "shocks", "除颤次数"),
        ({"aed": "none"}, "shocks", "没有用 AED"),
        ({"rhythm": "?"}, "rhythm", "请从列出的选项里选"),
        ({"by": "林" * 81}, "by", "由谁开始最多"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    desk: Desk, wrong: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        handed(desk, replace(DONE, **wrong))
    assert refused.value.field == field
