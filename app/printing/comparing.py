"""Two assessments of one instrument side by side: what changed item by item, and whether for the better. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.assessments.instruments import Instrument
from app.assessments.record_queries import AnswerShown

BETTER, WORSE = "▲ 好转", "▼ 变差"
HIGHER, LOWER = "升高", "降低"
"""Where an instrument does not say which way is better."""
UNLIKE = "不可比"
"""One of the two has no score."""
REWORDED = "表述不同"


@dataclass(frozen=True)
class ItemChange:
    """One item that was answered otherwise; None: not asked or not answered then. `way` in words."""

    code: str
    name: str
    before: AnswerShown | None
    after: AnswerShown | None
    way: str


def way(instrument: Instrument, before: int | None, after: int | None) -> str:
    """What a change of a score means; empty where nothing changed."""
    if before == after:
        return ""
    if before is None or after is None:
        return UNLIKE
    rose = after > before
    if instrument.direction == "none":
        return HIGHER if rose else LOWER
    return BETTER if rose == instrument.higher_is_better else WORSE


def item_changes(
    instrument: Instrument, before: Mapping[str, AnswerShown], after: Mapping[str, AnswerShown]
) -> Iterator[ItemChange]:
    """Items that changed, in the order of the form; those the form no longer has come last."""
    for code in dict.fromkeys((*instrument.items, *before, *after)):
        was, now = before.get(code), after.get(code)
        shown = now or was
        if shown is None or (was and now and (was.score, was.text) == (now.score, now.text)):
            continue
        scores = (was.score if was else None, now.score if now else None)
        yield ItemChange(code, shown.name, was, now, way(instrument, *scores) or REWORDED)
