"""返院用药重整单: each medicine before, at discharge and now, decided by whom and why; a doctor signs the whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.sheet import BROAD, Cell, Heading, Ink, Mark, Part, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.cells import label
from app.printing.sheets.heading import Whose, person_row, title_table
from app.printing.sheets.order_sheet import RED
from app.printing.sheets.referral_parts import FINE, TEXT, Told, boxed, caption, captions, said

TITLE = "返院用药重整单"
UNFINISHED = "未完成"
_BOLD = Ink("heavy", 10.5, 8)
_ALARM = Ink("heavy", 10.5, 8, rgb=RED)
_LABEL = 76.0
_WIDTHS = (22.0, 142.0, 112.0, 112.0, 112.0, 44.0, BROAD - 544.0)


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says: the dose, when, and what else. `alarm`: it must not be overlooked (没写不等于停)."""

    dose: str
    more: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class MedicineLine:
    """One medicine. `marks`: why it is boxed (抗凝, 胰岛素, 阿片); `under`: strength, 必要时; `why`, `who`: of the
    decision; an undecided one has no `decision`."""

    words: str
    under: str
    marks: tuple[str, ...]
    before: Side
    hospital: Side
    after: Side
    decision: str
    why: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class ReconciliationPaper:
    """Everything printed. `stay`: the hospital, left, back …; `held`: how many regular
    ones stand still; `signed`: by whom and when."""

    whose: Whose
    number: str
    stay: tuple[Told, ...]
    allergies: Told
    counted: str
    lines: tuple[MedicineLine, ...]
    undecided: tuple[str, ...]
    held: int
    note: str
    signed: str
    printed_at: datetime
    printed_by: str


def sheet(data: ReconciliationPaper) -> Sheet:
    """Pages laid across; whose it is stands on each of them."""
    whose = Table((BROAD,), (person_row(data.whose, 1),), ruled=False)
    parts: list[Part] = [
        title_table(data.whose.institution, TITLE, room=BROAD),
        whose,
        _facts(data),
        Space(5),
    ]
    if grave := [one for one in data.lines if one.marks]:
        parts += [_boxes(grave), Space(5)]
    parts += [Heading("逐种药的决定"), _lines(data), Space(5), _ending(data)]
    running = (data.whose.name, data.whose.sex, data.whose.age, data.number)
    return Sheet(
        title=f"{TITLE} {data.whose.name}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
        watermark=UNFINISHED if data.undecided else "",
        across=True,
        running="　".join(filter(None, running)),
    )


def _facts(data: ReconciliationPaper) -> Table:
    third = BROAD / 3 - _LABEL
    rows = []
    for first in range(0, len(data.stay), 3):
        three = data.stay[first : first + 3]
        cells: list[Cell] = []
        for place, one in enumerate(three, 1):
            rest = 1 + 2 * (3 - len(three)) if place == len(three) else 1
            cells += [label(one.name), said(one, rest)]
        rows.append(Row(tuple(cells), 21))
    rows.append(Row((label(data.allergies.name), said(data.allergies, 5)), 21))
    return Table((_LABEL, third) * 3, tuple(rows))


def _boxes(grave: list[MedicineLine]) -> Table:
    """抗凝、胰岛素、阿片: what holds now, in a heavy frame."""
    rows = [Row((caption("必须逐字核对：抗凝药、胰岛素、阿片类", 3),), 20)]
    for one in grave:
        now = one.after
        ink = _ALARM if now.alarm else Ink("heavy", 11.5, 8)
        words = "　".join(filter(None, (now.dose, now.more.replace("\n", "　"))))
        name = Stack(
            (Words(one.words, _BOLD), Words(one.under, FINE)) if one.under else (Words(one.words, _BOLD),)
        )
        rows.append(
            Row(
                (Cell(boxed("、".join(one.marks))), Cell(name), Cell(Words(f"现在：{words}", ink))),
                30,
                strong=True,
            )
        )
    return Table((116.0, 250.0, BROAD - 366.0), tuple(rows), header=1)


def _lines(data: ReconciliationPaper) -> Table:
    rows = [captions("序", "药名", "入院前", "出院带药", "现在", "决定", "原因、医师、时间")]
    rows += [_line(place, one) for place, one in enumerate(data.lines, 1)]
    if not data.lines:
        rows.append(Row((Cell(Words("没有要重整的药。", TEXT, "center"), 7),), 26))
    return Table(_WIDTHS, tuple(rows), header=1)


def _line(place: int, one: MedicineLine) -> Row:
    name: list[Mark] = [Words(one.words, _BOLD)]
    name += [boxed("、".join(one.marks))] if one.marks else []
    name += [Words(one.under, FINE)] if one.under else []
    told: list[Mark] = [Words(one.why, TEXT)] if one.why else []
    told += [Words(one.who, FINE)] if one.who else []
    return Row(
        (
            Cell(Words(str(place), FINE, "center"), pad=1),
            Cell(Stack(tuple(name), 1.0)),
            *(_side(each) for each in (one.before, one.hospital, one.after)),
            Cell(Words(one.decision or "未决定", _BOLD if one.decision else _ALARM, "center"), pad=2),
            Cell(Stack(tuple(told) or (Words("", TEXT),), 1.0)),
        ),
        26,
    )


def _side(one: Side) -> Cell:
    marks: list[Mark] = [Words(one.dose or "—", _ALARM if one.alarm else TEXT)]
    marks += [Words(one.more, FINE)] if one.more else []
    return Cell(Stack(tuple(marks), 1.0), pad=3)


def _ending(data: ReconciliationPaper) -> Table:
    """How it stands, and who signs; on one page."""
    left = "、".join(data.undecided)
    held = f"，其中 {data.held} 种定时药决定之前不给" if data.held else ""
    state = Told("重整结果", f"还没有完成：{left} 没有决定{held}。" if left else data.counted, red=bool(left))
    rows = [Row((label(state.name), said(state, 7)), 22)]
    if data.note:
        rows.append(Row((label("备注"), Cell(Words(data.note, TEXT), 7)), 22))
    if data.signed:
        rows.append(Row((label("签名确认"), Cell(Words(data.signed, TEXT), 7)), 22))
    room = BROAD / 4 - _LABEL
    pens = ("医师签名", "时间", "核对护士", "时间")
    rows.append(Row(tuple(cell for words in pens for cell in (caption(words), Cell(Words("")))), 32))
    return Table((_LABEL, room) * 4, tuple(rows), together=True)
