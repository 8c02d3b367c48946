"""A printed sheet as data: what stands on it, in frozen values; how it is drawn stands elsewhere.

A sheet is a sequence of parts (headings, tables, lines) that flow over A4 pages. Tables have rows of cells; a
cell holds one mark: words, check boxes, scores, a bar, a scale, a code. Lengths are points (1/72 inch), sizes
are font sizes in points, `gray` runs from 0 (black) to 1 (white).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]

Colour = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""

A4 = (595.28, 841.89)
MARGIN = 45.0  # left and right
TOP = 36.0
BOTTOM = 48.0  # the footer stands in it
MEASURE = A4[0] - 2 * MARGIN  # width of the type area
BROAD = A4[1] - 2 * MARGIN  # the same of a page laid across


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look: font chain (see `faces.CHAINS`), size, the size they may shrink to, grey, line pitch."""

    chain: str = "song"
    size: float = 10.5
    floor: float = 8.0
    gray: float = 0.0
    pitch: float = 1.36  # line distance in sizes
    rgb: Colour | None = None  # instead of a grey, where a convention asks for red or blue ink


@dataclass(frozen=True, slots=True)
class Words:
    """Text. It wraps; with `lines` given it first shrinks, down to the ink's floor, to need no more lines. `struck`:
    lined out, still readable, as corrected records are (病历书写基本规范). `passing`: a copy may have other words."""

    text: str
    ink: Ink = Ink()
    align: Align = "left"
    lines: int = 0
    struck: bool = False
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """One check box with its word."""

    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    """Check boxes that flow like words, after a lead in a column of its own; last a note in filled-in writing."""

    choices: tuple[Tick, ...]
    ink: Ink = Ink(size=9.5)
    lead: str = ""
    lead_width: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores an item can have, highest place `highest`, each in its own column; the chosen one in a disc."""

    possible: tuple[int, ...]
    chosen: float | None
    highest: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled bar with its percentage; `share` runs from 0 to 1, None leaves it empty. `caption`
    stands instead of the percentage; `marks` are shares at which a line crosses it (limits of a verdict).
    """

    share: float | None
    caption: str = ""
    marks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Zone:
    """One stretch of a scale, ends included: 46–65 中度失能. `ends`: their words where they are no points."""

    low: float
    high: float
    text: str
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale cut into zones, lowest first; a marker over `value` (None: no marker) and its zone dark."""

    zones: tuple[Zone, ...]
    value: float | None
    caption: str  # stands over the marker: 54 分


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code of the payload, `side` points square."""

    payload: str
    side: float = 49.0
    caption: str = "扫码核验"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo (JPEG or PNG) scaled to the width, at most `highest`; `words` stand where none can be shown."""

    content: bytes
    words: str
    highest: float = 300.0


@dataclass(frozen=True, slots=True)
class Boxes:
    """Groups of characters in boxes of equal width, to be copied by hand without a slip."""

    groups: tuple[str, ...]
    size: float = 20.0
    per_line: int = 4


@dataclass(frozen=True, slots=True)
class Stamp:
    """Words in a frame, as wide as they need: 补打."""

    words: Words


@dataclass(frozen=True, slots=True)
class Spread:
    """A label drawn apart to a given width, as forms do: 姓　　名. No space enters the text."""

    text: str
    ink: Ink = Ink()
    width: float = 42.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """Straight lines from point to point; points (x, y) count from the figure's top left corner, y downwards."""

    points: tuple[tuple[float, float], ...]
    thick: float = 0.5
    colour: Colour = (0.0, 0.0, 0.0)
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Patch:
    """A grey stretch of a figure, without an edge."""

    left: float
    top: float
    width: float
    height: float
    gray: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc round a point, or a ring with white in it."""

    x: float
    y: float
    radius: float
    colour: Colour
    filled: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place of a figure, in a width."""

    words: Words
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of its own: a chart, a temperature sheet. Later shapes lie over earlier ones."""

    height: float
    shapes: tuple[Stroke | Patch | Dot | Label, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Marks one below the other."""

    marks: tuple[Mark, ...]
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Beside:
    """Marks side by side in equal shares of the width."""

    marks: tuple[Mark, ...]


Mark = (
    Words | Ticks | Scores | Bar | Scale | Code | Boxes | Stamp | Spread | Picture | Figure | Stack | Beside
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a mark, how many columns and rows it spans, its shade, where it stands, its side padding."""

    mark: Mark
    across: int = 1
    down: int = 1
    shade: float | None = None
    valign: Literal["top", "middle", "bottom"] = "middle"
    pad: float = 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cells from the left, columns under a cell that spans rows left out; least height in points."""

    cells: tuple[Cell, ...]
    height: float = 20.0
    strong: bool = False  # a heavy rule above it


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in columns of given widths. The first `header` rows come again on every page the table reaches."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    header: int = 0
    together: bool = False  # never cut by a page break
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter heading with its bar; it stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """Empty room; it vanishes at the top of a page."""

    height: float


Part = Table | Heading | Space


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet: its parts and what the machine prints around them."""

    title: str  # the file's title; the suggested file name too
    number: str  # document number 文书编号; "" prints none
    printed: str  # "2026-11-21 10:32 陈思远"
    parts: tuple[Part, ...]
    draft: bool = False  # watermark 草稿
    watermark: str = ""  # another one
    across: bool = False  # pages are laid across: wider than high
    running: str = ""  # whose it is, on top of its second and further pages

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of its pages in points."""
        return (A4[1], A4[0]) if self.across else A4


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet drawn: the file, how many pages, which characters no font held, and the file's fingerprint."""

    pdf: bytes
    pages: int
    missing_glyphs: tuple[str, ...]
    sha256: str
    file_name: str  # suggested: what a person can find again, without signs that Windows forbids
    signature: str = ""  # what became of a digital signature; empty: none was asked for
    marks: tuple[tuple[str, ...], ...] = ()  # of each sheet its pages', see `again`; drafts have none
