"""Columns by their usual names, rows as values or problems, verdicts against the file and the house."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.core.errors import Refusal, Trouble
from app.residents.roster import Fate, Judge, Nobody, Person, RosterRow, Verdict, open_roster, write_report
from app.residents.roster.report import harmless
from app.residents.roster.verdict import IdKey, NameKey
from app.residents.rules import PlacePath, check_digit

TODAY = date(2026, 11, 24)
CHA = "310199193112070120"
NOT_THE_SAME = "出生日期是1931-12-08，身份证号是1931-12-07，两者不一致，请核对"


def sheet(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def one(tmp_path: Path, headings: str, line: str) -> RosterRow:
    (row,) = open_roster(sheet(tmp_path / "a.csv", headings, line)).people(TODAY)
    return row


def judged(path: Path, known: Nobody | None = None) -> list[Verdict]:
    roster = open_roster(path)
    return list(Judge(known or Nobody(), roster.columns).verdicts(roster.people(TODAY)))


@pytest.mark.parametrize(
    ("headings", "field", "value"),
    [
        ("长者姓名*,性 别", "name", "甲甲"),
        ("老人姓名,性别（必填）", "sex", "2"),
        ("姓名,Gender", "sex", "2"),
        ("姓名：,性别:", "name", "甲甲"),
    ],
)
def test_headings_by_usual_names(tmp_path: Path, headings: str, field: str, value: str) -> None:
    assert getattr(one(tmp_path, headings, "甲甲,女"), field) == value


def test_unknown_columns_are_kept_as_remarks(tmp_path: Path) -> None:
    row = one(tmp_path, "姓名,性别,饮食习惯,备注,备注", "甲甲,女,软食,爱听戏,怕冷")
    assert dict(row.remarks) == {"饮食习惯": "软食", "备注": "爱听戏；怕冷"}


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        ("姓名,性别,姓名", "表头“姓名”出现了两次（A列和C列），请只留一列或改名。"),
        ("姓名,床号,床位", "表头“床号”（B列）和“床位”（C列）是同一个意思，请只留一列或改名。"),
    ],
)
def test_one_field_in_two_columns_is_refused(tmp_path: Path, headings: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        open_roster(sheet(tmp_path / "a.csv", headings, "甲甲,1,1"))
    assert refusal.value.text == words


def test_a_second_phone_behind_the_contact_is_the_contacts(tmp_path: Path) -> None:
    row = one(tmp_path, "姓名,联系电话,家属姓名,关系,联系电话", "甲甲,021-55550000,乙乙,女儿,13800138000")
    assert row.phone == "021-55550000"
    assert row.contact is not None
    assert (row.contact.name, row.contact.relation, row.contact.phone) == ("乙乙", "30", "13800138000")


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("甲甲,男,,310199193112070120", "性别", "性别填“男”，身份证号是“女”，请核对"),
        (
            "甲甲,女,1931-12-08,310199193112070120",
            "出生日期",
            "出生日期是1931-12-08，身份证号是1931-12-07，两者不一致，请核对",
        ),
        ("甲甲,女,1931-12,310199193212070125", "出生日期", "日期“1931-12”不完整，请写到日"),
        ("甲甲,女,1900-01-01,", "出生日期", "按出生日期1900-01-01计算已126岁，超过120岁，请核对"),
        ("甲甲,女,2027-01-01,", "出生日期", "出生日期2027-01-01在今天之后，请核对"),
        ("甲甲,?,1935-01-01,", "性别", "性别“?”看不懂，请填男或女"),
        (",女,1935-01-01,", "姓名", "没有填写姓名"),
    ],
)
def test_a_row_that_contradicts_itself_comes_back(tmp_path: Path, line: str, column: str, words: str) -> None:
    row = one(tmp_path, "姓名,性别,出生日期,身份证号", line)
    assert (column, words) in [(problem.column, problem.reason) for problem in row.problems]
    assert {problem.row for problem in row.problems} == {2}


@pytest.mark.parametrize("written", ["1931-12", "1931年12月", "1931", "193112", ""])
def test_half_a_birth_date_is_enough_beside_an_id_number(tmp_path: Path, written: str) -> None:
    row = one(tmp_path, "姓名,性别,出生年月,身份证号", f"甲甲,女,{written},{CHA}")
    assert not row.problems
    assert row.birth_date == date(1931, 12, 7)


def test_what_no_list_knows_is_left_out_said_and_kept(tmp_path: Path) -> None:
    row = one(
        tmp_path, "姓名,性别,护理等级,联系电话,房间,医保类型", "甲甲,女,超级护理,12,201,职工医保+惠民保"
    )
    assert not row.problems
    assert (row.care_level, row.phone, row.place, row.insurance) == ("", "", None, ("1", "惠民保"))
    assert {doubt.column for doubt in row.doubts} == {"护理等级", "联系电话", "房间"}
    assert dict(row.remarks) == {"护理等级": "超级护理", "联系电话": "12", "房间": "201"}


def test_other_papers_have_no_check_digit(tmp_path: Path) -> None:
    row = one(tmp_path, "姓名,性别,出生日期,证件类型,证件号码", "John Smith,男,1940-01-01,护照,e1234567")
    assert (row.id_type, row.id_number, row.problems) == ("03", "E1234567", ())


def test_who_has_left_is_not_imported(tmp_path: Path) -> None:
    assert (
        one(tmp_path, "姓名,性别,状态", "甲甲,女,退住").problems[0].reason == "状态是“退住”，只导入在住老人"
    )
    assert not one(tmp_path, "姓名,性别,状态", "甲甲,女,在住").problems


def test_an_age_without_a_birth_date_is_kept(tmp_path: Path) -> None:
    assert dict(one(tmp_path, "姓名,性别,年龄", "甲甲,女,91").remarks) == {"年龄": "91"}
    assert not one(tmp_path, "姓名,性别,年龄,出生日期", "甲甲,女,91,1935-01-01").remarks


def test_duplicates_inside_a_file(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.csv",
        "姓名,性别,出生日期,身份证号",
        f"查兰素,女,1931-12-07,{CHA}",
        f"孙重复,女,,{CHA}",
        f"查兰素,女,,{CHA}",
        "查兰素,女,1931-12-07,",
        "甲甲,女,,",
        "甲甲,女,,",
    )
    verdicts = judged(path)
    assert [verdict.fate for verdict in verdicts] == [
        Fate.NEW, Fate.REJECTED, Fate.REJECTED, Fate.REJECTED, Fate.NEW, Fate.REJECTED,
    ]  # fmt: skip
    assert [verdict.words for verdict in verdicts if verdict.fate is Fate.REJECTED] == [
        "身份证号与第2行“查兰素”相同，本行是“孙重复”，请核对",
        "与第2行“查兰素”是同一人，重复的一行不再导入",
        "姓名和出生日期与第2行相同，重复的一行不再导入",
        "姓名与第6行相同，又都没有出生日期和身份证号，分不清是不是同一人，重复的一行不再导入",
    ]


def test_a_bad_row_never_blocks_a_good_one(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", "姓名,性别,出生日期,身份证号", f"查兰素,男,,{CHA}", f"查兰素,女,,{CHA}")
    assert [verdict.fate for verdict in judged(path)] == [Fate.REJECTED, Fate.NEW]


def test_namesakes_with_papers_of_their_own_are_two_people(tmp_path: Path) -> None:
    other = "31019919311207014"
    path = sheet(tmp_path / "a.csv", "姓名,身份证号", f"查兰素,{CHA}", f"查兰素,{other}{check_digit(other)}")
    first, second = judged(path)
    assert (first.fate, second.fate) == (Fate.NEW, Fate.NEW)
    assert second.words == "与第2行同名同生日，身份证号不同，按两位老人登记"


class OneHere(Nobody):
    """A house with one person who left."""

    def by_id(self, key: IdKey) -> Person | None:
        return Person(uuid4(), "01-000007", "查兰素", CHA, here=False) if key == ("01", CHA) else None

    def by_name(self, key: NameKey) -> tuple[Person, ...]:
        return (Person(uuid4(), "01-000008", "甲甲", None),) if key == ("甲甲", date(1935, 1, 1)) else ()


def test_against_the_house(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.csv", "姓名,性别,出生日期,身份证号", f"查兰素,女,,{CHA}", "甲甲,女,1935-01-01,"
    )
    left, here = judged(path, OneHere())
    assert (left.fate, here.fate) == (Fate.UNCHANGED, Fate.UNCHANGED)
    assert left.words == "档案01-000007已退住，没有改动；重新入住请在档案中办理"
    assert here.words == "档案中已有（01-000008），不改动"


@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("123"), st.sampled_from("12")), max_size=12)
)
def test_no_two_accepted_rows_share_a_bed_or_a_person(people: list[tuple[str, str, str]]) -> None:
    rows = [
        RosterRow(number, name=name * 2, birth_date=date(1935, 1, int(day)), place=PlacePath(bed=bed))
        for number, (name, day, bed) in enumerate(people, 2)
    ]
    path = Path(__file__).parents[2] / "samples" / "roster.csv"
    accepted = [
        v.row for v in Judge(Nobody(), open_roster(path).columns).verdicts(rows) if v.fate is Fate.NEW
    ]
    assert (
        len({(row.name, row.birth_date) for row in accepted}) == len(accepted) == len({p[:2] for p in people})
    )
    beds = [row.place for row in accepted if row.place]
    assert len(set(beds)) == len(beds)


@given(st.text(max_size=10))
def test_no_cell_of_the_report_runs_as_a_formula(text: str) -> None:
    assert harmless(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert harmless(text).removeprefix("'") == text or text.startswith("'")


def test_the_report_keeps_hostile_cells_as_text(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", "姓名,性别,备注", '=HYPERLINK("x"),女,@SUM(A1)')
    roster = open_roster(path)
    rows = list(roster.people(TODAY))
    assert rows[0].problems[0].reason.startswith("单元格是公式")
    write_report(tmp_path / "退回.csv", roster.columns, rows)
    lines = list(csv.reader((tmp_path / "退回.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert lines[1][4:] == ['\'=HYPERLINK("x")', "女", "'@SUM(A1)"]
    write_report(tmp_path / "退回.xlsx", roster.columns, rows)
    cells = load_workbook(tmp_path / "退回.xlsx").worksheets[0][2]
    assert [cell.data_type for cell in cells if cell.value] == ["s"] * 7
    with pytest.raises(Trouble, match="写不了文件"):
        write_report(tmp_path / "没有" / "退回.csv", roster.columns, rows)
