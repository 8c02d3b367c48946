"""目前用药与末次用药: every running medicine with the minute it was really given last, dangerous ones boxed on top."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.sheet import (
    MEASURE,
    Cell,
    Heading,
    Ink,
    Mark,
    Part,
    Row,
    Sheet,
    Space,
    Stack,
    Stamp,
    Table,
    Words,
)
from app.printing.sheets.order_sheet import RED
from app.printing.sheets.referral_parts import (
    FINE,
    RED_TEXT,
    TEXT,
    Paper,
    Told,
    boxed,
    by_hand,
    caption,
    captions,
    framed,
    head,
    note,
)

TITLE = "用药与末次用药清单"
_BOLD = Ink("heavy", 10, 8)


@dataclass(frozen=True, slots=True)
class Drug:
    """A running order. `marks`: why it matters (抗凝, 胰岛素 …); `more`: what happened since, what it is for."""

    words: str
    dose: str
    often: str
    last: str
    more: str = ""
    marks: tuple[str, ...] = ()
    grave: bool = False  # anticoagulant, insulin, opioid: boxed on top too


@dataclass(frozen=True, slots=True)
class Medicines:
    """Everything printed. `doses`: refused, missed or given as needed in the last 24 hours."""

    paper: Paper
    allergies: Told
    taken: str
    drugs: tuple[Drug, ...]
    doses: tuple[tuple[str, str], ...]


def sheet(data: Medicines) -> Sheet:
    """As many pages as it needs; the dangerous ones come first and again in their place."""
    grave = [one for one in data.drugs if one.grave]
    parts: list[Part] = [*head(data.paper, TITLE), _allergies(data), Space(4)]
    if grave:
        parts += [_boxes(grave), Space(5)]
    parts += [_drugs(data), Space(5)]
    if data.doses:
        parts += [Heading("近 24 小时备用药、拒服、漏服与暂停"), _doses(data), Space(5)]
    parts += [by_hand(("核对护士", "时间", "接收人", "时间"), height=30.0)]
    said = "末次用药为本站实际给药记录；带“＃”的未经医师签名，待重整的按院方医嘱执行。"
    parts += [note(said), note(f"截至 {data.taken}。", passing=True)]
    return framed(data.paper, TITLE, parts)


def _allergies(data: Medicines) -> Table:
    said = data.allergies
    words = Words(f"{said.name}：{said.words}", RED_TEXT if said.red else TEXT, lines=0)
    return Table((MEASURE,), (Row((Cell(words),), 24),))


def _boxes(grave: list[Drug]) -> Table:
    """抗凝、胰岛素、阿片: name, dose and last minute in a heavy frame."""
    rows = [Row((caption("交接必读：抗凝药、胰岛素、阿片类", 3),), 20)]
    for one in grave:
        name = Stack((Words(one.words, _BOLD), Words(f"{one.dose}　{one.often}", FINE)))
        last = Stack((Words("末次用药", FINE), Words(one.last, Ink("heavy", 12, 8, rgb=RED))))
        rows.append(
            Row((Cell(boxed("、".join(one.marks) or "高警示")), Cell(name), Cell(last)), 34, strong=True)
        )
    return Table((104.0, MEASURE - 104.0 - 176.0, 176.0), tuple(rows))


def _drugs(data: Medicines) -> Table:
    widths = (24.0, MEASURE - 24.0 - 92.0 - 84.0 - 130.0, 92.0, 84.0, 130.0)
    rows = [captions("序", "药名", "剂量、途径", "频次", "末次用药")]
    for place, one in enumerate(data.drugs, 1):
        name: list[Mark] = [Words(one.words, _BOLD)]
        if one.marks:
            name.append(Stamp(Words("、".join(one.marks), Ink("heavy", 8, 6.5))))
        if one.more:
            name.append(Words(one.more, FINE))
        last = Words(one.last, Ink("heavy", 10, 7) if one.grave else TEXT)
        cells = (
            Cell(Words(str(place), FINE, "center"), pad=1),
            Cell(Stack(tuple(name), 1.0)),
            Cell(Words(one.dose or "—", TEXT), pad=3),
            Cell(Words(one.often or "—", TEXT), pad=3),
            Cell(last, pad=3),
        )
        rows.append(Row(cells, 24))
    if not data.drugs:
        rows.append(Row((Cell(Words("没有正在执行的医嘱。", TEXT, "center"), 5),), 26))
    return Table(widths, tuple(rows), header=1)


def _doses(data: Medicines) -> Table:
    rows = tuple(
        Row((Cell(Words(when, TEXT, "center", lines=1), pad=2), Cell(Words(words, TEXT))), 20)
        for when, words in data.doses
    )
    return Table((84.0, MEASURE - 84.0), rows)
