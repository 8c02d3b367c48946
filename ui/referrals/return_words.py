"""What the checklists of a return say: parts of the assessment with their time, papers with their state."""

from __future__ import annotations

from datetime import datetime

from app.core.clock import local
from app.referrals.coming_back.lists import lists
from app.referrals.coming_back.rows import ItemRow, PaperRow, ReturnRow
from app.referrals.rules.returning import HERE, MISSING, NOT_NEEDED, PAPER_STATES, span_words
from app.referrals.times import times
from ui.referrals.return_lines import ListLine

_PAPER_SIGNS = {
    HERE: ("circle-check", "ok.text"),
    MISSING: ("circle-x", "danger.text"),
    NOT_NEEDED: ("minus", "text3"),
}


def item_lines(row: ReturnRow, zone: str, now: datetime) -> list[ListLine]:
    """Under a heading each what is due in the first hours, and what in the whole time."""
    found: list[ListLine] = []
    for first, by in ((True, row.first_by), (False, row.assess_by)):
        items = [one for one in row.items if one.first is first]
        if items:
            found.append(_heading(items, by, row, (zone, now)))
            found += [_item(one, zone) for one in items]
    return found


def paper_lines(row: ReturnRow, zone: str) -> list[ListLine]:
    """Every paper that may be owed."""
    return [_paper(one, zone) for one in row.papers]


def coming_items() -> list[ListLine]:
    """What will be assessed, before the return is recorded."""
    found: list[ListLine] = []
    for first, span in ((True, times().assess_first), (False, times().assess)):
        hours = int(span.total_seconds() // 3600)
        items = [one for one in lists().items.values() if one.first is first]
        if items:
            found.append(ListLine("", f"返院后 {hours} 小时内"))
            found += [ListLine(one.code, one.label, ink="text2") for one in items]
    return found


def coming_papers() -> list[ListLine]:
    """What a hospital should give, before the return is recorded."""
    return [ListLine(one.code, one.label, one.hint, ink="text2") for one in lists().papers.values()]


def chased_words(row: ReturnRow, zone: str) -> list[str]:
    """Who was asked and what they said, the last first."""
    return [
        f"{local(zone, one.at):%m-%d %H:%M} {one.how} {one.whom}：{one.answer}（{one.by}）"
        for one in reversed(row.chased)
    ]


def chase_words(row: ReturnRow) -> tuple[str, str]:
    """When papers have to be asked for, and the tone of it."""
    if row.chase is None:
        return "资料已齐", "ok"
    if row.chase.late:
        return f"{row.chase.on:%m-%d} 应追要，已过期", "danger"
    return f"{row.chase.on:%m-%d} 追要", "warn"


def _heading(items: list[ItemRow], by: datetime, row: ReturnRow, when: tuple[str, datetime]) -> ListLine:
    zone, now = when
    done = sum(one.done for one in items)
    title = f"{local(zone, by):%m-%d %H:%M} 前　{done}/{len(items)}"
    if done == len(items):
        return ListLine("", title, right="已完成", right_ink="ok.text", ink="text2")
    if row.assessed_at is not None:
        return ListLine("", title, ink="text2")
    ink = "danger.text" if now > by else "warn.text"
    return ListLine("", title, right=span_words(by, now), right_ink=ink, ink="text2")


def _item(one: ItemRow, zone: str) -> ListLine:
    if one.done:
        at = f"{local(zone, one.at):%m-%d %H:%M}" if one.at is not None else ""
        right = " ".join(part for part in (at, one.by) if part)
        return ListLine(one.code, one.label, one.words, right, "circle-check", "ok.text", under_ink="text2")
    under = f"还缺 {one.missing}" if one.missing else ""
    ink = "danger.text" if one.late else "text3"
    right = "超时" if one.late else "未做"
    icon = "circle-alert" if one.late else ""
    return ListLine(one.code, one.label, under, right, icon, ink, "text", "warn.text", ink)


def _paper(one: PaperRow, zone: str) -> ListLine:
    icon, ink = _PAPER_SIGNS.get(one.state, ("", "text3"))
    said = f"{local(zone, one.at):%m-%d} {one.by}" if one.at is not None else ""
    under = one.note or ("左边已填写" if one.by_itself else "" if one.state == HERE else one.hint)
    right = " ".join(part for part in (said, PAPER_STATES[one.state]) if part)
    tone = {HERE: "ok.text", MISSING: "danger.text"}.get(one.state, "text3")
    return ListLine(one.code, one.label, under, right, icon, ink, under_ink="text3", right_ink=tone)
