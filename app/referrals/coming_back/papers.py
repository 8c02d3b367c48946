"""Papers a hospital owes: received, missing, not needed; photographed; asked for again of whom, with what answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.blobs import keep_file
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.unit import Unit
from app.referrals.coming_back.lists import lists
from app.referrals.coming_back.standing import return_to_add_to
from app.referrals.moving.move import minute
from app.referrals.revising import Seen, follow
from app.referrals.rules.returning import OPEN, PAPER_STATES
from app.residents.stays.forms import words

MOST_FILES = 30


@dataclass(frozen=True)
class NotePaper(Order[Seen]):
    """What became of papers, one or several at once. `state`: of PAPER_STATES; `open` takes back what was said."""

    record: UUID
    codes: tuple[str, ...]
    state: str
    note: str = ""


@dataclass(frozen=True)
class AddFile(Order[Seen]):
    """A paper as a picture or PDF, and what it is of."""

    record: UUID
    content: bytes
    words: str = ""


@dataclass(frozen=True)
class DropFile(Order[Seen]):
    """A picture or PDF that belongs to somebody else, or shows nothing."""

    record: UUID
    sha256: str


@dataclass(frozen=True)
class Chase(Order[Seen]):
    """追要资料: somebody was asked for what is missing. `how`: a key of the ways; `answer`: what they said."""

    record: UUID
    how: str
    whom: str
    answer: str
    at: datetime | None = None


@performs(NotePaper)
def note_paper(unit: Unit, order: NotePaper) -> Seen:
    """Refuses a paper or a state there is none of, and what stands already."""
    row = return_to_add_to(unit, order.record)
    known = lists().papers
    if order.state not in PAPER_STATES or not order.codes or not set(order.codes) <= set(known):
        raise Refusal("清单里没有这份材料，请刷新。", field="paper")
    note = words(order.note, "note", "说明")
    said = dict(row.papers)
    for code in order.codes:
        if order.state == OPEN:
            said.pop(code, None)
        else:
            said[code] = {"state": order.state, **_by(unit), "note": note}
    if said == row.papers:
        raise Refusal("内容没有变化。")
    titles = "、".join(known[code].label for code in order.codes[:3])
    more = f"等 {len(order.codes)} 份" if len(order.codes) > 3 else ""
    return follow(unit, row, f"{titles}{more}：{PAPER_STATES[order.state]}", {"papers": said})


@performs(AddFile)
def add_file(unit: Unit, order: AddFile) -> Seen:
    """Refuses what is neither picture nor PDF or too large, one too many, and one that is there."""
    row = return_to_add_to(unit, order.record)
    files = list(row.files.get("all", ()))
    if len(files) >= MOST_FILES:
        raise Refusal(f"一次返院最多存 {MOST_FILES} 份材料。", field="photo")
    name = keep_file(unit, order.content, "photo")
    if any(one["sha256"] == name for one in files):
        raise Refusal("这份材料已经存过。", field="photo")
    title = words(order.words, "photo", "材料说明")
    files.append({"sha256": name, "words": title, **_by(unit)})
    return follow(unit, row, f"存材料：{title or '回转材料'}", {"files": {"all": files}})


@performs(DropFile)
def drop_file(unit: Unit, order: DropFile) -> Seen:
    row = return_to_add_to(unit, order.record)
    files = row.files.get("all", ())
    rest = [one for one in files if one["sha256"] != order.sha256]
    if len(rest) == len(files):
        raise Refusal("没有这份材料。", field="photo")
    return follow(unit, row, "去掉一份材料", {"files": {"all": rest}})


@performs(Chase)
def chase(unit: Unit, order: Chase) -> Seen:
    """Refuses nobody asked, no answer, and a time to come or before the return."""
    row = return_to_add_to(unit, order.record)
    if order.how not in lists().ways:
        raise Refusal("请选择怎样追要的。", field="how")
    at = minute(order.at or unit.now)
    if at > unit.now:
        raise Refusal("时间在现在之后，请核对。", field="at")
    if at < minute(row.at):
        raise Refusal("时间早于返院，请核对。", field="at")
    whom = words(order.whom, "whom", "问了谁", required=True)
    answer = words(order.answer, "answer", "对方答复", required=True)
    line: dict[str, Any] = {
        **_by(unit),
        "at": at.isoformat(),
        "how": order.how,
        "whom": whom,
        "answer": answer,
    }
    asked = [*row.chased.get("all", ()), line]
    return follow(unit, row, f"追要资料：{whom}", {"chased": {"all": asked}})


def _by(unit: Unit) -> dict[str, Any]:
    return {"at": unit.now.isoformat(), "by": str(unit.actor.rid), "by_name": unit.actor.name}
