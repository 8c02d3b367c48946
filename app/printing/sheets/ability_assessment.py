"""老年人能力评估报告: the official report of one ability assessment, laid out chapter by chapter.

Chapters: 一 basic information (A.1–A.4), 二 result (C), 三 health problems (A.5), 四 scores of the 26 items (B),
五 signatures. Source: GB/T 42195—2022.
"""

from __future__ import annotations

from app.printing.drawn import Drawn
from app.printing.pdf import draw as draw_sheet
from app.printing.sheet import (
    MEASURE,
    Cell,
    Code,
    Heading,
    Ink,
    Part,
    Row,
    Sheet,
    Space,
    Spread,
    Stack,
    Table,
    Words,
)
from app.printing.sheets.ability_outcome import outcome_tables
from app.printing.sheets.ability_report import AbilityReport
from app.printing.sheets.ability_scores import health_table, score_table
from app.printing.sheets.ability_subject import subject_table
from app.printing.sheets.signing import signing_parts

TITLE = "老年人能力评估报告"
_REFERENCE = (170.0, MEASURE - 310.0, 140.0)


def draw(data: AbilityReport) -> Drawn:
    """Draws the report: three pages as a rule, more where texts are long."""
    return draw_sheet(sheet(data))


def sheet(data: AbilityReport) -> Sheet:
    """The report as data."""
    parts: list[Part] = [_head(data), *_reference(data)]
    parts += [Heading("一、基本信息"), subject_table(data), Space(4)]
    parts += [Heading("二、评估结果"), *outcome_tables(data), Space(4)]
    parts += [Heading("三、健康相关问题"), health_table(data), Space(4)]
    parts += [Heading("四、评估指标得分明细"), score_table(data), Space(4)]
    parts += [Heading("五、签名确认"), *signing_parts(data.signing)]
    if data.note:
        parts += [Space(3), _plain(Words(f"说明：{data.note}", Ink("song", 8.5, gray=0.25)))]
    return Sheet(
        title=f"{TITLE} {data.subject.name} {data.reference_date:%Y-%m-%d}",
        number=data.number,
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
        draft=data.draft,
    )


def _head(data: AbilityReport) -> Table:
    """Institution, title and standard in the middle, the code on the right."""
    side = 90.0
    title = Stack(
        (
            Words(data.institution, Ink("song", 12.5, 9), "center", lines=1),
            Spread(TITLE, Ink("heavy", 21, pitch=1.4), 218),
            Words(f"（依据 {data.standard}）", Ink("song", 9.5, gray=0.35), "center", lines=1),
        )
    )
    code = Words("") if data.draft or not data.qr else Code(data.qr)
    cells = (Cell(Words("")), Cell(title), Cell(code, valign="top", pad=0))
    return Table((side, MEASURE - 2 * side, side), (Row(cells, 66),), ruled=False)


def _reference(data: AbilityReport) -> list[Part]:
    """Number, place and date above the first table; a corrected report says so and why."""
    ink = Ink("song", 10.5, 7)
    number = Words(f"评估编号：{data.number}", ink, lines=1)
    place = Words(f"评估地点：{data.place or '—'}", ink, "center", lines=1)
    day = Words(f"评估基准日期：{data.reference_date:%Y-%m-%d}", ink, "right", lines=1)
    cells = tuple(Cell(each, pad=0) for each in (number, place, day))
    parts: list[Part] = [Table(_REFERENCE, (Row(cells, 18),), ruled=False)]
    if data.revision > 1:
        words = f"第 {data.revision} 版（更正）　更正原因：{data.correction}"
        parts.append(_plain(Words(words, Ink("heavy", 9.5))))
    if data.undone:
        parts.append(_plain(Words(f"未评：{data.undone}", Ink("heavy", 12))))
    return parts


def _plain(words: Words) -> Table:
    """Words alone across the page."""
    return Table((MEASURE,), (Row((Cell(words, pad=0),), 0),), ruled=False)
