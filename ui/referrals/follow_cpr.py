"""Of a resuscitation, told with the hand-over to 120: its fields, what stands in them, what the order gets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core.clock import local
from app.core.form import Choice, Field, Kind, Value
from app.referrals.around import Resuscitation
from app.referrals.around.resuscitated import MOST_SHOCKS, TIMES, resuscitation_lists
from ui.referrals.follow_moves import Moves, Values, said

ASKED = (Choice("no", "没有做"), Choice("yes", "做了"))
_AED = frozenset({"aed_at", "rhythm", "shocks"})
_NAMES = (
    "collapsed", "witnessed", "begun", "by", "aed", "aed_at", "rhythm", "shocks", "drugs", "rosc", "outcome",
)  # fmt: skip


def cpr_fields(moves: Moves) -> tuple[Field, ...]:
    """The question, and the fields that are asked where it was done."""
    lists = {
        name: tuple(Choice(key, words) for key, words in each.items())
        for name, each in resuscitation_lists().items()
    }
    collapsed, begun, aed_at, rosc = (
        Field(name, words, Kind.MOMENT, today=moves.today) for name, words in TIMES.items()
    )
    return (
        Field("cpr", "心肺复苏", Kind.CHOICE, choices=ASKED, wide=True),
        collapsed,
        begun,
        Field("witnessed", "倒地时", Kind.CHOICE, choices=lists["witnessed"], wide=True),
        Field("by", "由谁开始", max_length=40, placeholder="姓名和岗位"),
        rosc,
        Field("aed", "AED", Kind.CHOICE, choices=lists["aed"], wide=True),
        aed_at,
        Field("shocks", "除颤次数", Kind.NUMBER, low=0, high=MOST_SHOCKS, unit="次"),
        Field("rhythm", "心律（AED 波形）", Kind.CHOICE, choices=lists["rhythm"], wide=True),
        Field("drugs", "复苏用药", max_length=80, placeholder="药名、剂量、时间", wide=True),
        Field("outcome", "结果", Kind.CHOICE, choices=lists["outcome"], wide=True),
    )


def asked_of_cpr(fields: tuple[str, ...], done: str, aed: str) -> set[str]:
    """What of a form is asked: the resuscitation where there was one, the AED's part where it was used."""
    hidden = set(_NAMES) if done != "yes" else set(_AED) if aed != "used" else set()
    return set(fields) - hidden


def cpr_values(moves: Moves) -> dict[str, Value]:
    """What was written down of it."""
    hand = moves.row.hand_over
    kept = None if hand is None else hand.cpr
    if kept is None:
        return {"cpr": "no" if hand is not None and hand.no_cpr else ""}
    return {"cpr": "yes", **{name: _typed(moves, getattr(kept, name)) for name in _NAMES}}


def cpr_of(moves: Moves, values: Values) -> Resuscitation | None:
    """What the order gets; None where there was none. What is not asked of any more is not told."""
    if said(values, "cpr") != "yes":
        return None
    hidden = _AED if said(values, "aed") != "used" else frozenset()
    known: dict[str, Any] = {name: said(values, name) for name in _NAMES if name not in hidden}
    known |= {name: moves.instant(values, name) if known.get(name) else None for name in TIMES}
    known["shocks"] = int(known["shocks"]) if known.get("shocks") else None
    return Resuscitation(**known)


def _typed(moves: Moves, value: Any) -> str:
    if isinstance(value, datetime):
        return f"{local(moves.zone, value):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
