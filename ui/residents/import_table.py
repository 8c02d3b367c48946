"""The preview of a roster: counts on tiles, one line a row with its verdict, the doubtful ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.residents.importing import Line, Outcome
from app.residents.roster import Fate
from app.residents.rules import mask_id
from ui.kit import Column, ElidedWords, Sign, Words, cells
from ui.residents.signs import sex_words
from ui.style import Role, Tone

FILTERS = (("all", "全部"), ("problem", "有问题的"), ("new", "可以导入"), ("known", "已经有了"))


def verdict(line: Line) -> tuple[str, Tone]:
    """The badge of a line."""
    if line.fate is Fate.REJECTED:
        return "不能导入", Tone.DANGER
    if line.fate is Fate.UNCHANGED:
        return "已经有了", Tone.INFO
    return ("请看一眼", Tone.WARN) if line.doubtful else ("可以导入", Tone.OK)


@dataclass(frozen=True)
class Shown:
    """A line of the preview, and what the file says in the cells that are wrong, by field; the ID number masked."""

    line: Line
    wrong: Mapping[str, str]


def shown_lines(outcome: Outcome) -> tuple[Shown, ...]:
    """Rows that come back first, then those worth a look, then the rest; each in the file's order."""
    fields = {outcome.columns.heading(field): field for field in _CHECKED}
    wrong: dict[int, dict[str, str]] = {}
    for problem in outcome.problems:
        field = fields.get(problem.column)
        if field is not None:
            said = mask_id(problem.value) if field == "id_number" else problem.value
            wrong.setdefault(problem.row, {})[field] = said
    rank = {"不能导入": 0, "请看一眼": 1, "已经有了": 2, "可以导入": 3}
    lines = sorted(outcome.lines, key=lambda line: (rank[verdict(line)[0]], line.row))
    return tuple(Shown(line, wrong.get(line.row, {})) for line in lines)


def filtered(lines: Sequence[Shown], key: str) -> tuple[Shown, ...]:
    """The lines of one filter. A row worth a look is a problem and can be imported."""
    if key == "problem":
        return tuple(one for one in lines if one.line.fate is Fate.REJECTED or _doubted(one.line))
    fate = {"new": Fate.NEW, "known": Fate.UNCHANGED}.get(key)
    return tuple(one for one in lines if fate is None or one.line.fate is fate)


def _doubted(line: Line) -> bool:
    return line.doubtful and line.fate is Fate.NEW


def _cell(field: str, right: Callable[[Line], str]) -> Callable[[Shown], cells.Text]:
    """What was read, or in red what the file says instead."""

    def cell(one: Shown) -> cells.Text:
        if field in one.wrong:
            return cells.Text(one.wrong[field] or "（空）", "danger.text", strong=True)
        return cells.Text(right(one.line) or "—")

    return cell


def _state(one: Shown) -> cells.State:
    words, tone = verdict(one.line)
    return cells.State(words, tone, one.line.words)


def _name(one: Shown) -> cells.Text:
    empty = not one.line.name
    return cells.Text(one.line.name or "（空）", "danger.text" if empty else "text", strong=True)


_CHECKED = ("id_number", "birth_date", "admitted_on", "bed")
COLUMNS: tuple[Column[Shown], ...] = (
    Column("行", lambda one: cells.Text(str(one.line.row), "text3"), 56),
    Column("姓名", _name, 132),
    Column("性别", lambda one: cells.Text(sex_words(one.line.sex)), 52, 4),
    Column("身份证号", _cell("id_number", lambda line: line.id_number), 176, 3),
    Column("床位", _cell("bed", lambda line: line.bed), 116, 1),
    Column(
        "入住日期",
        _cell("admitted_on", lambda line: f"{line.admitted_on:%Y-%m-%d}" if line.admitted_on else ""),
        104,
        2,
    ),
    Column("结果", _state, None, 0, 200),
)


class CountTile(QFrame):
    """A drawing, a number in its tone, what it counts, and what that means."""

    def __init__(self, icon: str, words: str, note: str, tone: Tone) -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        self._words, self._tone = words, tone
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(Sign(icon, 24, f"{tone}.text"))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._number = Words("0", Role.TILE_NUMBER, ink=str(tone))
        self._label = Words(words, Role.STRONG)
        line.addWidget(self._number)
        line.addWidget(self._label, 1)
        texts.addLayout(line)
        texts.addWidget(ElidedWords(note, Role.HINT, ink="text3"))
        row.addLayout(texts, 1)

    def say(self, number: int) -> None:
        self._number.setText(f"{number:,}")
        self.setAccessibleName(f"{self._words} {number}")


class Counts(QWidget):
    """The four tiles of a preview."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles = (
            CountTile("circle-check", "可以导入", "没有问题", Tone.OK),
            CountTile("circle-alert", "请看一眼", "也会导入，已照说明处理", Tone.WARN),
            CountTile("circle-x", "不能导入", "改好再来，不拦其他人", Tone.DANGER),
            CountTile("copy", "已经有了", "跳过，不会建两份", Tone.INFO),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for tile in self._tiles:
            row.addWidget(tile, 1)

    def show_outcome(self, outcome: Outcome) -> None:
        look_at = sum(_doubted(line) for line in outcome.lines)
        numbers = (outcome.accepted - look_at, look_at, outcome.rejected, outcome.unchanged)
        for tile, number in zip(self._tiles, numbers, strict=True):
            tile.say(number)
