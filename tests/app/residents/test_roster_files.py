"""Files as they really come: every encoding, delimiter and layout is read; what is no roster is refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH

from app.core.errors import Refusal, Trouble
from app.residents.roster import Roster, RosterRow, open_roster
from app.residents.roster import table as table_module

TODAY = date(2026, 11, 24)
TEXT = "姓名,性别,出生日期,诊断\n杨秀桂,女,1935-05-12,骨质疏松症\n阿依古丽·买买提,女,1936-01-02,“眩晕”\n"


def people(path: Path) -> list[RosterRow]:
    return list(open_roster(path).people(TODAY))


def book(path: Path, *rows: tuple[Any, ...], sheet: str = "名册") -> Path:
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = sheet
    for row in rows:
        page.append(row)
    workbook.save(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        people(path)
    return refusal.value.text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "花名册.csv"
    path.write_bytes(TEXT.replace(",", delimiter).encode(encoding))
    assert [row.name for row in people(path)] == ["杨秀桂", "阿依古丽·买买提"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.replace("\n", ending).encode())
    assert [row.number for row in people(path)] == [2, 3]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的，里面没有名册。"),
        (b"\xef\xbb\xbf \r\n\r\n", "文件是空的，里面没有名册。"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "这是一张图片"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "这是一张图片"),
        (b"%PDF-1.7 ...", "这是PDF 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "旧版 Excel（.xls）或加了打开密码"),
        (b"<html><table><tr><td>\xe5\xa7\x93\xe5\x90\x8d", "网页格式"),
        (b"PK\x03\x04 broken", "表格文件已损坏"),
        (b"\x01\x02\x03\x00\x05\x00\x07", "里面是程序才懂的数据"),
        (b"\xff\xfe\xff\xfe\x81\xff" * 9 + b"\xff", "读不出的字符"),
        (bytes(range(128, 256)) * 3, "认不出文件的文字编码"),
        ("没有,表头\n1,2\n".encode(), "前10行里没有找到表头"),
        ("姓名\n".encode() * 3, "前10行里没有找到表头"),
    ],
)
def test_what_is_no_roster_says_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(content)
    assert words in refused(path)


def test_a_missing_file_is_trouble_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="文件不存在"):
        people(tmp_path / "没有.csv")
    with pytest.raises(Trouble, match="这是文件夹"):
        people(tmp_path)


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_archives_that_are_no_workbook(tmp_path: Path) -> None:
    assert "Word 文档" in refused(zipped(tmp_path / "a.xlsx", {"word/document.xml": b"<w/>"}))
    assert "压缩包" in refused(zipped(tmp_path / "b.xlsx", {"readme.txt": b"hello"}))
    assert "已损坏" in refused(zipped(tmp_path / "c.xlsx", {"xl/workbook.xml": b"<workbook><sheets>"}))


def test_a_zip_bomb_stays_packed(tmp_path: Path) -> None:
    bomb = zipped(
        tmp_path / "a.xlsx", {"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": bytes(30_000_000)}
    )
    assert "大得不合常理" in refused(bomb)


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    source = zipfile.ZipFile(book(tmp_path / "a.xlsx", ("姓名", "性别"), ("甲甲", "女")))
    parts = {name: source.read(name) for name in source.namelist()}
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = laughs + parts["xl/worksheets/sheet1.xml"].split(b"?>", 1)[-1]
    assert "内部结构不正常" in refused(zipped(tmp_path / "b.xlsx", parts))


def test_titles_above_and_sums_below_are_no_people(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        ("××颐养中心在住老人花名册",),
        ("填表日期：2026年11月20日", None, "填表人："),
        (),
        ("序号", "姓名", "性别", "出生日期"),
        (1, "甲甲", "女", datetime(1935, 5, 12)),  # noqa: DTZ001  # as a workbook holds it
        (),
        ("序号", "姓名", "性别", "出生日期"),
        (2, "乙乙", "男", "1936.1.2"),
        (3, None, None, None),
        ("合计：2人",),
        ("制表：周敏", None, None, "2026-11-20"),
    )
    assert [(row.number, row.name, row.birth_date) for row in people(path)] == [
        (5, "甲甲", date(1935, 5, 12)),
        (8, "乙乙", date(1936, 1, 2)),
    ]


def test_headings_below_the_tenth_row_are_not_looked_for(tmp_path: Path) -> None:
    rows = [(f"说明{number}",) for number in range(9)]
    path = book(tmp_path / "a.xlsx", *rows, ("姓名", "性别"), ("甲甲", "女"))
    assert people(path)[0].name == "甲甲"
    assert "没有找到表头" in refused(
        book(tmp_path / "b.xlsx", *rows, ("再一行",), ("姓名", "性别"), ("甲甲", "女"))
    )


def test_hidden_and_other_sheets(tmp_path: Path) -> None:
    workbook = Workbook()
    hidden, note, first, second = (
        workbook.worksheets[0],
        *(workbook.create_sheet(name) for name in ("说明", "一楼", "二楼")),
    )
    hidden.append(("姓名", "性别"))
    hidden.append(("藏藏", "女"))
    hidden.sheet_state = "hidden"
    note.append(("先读这里",))
    for sheet, name in ((first, "甲甲"), (second, "乙乙")):
        sheet.append(("姓名", "性别"))
        sheet.append((name, "女"))
    workbook.active = 1
    workbook.save(tmp_path / "a.xlsx")
    roster = open_roster(tmp_path / "a.xlsx")
    assert [row.name for row in roster.people(TODAY)] == ["甲甲"]
    assert roster.unread == ("二楼",)


def test_dates_of_both_epochs_and_serial_texts(tmp_path: Path) -> None:
    for name, epoch in (("w.xlsx", None), ("m.xlsx", MAC_EPOCH)):
        workbook = Workbook()
        if epoch is not None:
            workbook.epoch = epoch
        page = workbook.worksheets[0]
        page.append(("姓名", "性别", "出生日期"))
        page.append(("甲甲", "女", datetime(1935, 5, 12)))  # noqa: DTZ001  # as a workbook holds it
        serial = (date(1935, 5, 12) - (date(1904, 1, 1) if epoch else date(1899, 12, 30))).days
        page.append(("乙乙", "女", serial))
        page.append(("丙丙", "女", str(serial)))
        workbook.save(tmp_path / name)
        assert {row.birth_date for row in people(tmp_path / name)} == {date(1935, 5, 12)}, name


def test_formulas_without_a_result_come_back_in_words(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        ("姓名", "性别", "出生日期"),
        ("甲甲", "女", "=DATE(1935,5,12)"),
        ("乙乙", "#REF!", "1935-1-1"),
    )
    first, second = people(path)
    assert (first.problems[0].column, first.problems[0].value) == ("出生日期", "=DATE(1935,5,12)")
    assert "公式，还没有算出结果" in first.problems[0].reason
    assert "公式出错" in second.problems[0].reason


def test_formulas_with_a_result_are_read_as_it(tmp_path: Path) -> None:
    source = zipfile.ZipFile(
        book(tmp_path / "a.xlsx", ("姓名", "性别", "出生日期"), ("甲甲", "女", "=DATE(1935,5,12)"))
    )
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = (
        parts["xl/worksheets/sheet1.xml"]
        .replace(b"<v />", b"<v>12916</v>")
        .replace(b"<v></v>", b"<v>12916</v>")
    )
    parts["xl/worksheets/sheet1.xml"] = sheet
    assert people(zipped(tmp_path / "b.xlsx", parts))[0].birth_date == date(1935, 5, 12)


def test_an_id_number_kept_as_a_number_has_lost_its_end(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx", ("姓名", "身份证号"), ("甲甲", 310199193505120029), ("乙乙", "3.10199E+17")
    )
    for row in people(path):
        assert "末尾几位已丢失" in row.problems[0].reason


def test_a_row_of_forty_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT + "丙丙,女,1937-01-01,高血压" + ",多" * 36 + "\n", encoding="utf-8")
    good, _, wide = people(path)
    assert not good.problems
    assert wide.problems[0].reason == "这一行有40列，表头只有4列，可能多了分隔符，请检查这一行"
    row = people(book(tmp_path / "b.xlsx", ("姓名", "性别"), ("甲甲", "女", *("注",) * 38)))[0]
    assert not row.problems
    assert dict(row.remarks)["AN列"] == "注"


def test_an_open_quote_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT + '丙丙,女,"1937-01-01,\n' + "丁丁,女,1935-01-01,高血压\n" * 9000, encoding="utf-8")
    assert "引号不成对" in refused(path)


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MAX_ROWS", 50)
    path = tmp_path / "a.csv"
    path.write_text(TEXT + "丙丙,女,1937-01-01,\n" * 48, encoding="utf-8")
    assert refused(path) == "名册超过50行，请分成几个文件导入。"


def test_rows_stream_and_a_hundred_thousand_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,性别,出生日期\n" + "丙丙,女,1937-01-01\n" * 100_000, encoding="gb18030")
    roster: Roster = open_roster(path)
    rows: Iterator[RosterRow] = roster.people(TODAY)
    assert next(rows).number == 2
    assert sum(1 for _ in rows) == 99_999
    assert roster.count() == 100_000


def test_a_sheet_with_a_wrong_size_and_gaps(tmp_path: Path) -> None:
    source = zipfile.ZipFile(
        io.BytesIO(book(tmp_path / "a.xlsx", ("姓名", "性别"), ("甲甲", "女")).read_bytes())
    )
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = (
        parts["xl/worksheets/sheet1.xml"]
        .replace(b'<row r="2"', b'<row r="9"')
        .replace(b"A2", b"A9")
        .replace(b"B2", b"B9")
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1:B2"', b'ref="A1"')
    assert [(row.number, row.name, row.sex) for row in people(zipped(tmp_path / "b.xlsx", parts))] == [
        (9, "甲甲", "2")
    ]
