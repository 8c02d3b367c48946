"""The answer to the list's question as what stands in the list: headings with their hints, rows, 还有 n 条."""

from __future__ import annotations

from app.sync.queries import Overview, Rows
from ui.kit.view import Bench
from ui.sync.clock import short
from ui.sync.items_model import Item, More, Section
from ui.sync.signs import GROUPS

CHIPS = (
    ("all", "全部"),
    ("conflict", "冲突"),
    ("aside", "搁置"),
    ("waiting", "待上传"),
    ("received", "已收"),
    ("held", "不上传"),
)
EMPTY = {
    "all": ("还没有要上传的记录", "新写的记录会列在这里，一直到区平台收下。"),
    "conflict": ("没有冲突", "本站和区平台改了同一处时，会列在这里等人来定。"),
    "aside": ("没有搁置的记录", "区平台不收的记录会列在这里，写明原因，不拦别的记录。"),
    "waiting": ("没有待上传的记录", "新写的记录会先列在这里。"),
    "held": ("没有不上传的记录", "不同意上传的老人，记录只留在本机，会列在这里。"),
    "received": ("区平台还没有收下记录", "收下的记录会列在这里，带回执号。"),
}


def chip_words(words: str, count: int) -> str:
    return f"{words} {count:,}" if count else words


def items_of(bench: Bench, said: Overview | None, chosen: str, found: Rows) -> list[Item]:
    """Sections in the order of need; each says how many there are, and the last line leads to the rest."""
    items: list[Item] = []
    for group, (words, tone, hint) in GROUPS.items():
        rows = [row for row in found.rows if row.group == group]
        if not rows:
            continue
        count = found.counts[group] if chosen == "all" else found.total
        items.append(Section(words, count, hint or _hint(bench, said, group), tone))
        items += rows
        rest = count - sum(row.count for row in rows)
        if chosen == "all" and rest > 0:
            items.append(More(group, f"还有 {rest:,} 条"))
    return items


def _hint(bench: Bench, said: Overview | None, group: str) -> str:
    if said is None:
        return ""
    if group == "waiting" and said.next_try is not None and said.next_try > bench.desk.clock.now():
        return f"下一次 {short(bench, said.next_try)}"
    if group == "received" and said.success is not None:
        return f"{short(bench, said.success)} 全部完成"
    return ""
