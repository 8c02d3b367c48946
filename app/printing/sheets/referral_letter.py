"""双向转诊（转出）单: the national form word for word, 存根 above the letter; what the house adds stands on page 2.

Source: 《国家基本公共卫生服务规范》 居民健康档案附件 双向转诊单. Nothing but the form stands on its page; the
machine adds its footer and the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.sheet import (
    MEASURE,
    Cell,
    Code,
    Figure,
    Heading,
    Ink,
    Mark,
    Part,
    Row,
    Sheet,
    Space,
    Stroke,
    Table,
    Words,
)
from app.printing.sheets.referral_extra import Extra, extra_parts
from app.printing.sheets.referral_parts import TEXT, Paper, framed
from app.printing.sheets.ruled_form import Blank, Overflow, RuledForm, Text

TITLE = "双向转诊（转出）单"
STUB = f"{TITLE} · 存根"
FIELDS = ("初步印象：", "主要现病史（转出原因）：", "主要既往史：", "治疗经过：")
_LEAST = (2, 4, 3, 3)
PAGE = 734.0  # height of what stands on the first page
CUT = 22.0
SIGNED = 90.0
_SIGN_WIDTH = 250.0


@dataclass(frozen=True, slots=True)
class Patient:
    """Who it is about, as both forms ask: `file`: 档案编号 of the one, 病案号 of the other."""

    name: str = ""
    sex: str = ""
    age: str = ""
    file: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is filled in; `texts` in the order of FIELDS. Empty blanks are for the pen."""

    paper: Paper
    patient: Patient
    day: date | None
    to: str
    department: str
    receiver: str
    texts: tuple[str, str, str, str]
    phone: str
    sender: str
    extra: Extra | None = None


def sheet(data: Letter) -> Sheet:
    """The form on one page, our additions behind it."""
    page, overflows = form(data)
    parts: list[Part] = [page]
    if data.extra is not None:
        parts += extra_parts(data.paper, data.extra)
    if overflows:
        parts += appendix(overflows)
    return framed(data.paper, TITLE, parts)


def form(data: Letter) -> tuple[Table, tuple[Overflow, ...]]:
    """The page of the form, and what found no room on it."""
    stub = _stub(data)
    letter = _letter(data, PAGE - stub.top - CUT - SIGNED)
    signed = signature(data.phone, data.sender, "（转出机构名称）", data.day)
    page = form_page(stub.figure(), letter.figure(), signed.figure(), data.paper.code)
    return page, (*stub.overflows, *letter.overflows, *signed.overflows)


def form_page(stub: Figure, letter: Figure, signed: Figure, code: str) -> Table:
    """存根, the line to cut along, the letter, and who signs it; the code at the left of the signature."""
    mark: Mark = Code(code, 60.0, "") if code else Words("")
    wholes = tuple(Row((Cell(one, 3, pad=0),), 0) for one in (stub, cut_line(), letter))
    rows = (*wholes, Row((Cell(mark, pad=0), Cell(Words("")), Cell(signed, pad=0)), 0))
    return Table((62.0, MEASURE - _SIGN_WIDTH - 62.0, _SIGN_WIDTH), rows, ruled=False, together=True)


def cut_line() -> Figure:
    return Figure(CUT - 6, (Stroke(((0.0, 8.0), (MEASURE, 8.0)), 0.6, (0.4, 0.4, 0.4), dashed=True),))


def stub_lines(form: RuledForm, patient: Patient, file: str) -> None:
    """The first two lines of either stub; `file` is what the form calls the number."""
    name, sex, age = Blank(patient.name, name="患者姓名"), Blank(patient.sex, 38), Blank(patient.age, 50)
    number = Blank(patient.file, 132, file)
    form.line("患者姓名", name, "　性别", sex, "　年龄", age, f"　{file}", number)
    address, phone = Blank(patient.address, name="家庭住址"), Blank(patient.phone, 110, "联系电话")
    form.line("家庭住址", address, "　联系电话", phone)


def sign_lines(form: RuledForm, day: date | None) -> None:
    """Who signs a stub, and the day."""
    form.line("转诊医生（签字）：", Blank(), left=MEASURE - _SIGN_WIDTH)
    date_line(form, day, MEASURE - 130)


def signature(phone: str, sender: str, institution: str, day: date | None) -> RuledForm:
    """What stands below either letter."""
    form = RuledForm(21.0, _SIGN_WIDTH)
    form.line("转诊医生（签字）：", Blank())
    form.line("联系电话：", Blank(phone, name="联系电话"))
    form.line(Blank(sender, name="机构名称"), institution)
    date_line(form, day, _SIGN_WIDTH - 130)
    return form


def date_line(form: RuledForm, day: date | None, left: float) -> None:
    year, month, number = date_blanks(day)
    form.line(year, "年", month, "月", number, "日", left=left)


def date_blanks(day: date | None) -> tuple[Blank, Blank, Blank]:
    """The blanks before 年, 月 and 日."""
    if day is None:
        return Blank("", 36), Blank("", 28), Blank("", 28)
    return Blank(f"{day.year}", 36), Blank(f"{day.month}", 28), Blank(f"{day.day}", 28)


def appendix(overflows: tuple[Overflow, ...]) -> tuple[Part, ...]:
    """The whole of what went on."""
    rows = tuple(
        Row(
            (
                Cell(Words(one.name, Ink("song", 10, 8), "center"), shade=0.945, pad=3),
                Cell(Words(one.text, TEXT)),
            ),
            22,
        )
        for one in overflows
    )
    return Space(6), Heading("附页：接转诊单"), Table((76.0, MEASURE - 76.0), rows)


def _stub(data: Letter) -> RuledForm:
    form = RuledForm(21.0)
    form.title(STUB, 14)
    stub_lines(form, data.patient, "档案编号")
    year, month, number = date_blanks(data.day)
    to = Blank(data.to, name="转入单位")
    form.line("　　于", year, "年", month, "月", number, "日因病情需要，转入", to, "单位")
    form.line(
        Blank(data.department, name="科室"), "科室", Blank(data.receiver, name="接诊医生"), "接诊医生。"
    )
    sign_lines(form, data.day)
    return form


def _letter(data: Letter, room: float) -> RuledForm:
    form = RuledForm(21.0)
    form.title(TITLE)
    form.line(Blank(data.to, 300, "机构名称"), "（机构名称）：")
    name, sex, age = (
        Blank(data.patient.name, name="患者姓名"),
        Blank(data.patient.sex, 34),
        Blank(data.patient.age, 46),
    )
    form.line("　　现有患者", name, "性别", sex, "年龄", age, "因病情需要，需转入贵单位，请予以接诊。")
    fields = [
        Text(words, value, least) for words, value, least in zip(FIELDS, data.texts, _LEAST, strict=True)
    ]
    form.texts(fields, room - form.top)
    return form
