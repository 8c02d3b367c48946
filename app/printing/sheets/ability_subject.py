"""First chapter of the ability report: who was assessed, why, living conditions, diseases and drugs (A.1–A.4)."""

from __future__ import annotations

from app.printing.sheet import Beside, Cell, Ink, Mark, Row, Spread, Stack, Table, Ticks, Words
from app.printing.sheets.ability_report import AbilityReport, Drug, Question

SHADE = 0.945
LABEL = Ink("song", 10.5, 8)
VALUE = Ink("kai", 11, 8)
SMALL = Ink("song", 9.5, 7)
# label value label value label value label value
_WIDTHS = (57.0, 75.0, 45.0, 76.0, 61.0, 83.0, 50.0, 58.28)


def label(text: str) -> Cell:
    """A shaded cell with a form's label; two to four characters are drawn apart to equal width."""
    mark: Mark = Spread(text, LABEL, 42) if 2 <= len(text) <= 4 else Words(text, LABEL, "center", lines=2)
    return Cell(mark, shade=SHADE, pad=3)


def value(text: str, across: int = 1, lines: int = 1) -> Cell:
    """A filled-in value: shrinks to stay on one line, then wraps; nothing filled in shows as a dash."""
    return Cell(Words(text or "—", VALUE, lines=lines), across)


def subject_table(data: AbilityReport) -> Table:
    """The table of the first chapter."""
    who = data.subject
    size = f"{who.height_cm or '—'} cm　{who.weight_kg or '—'} kg"
    rows = (
        (label("评估原因"), Cell(Ticks(data.reasons), 7)),
        (
            label("姓名"),
            value(who.name, 3, 2),
            label("性别"),
            value(who.sex),
            label("年龄"),
            value(f"{who.age}岁"),
        ),
        (
            label("身份证号"),
            value(who.id_number, 3),
            label("出生日期"),
            value(f"{who.born:%Y-%m-%d}"),
            label("民族"),
            value(who.ethnicity, lines=2),
        ),
        (
            label("现住址"),
            value(who.address, 3, 2),
            label("身高体重"),
            value(size),
            label("宗教"),
            value(who.religion, lines=2),
        ),
        (
            label("文化程度"),
            value(who.education, 1, 2),
            label("婚姻"),
            value(who.marriage, lines=2),
            label("居住情况"),
            value(who.living, 3, 2),
        ),
        (label("医疗费用支付方式"), value(who.payment, 3, 2), label("经济来源"), value(who.income, 3, 2)),
        (
            label("信息提供者"),
            value(who.informant, 1, 2),
            label("关系"),
            value(who.informant_relation, lines=2),
            label("联系人"),
            Cell(Words("　".join(filter(None, (who.contact, who.contact_phone))) or "—", VALUE, lines=2), 3),
        ),
        (label("疾病诊断"), _long("；".join(who.diagnoses))),
        (label("用药情况"), _long("；".join(map(_drug, who.drugs)))),
        (label("近30天内照护风险事件"), Cell(_events(data.events), 7)),
    )
    return Table(_WIDTHS, tuple(Row(cells, 21) for cells in rows))


def _long(text: str) -> Cell:
    return Cell(Words(text or "无", VALUE, "justify"), 7)


def _drug(drug: Drug) -> str:
    return " ".join(filter(None, (drug.name, drug.way, drug.dose, drug.frequency)))


def _events(events: tuple[Question, ...]) -> Mark:
    """The kinds of event with their boxes: two kinds on a line while their words are short."""
    longest = max((len(tick.text) for event in events for tick in event.choices), default=0)
    together = 2 if longest <= 5 else 1
    marks = [Ticks(event.choices, SMALL, event.label, 62, event.note) for event in events]
    lines = [Beside(tuple(marks[at : at + together])) for at in range(0, len(marks), together)]
    if lines and len(lines[-1].marks) < together:
        lines[-1] = Beside((*lines[-1].marks, Words("")))
    return Stack(tuple(lines))
