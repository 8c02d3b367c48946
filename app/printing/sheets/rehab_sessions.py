"""康复训练记录: one line a session of a stretch of days, values before and after, sums by item, signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import BROAD, Cell, Heading, Ink, Part, Row, Sheet, Space, Stack, Table, Words
from app.printing.sheets.heading import Whose, person_words, title_table
from app.printing.sheets.rehab_parts import FINE, caption, short

TITLE = "康复训练记录"
_TEXT = Ink("song", 9, 7)
_NOTE = Ink("song", 8.5, 7)
_BP, _NUMBER = 46.0, 27.0
_VALUES = (_BP, _NUMBER, _NUMBER, _NUMBER)
_LEAD = (36.0, 34.0, 136.0, 30.0)  # day, time, item and dose, minutes
_TAIL = (36.0, 48.0)  # attendance, therapist
_WIDTHS = (
    *_LEAD,
    *_VALUES,
    *_VALUES,
    _NUMBER,
    _TAIL[0],
    BROAD - sum(_LEAD) - 2 * sum(_VALUES) - _NUMBER - sum(_TAIL),
    _TAIL[1],
)


@dataclass(frozen=True, slots=True)
class Taken:
    """Values of one time as they are written; what was not taken is empty."""

    pressure: str = ""
    heart: str = ""
    oxygen: str = ""
    pain: str = ""

    @property
    def words(self) -> tuple[str, str, str, str]:
        return (self.pressure, self.heart, self.oxygen, self.pain)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session. `grave`: it was stopped by a rule, or something happened; `note` has what was seen and written."""

    day: date
    time: str
    words: str
    dose: str
    minutes: str
    before: Taken
    after: Taken
    rpe: str
    attendance: str
    note: str
    therapist: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class ItemSum:
    """Sessions of one item: `counts` in the order of the sheet's `kinds`."""

    words: str
    planned: int
    counts: tuple[int, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class RehabSessions:
    """Everything printed. `kinds`: what became of sessions, as the columns of the sums say it."""

    whose: Whose
    plans: str
    diagnosis: str
    first: date
    last: date
    sessions: tuple[SessionLine, ...]
    kinds: tuple[str, ...]
    sums: tuple[ItemSum, ...]
    therapists: tuple[str, ...]
    printed_at: datetime
    printed_by: str


def sheet(data: RehabSessions) -> Sheet:
    """Pages laid across; whose it is and the column heads stand on each."""
    parts: list[Part] = [title_table(data.whose.institution, TITLE, room=BROAD), _sessions(data), Space(6)]
    parts += [Heading("按项目合计"), _sums(data), Space(6), _signed(data)]
    return Sheet(
        title=f"{TITLE} {data.whose.name} {data.first:%Y-%m-%d}至{data.last:%m-%d}",
        number=f"KFXL-{data.whose.number}-{data.first:%Y%m%d}",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
        across=True,
    )


def _sessions(data: RehabSessions) -> Table:
    about = f"{data.first:%Y-%m-%d} 至 {data.last:%Y-%m-%d}"
    across = len(_WIDTHS)
    diagnosis = Words(f"康复计划：{data.plans or '—'}　诊断：{data.diagnosis or '—'}", _TEXT, lines=2)
    who = Words(person_words(data.whose, about), Ink("song", 10, 7), lines=1)
    rows = [
        Row((Cell(who, across=across, pad=3),), 20),
        Row((Cell(diagnosis, across=across, pad=3),), 18),
        *_heads(),
    ]
    header = len(rows)
    for place, one in enumerate(data.sessions):
        new_day = place > 0 and data.sessions[place - 1].day != one.day
        rows.append(_line(one, strong=new_day))
    return Table(_WIDTHS, tuple(rows), header=header)


def _heads() -> tuple[Row, Row]:
    names = ("日期", "开始", "项目与完成的剂量", "分钟")
    tail = ("出席", "中间数值、反应与记录", "康复师")
    upper = [caption(name, down=2) for name in names]
    upper += [caption("训练前", 4), caption("训练后", 4), caption("RPE", down=2)]
    upper += [caption(name, down=2) for name in tail]
    lower = tuple(short(name, Ink("song", 8.5, 6)) for name in ("血压", "心率", "血氧", "疼痛") * 2)
    return Row(tuple(upper), 16), Row(tuple(Cell(one.mark, shade=0.945, pad=1) for one in lower), 15)


def _line(one: SessionLine, *, strong: bool) -> Row:
    ink = Ink("heavy", 9, 7) if one.grave else _TEXT
    what = (Words(one.words, ink), *((Words(one.dose, _NOTE),) if one.dose else ()))
    values = (*one.before.words, *one.after.words, one.rpe)
    cells = (
        _number(f"{one.day:%m-%d}"),
        _number(one.time),
        Cell(Stack(what), pad=3),
        _number(one.minutes),
        *(_number(words) for words in values),
        Cell(Words(one.attendance, ink, "center", lines=1), pad=1),
        Cell(Words(one.note, Ink("heavy", 8.5, 7) if one.grave else _NOTE), pad=3),
        Cell(Words(one.therapist, _TEXT, "center", lines=1), pad=1),
    )
    return Row(cells, 19, strong=strong)


def _number(words: str) -> Cell:
    return Cell(Words(words, _TEXT, "center", lines=1), pad=1)


def _sums(data: RehabSessions) -> Table:
    one = 54.0
    widths = (BROAD - one * (len(data.kinds) + 2), *((one,) * (len(data.kinds) + 2)))
    names = ("治疗项目", "应训", *data.kinds, "总分钟")
    rows = [Row(tuple(caption(name) for name in names), 18)]
    for each in data.sums:
        numbers = (each.planned, *each.counts, each.minutes)
        cells = (Cell(Words(each.words, _TEXT, lines=1)), *(_number(str(number or "")) for number in numbers))
        rows.append(Row(cells, 17))
    if len(data.sums) > 1:
        columns = zip(*((each.planned, *each.counts, each.minutes) for each in data.sums), strict=True)
        whole = [sum(column) for column in columns]
        bold = Ink("heavy", 9.5, 7)
        cells = (
            Cell(Words("合计", bold, "center")),
            *(Cell(Words(str(n), bold, "center")) for n in whole),
        )
        rows.append(Row(cells, 18, strong=True))
    return Table(widths, tuple(rows), header=1)


def _signed(data: RehabSessions) -> Table:
    """Everybody who trained signs for their own; who was trained, or their agent, may."""
    wide = BROAD / 3 - 70
    cells: list[Cell] = []
    rows: list[Row] = []
    for name in (*data.therapists, "老人或家属"):
        cells += [caption(name), Cell(Words("签名：　　　　　　　　日期：", FINE), valign="bottom")]
        if len(cells) == 6:
            rows.append(Row(tuple(cells), 32))
            cells = []
    if cells:
        rows.append(Row((*cells, *((Cell(Words(""), across=6 - len(cells)),))), 32))
    return Table((70.0, wide) * 3, tuple(rows), together=True)
