"""Moves before the resident leaves as tasks of the sheet: approval, sending, the answer, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.core.form import Choice, Field, Kind
from app.referrals.moving import (
    AcceptReferral,
    Approve,
    DeclineReferral,
    Reject,
    SubmitReferral,
    Withdraw,
)
from app.referrals.moving.move import LONGEST_WHY
from app.referrals.revising import Seen
from app.referrals.rules.acts import Act
from ui.forms.act_sheet import Task
from ui.referrals.follow_moves import (
    Moves,
    Values,
    against_refusal,
    departments,
    partner_words,
    said,
    why_field,
)

DECLINED = ("没有床位", "没有合适的科室", "设备不足", "建议转上级医院", "急诊满员")


def _approve(moves: Moves, act: Act = Act.APPROVE) -> Task:
    words = Field("words", "审批意见", max_length=LONGEST_WHY, placeholder="如 同意转诊", wide=True)
    done = "已同意，转诊已提交" if act is Act.APPROVE else "已补审批"
    return moves.make(
        act, (words,), lambda v, seen: Approve(seen, said(v, "words")), {"words": "同意转诊"}, done
    )


def _reject(moves: Moves) -> Task:
    field = why_field("为什么驳回", "写明要改什么")
    return moves.make(Act.REJECT, (field,), lambda v, seen: Reject(seen, said(v, "why")), {}, "已驳回")


def _submit(moves: Moves) -> Task:
    """Once more after the hospital declined, or although a refusal was signed: to the same one, or to another."""
    chosen = {str(one.rid): one for one in moves.partners}
    fields = (
        Field(
            "partner", "提交给", Kind.CHOICE, required=True, listed=True, wide=True,
            choices=tuple(Choice(rid, partner_words(one)) for rid, one in chosen.items()),
        ),
        Field("department", "科室", Kind.SUGGESTED, suggest=partial(departments, moves.partners)),
        moves.at("提交时间"),
        *against_refusal(moves),
    )  # fmt: skip
    line = moves.row.line

    def order(values: Values, seen: Seen) -> SubmitReferral:
        partner = chosen[said(values, "partner")].rid
        department, why = said(values, "department"), said(values, "why")
        return SubmitReferral(seen, partner, department, moves.instant(values), why)

    values = {"partner": str(line.partner or ""), "department": line.department, "at": moves.at_now}
    return moves.make(Act.SUBMIT, fields, order, values, "已重新提交")


def _accept(moves: Moves) -> Task:
    fields = (
        moves.at("接收时间"),
        Field("receiver", "接诊医生", max_length=40, placeholder="对方谁接收"),
        Field("booking", "预约号或床位", max_length=40, placeholder="如 急诊 3 床"),
    )
    return moves.make(
        Act.ACCEPT,
        fields,
        lambda v, seen: AcceptReferral(seen, said(v, "receiver"), said(v, "booking"), moves.instant(v)),
        {"at": moves.at_now, "receiver": moves.row.receiver},
        "对方已接收",
    )


def _decline(moves: Moves) -> Task:
    fields = (why_field("为什么不接收", "对方怎么说", DECLINED), moves.at("答复时间"))
    return moves.make(
        Act.DECLINE,
        fields,
        lambda v, seen: DeclineReferral(seen, said(v, "why"), moves.instant(v)),
        {"at": moves.at_now},
        "已登记对方未接收",
    )


def _withdraw(moves: Moves) -> Task:
    field = why_field("为什么撤回", "如 病情好转、改期")
    return moves.make(
        Act.WITHDRAW, (field,), lambda v, seen: Withdraw(seen, said(v, "why")), {}, "转诊已撤回"
    )


BEFORE: dict[Act, Callable[[Moves], Task]] = {
    Act.APPROVE: _approve,
    Act.APPROVE_AFTER: partial(_approve, act=Act.APPROVE_AFTER),
    Act.REJECT: _reject,
    Act.SUBMIT: _submit,
    Act.ACCEPT: _accept,
    Act.DECLINE: _decline,
    Act.WITHDRAW: _withdraw,
}
