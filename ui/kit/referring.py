"""F6 转诊: one key wherever a resident is on the screen, for the moment when nobody wants to look for a place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from app.core.roles import Right
from ui.kit.keys import Key, bind
from ui.kit.view import View

REFERRAL = "referral"
PRESS = "F6"
Back = tuple[str, Mapping[str, Any]]


def offer_referral(
    view: View, whose: Callable[[], UUID | None] | None = None, back: Callable[[], Back] | None = None
) -> Callable[[], None]:
    """Bind the key. `whose`: who is meant, else the resident the view shows; `back`: where Esc leads from the form,
    else to the chart. Answers with the act, for a button beside it."""

    def resident() -> UUID | None:
        if whose is not None:
            return whose()
        shown = view.record_shown()
        return shown[1] if shown is not None and shown[0] == "resident" else None

    def act() -> None:
        rid = resident()
        if rid is None:
            view.bench.notice.refused("请先选中要转诊的老人。")
        else:
            where = back() if back is not None else ("chart", {"resident": rid})
            view.bench.go(REFERRAL, {"resident": rid, "back": where})

    if view.bench.actor.may(Right.REFER):
        bind(view, Key(PRESS, "转诊：打开填好的转诊单", act))
    return act
