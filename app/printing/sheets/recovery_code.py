"""The station's recovery code on paper: one page to be locked away; it concerns no resident.

It opens the station's file when every password is lost, so it is drawn once, at set-up or renewal, and never
kept as a file by the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.printing.drawn import Drawn
from app.printing.pdf import draw as draw_sheet
from app.printing.sheet import MEASURE, Boxes, Cell, Ink, Mark, Part, Row, Sheet, Space, Spread, Table, Words
from app.printing.sheets.cells import label, value

_LABEL = 76.0
_ADVICE = (
    "1. 打印后立即密封，由机构指定的保管人锁入保险柜或文件柜，与工作站分开存放。",
    "2. 请勿拍照、扫描、复印，也不要通过微信、邮件等方式发送。",
    "3. 恢复码只在全部密码遗失、无法登录时使用。",
    "4. 更换恢复码后，本页立即作废，请当场销毁。",
    "5. 本页与全部密码同时遗失时，数据无法找回，任何人都不能代为打开。",
)


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """What the page says: institution, station number, the code in its groups, when it was made, by whom."""

    institution: str
    station: str  # two digits
    groups: tuple[str, ...]
    made_at: datetime  # the institution's local time
    made_by: str


def draw(data: RecoveryCode) -> Drawn:
    """Draws the page."""
    return draw_sheet(sheet(data))


def sheet(data: RecoveryCode) -> Sheet:
    """The page as data."""
    made = f"{data.made_at:%Y-%m-%d %H:%M}"
    rows = (
        Row((label("机构名称"), value(data.institution)), 26),
        Row((label("工作站号"), value(data.station)), 26),
        Row((label("生成时间"), value(f"{made}　{data.made_by}")), 26),
        Row((label("恢复码"), Cell(Boxes(data.groups, per_line=2))), 120),
        Row((label("保管须知"), Cell(Words("\n".join(_ADVICE), Ink("song", 11, pitch=1.7), "left"))), 130),
    )
    parts: list[Part] = [
        Space(40),
        _line(Words(data.institution, Ink("song", 13, 9), "center", lines=1)),
        _line(Spread("工作站恢复码", Ink("heavy", 24), 210)),
        Space(18),
        Table((_LABEL, MEASURE - _LABEL), rows),
        Space(16),
        _signatures(),
    ]
    return Sheet("工作站恢复码", "", f"{made}　{data.made_by}", tuple(parts))


def _line(mark: Mark) -> Table:
    return Table((MEASURE,), (Row((Cell(mark, pad=0),), 0),), ruled=False)


def _signatures() -> Table:
    """Who keeps the page; signed by hand."""
    empty = Cell(Words(""))
    rows = tuple(Row((label(name), empty, label("日期"), empty), 40) for name in ("保管人签名", "见证人签名"))
    return Table((_LABEL, MEASURE / 2 - _LABEL + 40, _LABEL, MEASURE / 2 - _LABEL - 40), rows, together=True)
