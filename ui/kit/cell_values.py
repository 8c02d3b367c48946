"""What can stand in a cell of a rows table, as frozen values, and each in words; `ui.kit.row_cells` paints them."""

from __future__ import annotations

from dataclasses import dataclass

from ui.kit.bar_cell import Bar
from ui.kit.paint import Mark
from ui.style import Tone


@dataclass(frozen=True)
class Text:
    """Plain words. `ink` is a text token or a tone's text (`danger.text`); `strong` for what needs action."""

    text: str
    ink: str = "text2"
    strong: bool = False
    right: bool = False


@dataclass(frozen=True)
class Name:
    """A person: initial on a tint, name, identifier under it, `mark` for names that could be confused."""

    text: str
    under: str
    tone: Tone = Tone.NEUTRAL
    mark: str = ""


@dataclass(frozen=True)
class State:
    """A badge, with words beside it if they help."""

    text: str
    tone: Tone
    aside: str = ""


@dataclass(frozen=True)
class Marks:
    """Tags: at most two, then +n; none shows as —."""

    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        return "、".join(mark.text for mark in self.marks)


@dataclass(frozen=True)
class Spark:
    """A line of the last values (oldest first) and the newest in words."""

    text: str
    values: tuple[float, ...]
    tone: Tone | None = None


@dataclass(frozen=True)
class Signed:
    """A drawing and words."""

    text: str
    icon: str
    ink: str = "text2"


@dataclass(frozen=True)
class What:
    """A thing that happened or is to do: its drawing on a tint, what it is, and more of it below.

    `gone`: it holds no longer, and is struck through; `ink`: paler where it cannot be chosen; `under_ink`: what is said
    below, where it is loud.
    """

    text: str
    under: str
    icon: str
    tone: Tone = Tone.NEUTRAL
    gone: bool = False
    under_ink: str = "text2"
    ink: str = "text"


@dataclass(frozen=True)
class Revised:
    """A value with what it said before, struck through; `gone`: it was an error, and is struck through itself."""

    text: str
    old: tuple[str, ...] = ()
    aside: str = ""
    ink: str = "text"
    gone: bool = False


@dataclass(frozen=True)
class Shares:
    """How a whole divides: counts with their tones, side by side as wide as they are many; in words what each is."""

    parts: tuple[tuple[int, Tone], ...]
    text: str


@dataclass(frozen=True)
class Stages:
    """How far something has come: at stage `at` of so many, in words which; `ui.kit.stage_cell` draws it."""

    text: str
    at: int
    of: int
    tone: Tone


Cell = Bar | Stages | Revised | Text | Name | State | Marks | Spark | Signed | What | Shares


def spoken(cell: Cell) -> str:
    """The cell in words, for screen readers and copying."""
    if isinstance(cell, Name):
        return f"{cell.text} {cell.under} {cell.mark}".strip()
    if isinstance(cell, What):
        return f"{'已划去 ' if cell.gone else ''}{cell.text} {cell.under}".strip()
    if isinstance(cell, Revised):
        before = f"原 {'、'.join(cell.old)}，" if cell.old else ""
        return f"{before}{'已作废 ' if cell.gone else ''}{cell.text} {cell.aside}".strip()
    return f"{cell.text} {cell.aside}".strip() if isinstance(cell, State) else cell.text
