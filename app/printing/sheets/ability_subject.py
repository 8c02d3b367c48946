"""First chapter of the ability report: who was assessed, why, living conditions, diseases and drugs (A.1–A.4)."""

from __future__ import annotations

from app.printing.sheet import Beside, Cell, Ink, Mark, Row, Stack, Table, Ticks, Words
from app.printing.sheets.ability_report import AbilityReport, Question, Subject
from app.printing.sheets.cells import VALUE, label, value

_EVENT = Ink("song", 9, 7)
# label value label value label value label value
_WIDTHS = (57.0, 75.0, 45.0, 76.0, 61.0, 83.0, 50.0, 58.28)


def subject_table(data: AbilityReport) -> Table:
    """The table of the first chapter."""
    rows = [
        (label("评估原因"), Cell(Ticks(data.reasons), 7)),
        *_person(data.subject),
        *_circumstances(data.subject),
        (label("疾病诊断"), Cell(Words("；".join(data.subject.diagnoses) or "无", VALUE, "justify"), 7)),
        *_drugs(data.subject),
        (label("近30天内\n照护风险\n事件"), Cell(_events(data.events), 7)),
    ]
    return Table(_WIDTHS, tuple(Row(cells, 20.5) for cells in rows))


def _person(who: Subject) -> list[tuple[Cell, ...]]:
    size = f"{who.height_cm or '—'}cm / {who.weight_kg or '—'}kg"
    name = (label("姓名"), value(who.name, 3), label("性别"), value(who.sex))
    born = (label("出生日期"), value(f"{who.born:%Y-%m-%d}"), label("民族"), value(who.ethnicity))
    home = (label("现住址"), value(who.address, 3, 2), label("身高体重"), value(size))
    return [
        (*name, label("年龄"), value(f"{who.age}岁")),
        (label("身份证号"), value(who.id_number, 3), *born),
        (*home, label("宗教"), value(who.religion)),
    ]


def _circumstances(who: Subject) -> list[tuple[Cell, ...]]:
    school = (label("文化程度"), value(who.education), label("婚姻"), value(who.marriage))
    informant = (
        label("信息提供者"),
        value(who.informant),
        label("关系"),
        value(who.informant_relation, lines=2),
    )
    contact = " ".join(filter(None, (who.contact, who.contact_phone)))
    return [
        (*school, label("居住情况"), value(who.living, 3, 2)),
        (label("医疗支付"), value(who.payment, 3, 2), label("经济来源"), value(who.income, 3, 2)),
        (*informant, label("联系人"), value(contact, 3)),
    ]


def _drugs(who: Subject) -> list[tuple[Cell, ...]]:
    """Two drugs to a row, each in a cell of its own, so that no name is torn apart or runs into the next."""
    if not who.drugs:
        return [(label("用药情况"), value("无" if who.drugs_asked else "", 7))]
    words = [" ".join(filter(None, (drug.name, drug.way, drug.dose, drug.frequency))) for drug in who.drugs]
    words += [""] * (len(words) % 2)
    pairs = [(words[at], words[at + 1]) for at in range(0, len(words), 2)]
    rows: list[tuple[Cell, ...]] = [(_drug(left, 3), _drug(right, 4)) for left, right in pairs]
    return [(label("用药情况", len(rows)), *rows[0]), *rows[1:]]


def _drug(words: str, across: int) -> Cell:
    return Cell(Words(words, VALUE, lines=1), across)


def _events(events: tuple[Question, ...]) -> Mark:
    """The kinds of event with their boxes: two kinds on a line while their words are short."""
    longest = max((len(tick.text) for event in events for tick in event.choices), default=0)
    together = 2 if longest <= 5 else 1
    marks = [Ticks(event.choices, _EVENT, event.label, 58, event.note) for event in events]
    lines = [Beside(tuple(marks[at : at + together])) for at in range(0, len(marks), together)]
    if lines and len(lines[-1].marks) < together:
        lines[-1] = Beside((*lines[-1].marks, Words("")))
    return Stack(tuple(lines))
