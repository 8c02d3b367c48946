"""Page 2 of the transfer letter: what the national form has no field for, allergies in red, and the receipt strip."""

from __future__ import annotations

from dataclasses import dataclass

from app.printing.sheet import (
    MEASURE,
    Cell,
    Figure,
    Heading,
    Ink,
    Part,
    Row,
    Space,
    Stroke,
    Table,
    Tick,
    Ticks,
    Words,
)
from app.printing.sheets.referral_parts import Paper, Told, head, note, pairs, told
from app.printing.sheets.ruled_form import Blank, RuledForm

TITLE = "转诊附页（机构增补）"
OUTCOMES = ("门（急）诊处理后返回", "收住入院", "转其他机构", "患者未到诊", "其他")
"""What a hospital did with who was sent, on the receipt strip."""


@dataclass(frozen=True, slots=True)
class Extra:
    """The additions. `known`: who it is, whom to call; `allergies`: in red unless none are known; `medicines`: a line
    each with its last dose; `vitals`; `special`: lines, wounds, infection, diet, falls, wishes; `way`: green channel,
    escort, papers; `taken`: what was known until then."""

    known: tuple[Told, ...]
    allergies: Told
    reasons: str
    medicines: tuple[str, ...]
    vitals: str
    special: tuple[Told, ...]
    way: tuple[Told, ...]
    sender: str
    taken: str = ""


def extra_parts(paper: Paper, data: Extra) -> list[Part]:
    """Head, facts, receipt strip; long lists go on over the page."""
    medicines = "\n".join(f"{place}. {words}" for place, words in enumerate(data.medicines, 1))
    facts = (
        data.allergies,
        Told("转诊指征", data.reasons, red=bool(data.reasons)),
        Told("最近体征", data.vitals),
        Told("目前用药\n（末次用药）", medicines or "无正在执行的医嘱"),
    )
    parts: list[Part] = [*head(paper, TITLE), pairs(*data.known), Space(4), told(facts)]
    parts += [note(f"目前用药与末次用药截至 {data.taken}。", passing=True), Space(2)]
    parts += [Heading("特殊交接"), told(data.special), Space(4), told(data.way), Space(6)]
    return [*parts, *_receipt(paper, data)]


def _receipt(paper: Paper, data: Extra) -> tuple[Part, ...]:
    """What the hospital fills in, tears off and gives back; it is no part of the national form."""
    form = RuledForm(21.0)
    form.line(Blank(data.sender, 260), "：")
    name, day = Blank(paper.whose.name, 104), Blank("", 28)
    times = (day, "年", day, "月", day, "日", day, "时", day, "分")
    form.line("　　贵单位转来患者", name, "，已于", *times, "收到并接诊。")
    done = Ticks(tuple(Tick(words, chosen=False) for words in OUTCOMES), Ink(size=9.5), "接诊处理：", 52)
    below = RuledForm(21.0)
    below.line("诊断及处理意见：", Blank())
    below.line("接诊医生（签字）：", Blank("", 130), "　联系电话：", Blank("", 90), "　（盖章）")
    cut = Figure(12, (Stroke(((0.0, 6.0), (MEASURE, 6.0)), 0.6, (0.4, 0.4, 0.4), dashed=True),))
    title = Words("接诊回执（请接诊机构填写后交还送诊人员）", Ink("heavy", 11.5), "center", lines=1)
    rows = tuple(Row((Cell(mark, pad=0),), 0) for mark in (cut, title, form.figure(), done, below.figure()))
    return (Table((MEASURE,), rows, ruled=False, together=True),)
