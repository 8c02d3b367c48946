"""The way of one referral as nodes: reached and when, where it stands, what is to come, where it left the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.referrals.queries.one import MoveLine, ReferralRow
from app.referrals.rules.states import Status
from ui.referrals.follow_marks import WAY, place_on_way

State = Literal["done", "skipped", "now", "side", "later"]


@dataclass(frozen=True)
class Node:
    """`state`: done, skipped (an emergency did not wait), now, side (a step beside the way), later."""

    status: Status
    words: str
    state: State
    at: datetime | None = None
    who: str = ""


def nodes_of(row: ReferralRow) -> tuple[Node, ...]:
    """The straight way, with a side step in its place; of one that left the way what was reached, and how it ended."""
    made = {one.to: one for one in row.moves if one.struck is None}
    status, here = row.status, place_on_way(row.status)
    if here < 0:
        reached = [one for one in WAY if one is Status.DRAFT or one in made]
        return (*(_node(row, made, one, "done") for one in reached), _node(row, made, status, "side"))
    found = []
    for place, one in enumerate(WAY):
        if place == here:
            found.append(_node(row, made, status, "now" if one is status else "side"))
        elif place > here:
            found.append(Node(one, one.words, "later"))
        else:
            there = one is Status.DRAFT or one in made
            found.append(_node(row, made, one, "done" if there else "skipped"))
    return tuple(found)


def _node(row: ReferralRow, made: dict[Status, MoveLine], status: Status, state: State) -> Node:
    if status is Status.DRAFT:
        return Node(status, status.words, state, row.line.begun_at, row.begun_by)
    move = made.get(status)
    if move is None:
        return Node(status, status.words, state)
    who = "平台" if move.source == "platform" else move.by_name
    return Node(status, status.words, state, move.at, who)
