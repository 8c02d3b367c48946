"""入住登记表: who the resident is on paper, how they came to live here, and whom to call; one page as a rule.

Fields: 国家基本公共卫生服务规范（第三版）居民健康档案封面 and 个人基本信息表, and what GB 38600 and GB/T 35796 ask an
institution to keep of an admission. An official sheet: the identity number stands in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.drawn import Drawn
from app.printing.pdf import draw as draw_sheet
from app.printing.sheet import (
    MEASURE,
    Cell,
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
from app.printing.sheets.cells import LABEL, SHADE, SMALL, VALUE, label, value

TITLE = "入住登记表"
_PHOTO = 84.0
_NAMES = 62.0  # width of a label's column
_LEAST_CONTACTS = 2
"""Lines for contacts, so that another one can be written in by hand."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A contact; `powers` in words, joined. `first` is called first in an emergency."""

    name: str
    relation: str
    powers: str
    phones: str
    address: str
    note: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class AdmissionForm:
    """Everything printed. What is not known is empty and shows as a dash. Times are the institution's local time."""

    institution: str
    number: str  # of the resident
    name: str
    sex: str
    born: date | None
    age: int | None
    id_type: str
    id_number: str  # in full
    ethnicity: str
    education: str
    marriage: str
    occupation: str
    phone: str
    address: str
    household_address: str
    residence: str
    living: str
    archive_number: str
    blood: str
    insurance: str
    admitted_on: date | None
    bed: str
    care_level: str
    ability: str
    nurse: str
    doctor: str
    platform: str
    allergies: str
    diagnoses: str
    kin: tuple[Kin, ...]
    printed_at: datetime
    printed_by: str


def draw(data: AdmissionForm) -> Drawn:
    """Draws the sheet."""
    return draw_sheet(sheet(data))


def sheet(data: AdmissionForm) -> Sheet:
    """The sheet as data."""
    parts: list[Part] = [_head(data), _reference(data)]
    parts += [Heading("一、基本信息"), _person(data), _record(data), Space(4)]
    parts += [Heading("二、入住情况"), _admission(data), Space(4)]
    parts += [Heading("三、健康状况"), _health(data), Space(4)]
    parts += [Heading("四、联系人与监护人"), _kin(data), Space(4)]
    parts += [Heading("五、签名"), _signatures()]
    return Sheet(
        title=f"{TITLE} {data.name} {data.number}",
        number="",
        printed=f"{data.printed_at:%Y-%m-%d %H:%M}　{data.printed_by}",
        parts=tuple(parts),
    )


def _head(data: AdmissionForm) -> Table:
    title = Stack(
        (
            Words(data.institution, Ink("song", 12.5, 9), "center", lines=1),
            Spread(TITLE, Ink("heavy", 21, pitch=1.4), 170),
        )
    )
    return Table((MEASURE,), (Row((Cell(title),), 52),), ruled=False)


def _reference(data: AdmissionForm) -> Table:
    ink, half = Ink("song", 10.5, 8), MEASURE / 2
    left = Words(f"老人编号：{data.number}", ink, lines=1)
    right = Words(f"入住日期：{_day(data.admitted_on) or '　　　年　　月　　日'}", ink, "right", lines=1)
    return Table((half, half), (Row((Cell(left, pad=0), Cell(right, pad=0)), 18),), ruled=False)


def _person(data: AdmissionForm) -> Table:
    """Beside the place for the photo."""
    photo = Cell(Words("照片", Ink("song", 10, gray=0.45), "center"), down=4)
    age = f"{data.age} 岁" if data.age is not None else ""
    room = (MEASURE - _PHOTO - 2 * _NAMES) / 2
    rows = (
        (label("姓名"), value(data.name), label("性别"), value(data.sex), photo),
        (label("出生日期"), value(_day(data.born)), label("年龄"), value(age)),
        (label("证件类型"), value(data.id_type, lines=2), label("民族"), value(data.ethnicity)),
        (label("证件号码"), value(data.id_number), label("电话"), value(data.phone, lines=2)),
    )
    widths = (_NAMES, room, _NAMES, room, _PHOTO)
    return Table(widths, tuple(Row(cells, 24) for cells in rows), together=True)


def _record(data: AdmissionForm) -> Table:
    room = (MEASURE - 3 * _NAMES) / 3
    rows = (
        (
            *_pair("文化程度", data.education),
            *_pair("婚姻状况", data.marriage),
            *_pair("职业", data.occupation),
        ),
        (*_pair("常住类型", data.residence), *_pair("居住情况", data.living), *_pair("血型", data.blood)),
        (label("现住址"), value(data.address, 5, 2)),
        (label("户籍地址"), value(data.household_address, 5, 2)),
        (
            label("健康档案\n编号"),
            value(data.archive_number),
            label("医保类型"),
            value(data.insurance, 3, 2),
        ),
    )
    return Table((_NAMES, room) * 3, tuple(Row(cells, 22) for cells in rows))


def _admission(data: AdmissionForm) -> Table:
    room = (MEASURE - 3 * _NAMES) / 3
    rows = (
        (*_pair("床位", data.bed), *_pair("护理等级", data.care_level), *_pair("能力评估", data.ability)),
        (*_pair("责任护士", data.nurse), *_pair("责任医生", data.doctor), *_pair("区平台", data.platform)),
    )
    return Table((_NAMES, room) * 3, tuple(Row(cells, 22) for cells in rows), together=True)


def _health(data: AdmissionForm) -> Table:
    rows = (
        (label("过敏史"), Cell(Words(data.allergies, VALUE, "justify"))),
        (label("诊断"), Cell(Words(data.diagnoses or "—", VALUE, "justify"))),
    )
    return Table((_NAMES, MEASURE - _NAMES), tuple(Row(cells, 22) for cells in rows))


def _kin(data: AdmissionForm) -> Table:
    widths = (92.0, 60.0, 96.0, 104.0, MEASURE - 352.0)
    heads = ("姓名", "与老人关系", "身份", "电话", "住址与备注")
    header = Row(tuple(Cell(Words(head, LABEL, "center", lines=1), shade=SHADE, pad=2) for head in heads), 20)
    lines = [_kin_row(one) for one in data.kin]
    lines += [Row((Cell(Words("")),) * 5, 24)] * max(0, _LEAST_CONTACTS - len(lines))
    return Table(widths, (header, *lines), header=1)


def _kin_row(one: Kin) -> Row:
    name = Stack((Words(one.name or "—", VALUE), *([Words("紧急时先联系", SMALL)] if one.first else [])))
    where = "；".join(filter(None, (one.address, one.note)))
    cells = (
        Cell(name),
        value(one.relation, lines=2),
        Cell(Words(one.powers or "—", SMALL)),
        Cell(Words(one.phones or "—", VALUE)),
        Cell(Words(where or "—", SMALL)),
    )
    return Row(cells, 24)


def _signatures() -> Table:
    """By hand, with a seal."""
    empty = Cell(Words(""))
    seal = Stack(
        (
            Words("机构（盖章）", Ink("song", 10, 8), "center", lines=1),
            Words("\n\n", Ink("song", 10)),
            Words("年　　月　　日", Ink("song", 10, 8), "center", lines=1),
        )
    )
    who, day = 92.0, 40.0
    wide = MEASURE - who - 2 * day - 84 - 120
    names = ("老人或监护人", "经办人")
    rows = []
    for at, name in enumerate(names):
        cells = (
            Cell(Words(name, LABEL, "center", lines=1), shade=SHADE, pad=3),
            empty,
            Cell(Words("日期", LABEL, "center"), shade=SHADE, pad=2),
            empty,
        )
        rows.append(Row((*cells, Cell(seal, down=2)) if at == 0 else cells, 40))
    return Table((who, wide + day, day, 84.0, 120.0), tuple(rows), together=True)


def _pair(name: str, said: str) -> tuple[Cell, Cell]:
    return label(name), value(said, lines=2)


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
