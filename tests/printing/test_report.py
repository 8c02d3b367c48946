"""The ability report: every word printed and copied right, nothing read as markup, the same data the same file."""

from __future__ import annotations

import dataclasses
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from app.printing.drawn import Drawn
from app.printing.pdf import draw as draw_sheet
from app.printing.registry import SHEETS
from app.printing.sheet import Tick
from app.printing.sheets.ability_assessment import draw, sheet
from app.printing.sheets.ability_report import AbilityReport, Outcome
from tests.printing import sample
from tests.support.examples import tries


def pages(drawn: Drawn) -> list[str]:
    """The text of each page as a reader copies it, without white space."""
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def without_footers(data: AbilityReport, drawn: Drawn) -> str:
    """All pages as one text."""
    footer = r"文书编号：.*?第\d+页共\d+页打印：[\d:-]{15}" + data.printed_by
    return "".join(re.sub(footer, "", page) for page in pages(drawn))


def words(value: object) -> Iterator[str]:
    """Every text that stands anywhere in the data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words(each)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for each in dataclasses.fields(value):
            if each.name != "qr":
                yield from words(getattr(value, each.name))


@pytest.mark.parametrize("build", [sample.report, sample.extreme])
def test_every_word_of_the_data_is_printed_and_copied_right(build: Callable[[], AbilityReport]) -> None:
    data = build()
    drawn = draw(data)
    text = without_footers(data, drawn)
    # a cell cut by a page break repeats its label between its two parts
    text = text.replace("评估结论与建议", "", 1)
    missing = [
        each for each in words(data) if re.sub(r"\s", "", each) not in text and each != data.printed_by
    ]
    assert missing == []
    assert drawn.missing_glyphs == ()


def test_a_text_cut_by_pages_loses_nothing() -> None:
    data = replace(sample.report(), conclusion="".join(f"第{n}条，每2小时翻身1次。" for n in range(1, 301)))
    text = without_footers(data, draw(data)).replace("评估结论与建议", "")
    assert re.sub(r"\s", "", data.conclusion) in text


@settings(max_examples=tries(25), deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_whatever_is_typed_can_be_drawn(conclusion: str, name: str) -> None:
    data = sample.report()
    drawn = draw(replace(data, conclusion=conclusion, subject=replace(data.subject, name=name)))
    assert drawn.pages >= 3


def test_rare_name_copies_as_it_was_typed() -> None:
    assert "李𬱖" in pages(draw(sample.report()))[0]


@pytest.mark.parametrize(
    "typed", ["A&B <b>", '<img src="/etc/passwd">', "&lt;&amp;", r"\(a) %%EOF", "<para>"]
)
def test_what_a_person_typed_is_never_markup(typed: str) -> None:
    drawn = draw(replace(sample.report(), conclusion=typed))
    assert re.sub(r"\s", "", typed) in "".join(pages(drawn))


def test_scores_possible_differ_by_item_and_maxima_are_printed() -> None:
    text = "".join(pages(draw(sample.report())))
    for each in ("21／32分", "9／15分", "21／28分", "6／15分", "57满分90分", "19攻击行为", "20抑郁症状"):
        assert each in text
    assert "攻击行为101" in text  # 1 and 0, then the score; no 4, 3, 2
    assert "床上体位转移432103" in text


def test_a_missing_glyph_is_named_not_dropped() -> None:
    data = sample.report()
    drawn = draw(replace(data, subject=replace(data.subject, name="李\U000e1234")))
    assert drawn.missing_glyphs == ("\U000e1234",)
    assert "李〓" in pages(drawn)[0]


def test_page_x_of_y_number_and_printer_stand_on_every_page() -> None:
    data = sample.extreme()
    drawn = draw(data)
    found = pages(drawn)
    assert drawn.pages == len(found) > 3
    for at, text in enumerate(found, 1):
        assert f"第{at}页共{len(found)}页" in text
        assert f"文书编号：{data.number}" in text
        assert f"打印：2026-11-2110:32{data.printed_by}" in text


def test_header_row_comes_again_and_the_dimension_stands_on_each_part() -> None:
    found = [text for text in pages(draw(sample.extreme())) if "评分说明" in text]
    assert len(found) > 1
    for text in found:
        assert re.search("一级指标序号评估项目评分得分评分说明", text)
        assert "分" in text
        assert any(name in text for name in ("自理能力", "基础运动能力", "精神状态", "感知觉与社会参与"))


def test_a_draft_says_so_and_carries_no_code() -> None:
    drawn = draw(replace(sample.report(), draft=True))
    assert all("草稿" in text for text in pages(drawn))
    assert "扫码核验" not in "".join(pages(drawn))
    assert all("草稿" not in text for text in pages(draw(sample.report())))


def test_a_reprint_and_a_correction_say_so() -> None:
    first = draw_sheet(sheet(sample.report()))
    again = draw_sheet(
        sheet(sample.report()), dict.fromkeys(first.marks[0], "首次打印：2026-11-20 09:12　李娜")
    )
    assert "补打" not in "".join(pages(first))
    for text in pages(again):
        assert "补打首次打印：2026-11-2009:12李娜" in text
        assert text.endswith(f"补打：2026-11-2110:32{sample.report().printed_by}")
    assert again.marks == first.marks
    corrected = draw(replace(sample.report(), revision=2, correction="洗澡一项录入有误"))
    assert "第2版（更正）更正原因：洗澡一项录入有误" in pages(corrected)[0]


def test_the_suggested_file_name_is_chinese_and_safe() -> None:
    data = sample.report()
    drawn = draw(replace(data, subject=replace(data.subject, name="李/𬱖:*")))
    assert drawn.file_name == "老年人能力评估报告 李_𬱖__ 2026-11-18.pdf"


def test_a_coma_is_reported_without_scores() -> None:
    data = sample.report()
    dims = tuple(
        replace(each, score=None, items=tuple(replace(item, score=None, text="") for item in each.items))
        for each in data.dimensions
    )
    out = Outcome(None, 90, data.outcome.levels, None, (Tick("处于昏迷状态者", chosen=True),), 4)
    text = "".join(pages(draw(replace(data, dimensions=dims, outcome=out))))
    assert "—／32分" in text
    assert "处于昏迷状态者" in text


def test_the_same_data_gives_the_same_file_in_any_process() -> None:
    code = "from tests.printing import sample\nfrom app.printing.sheets.ability_assessment import draw\n"
    code += "import sys\nsys.stdout.write(draw(sample.report()).sha256)"
    first = draw(sample.report())
    assert first.sha256 == draw(sample.report()).sha256
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert other.stdout == first.sha256
    assert first.sha256 != draw(replace(sample.report(), printed_by="周明慧")).sha256


def test_every_font_is_embedded_and_no_picture_or_script_is_in_the_file() -> None:
    drawn = draw(sample.extreme())
    document = PDFDocument(PDFParser(io.BytesIO(drawn.pdf)))
    objects = [resolve1(document.getobj(number)) for xref in document.xrefs for number in xref.get_objids()]
    fonts = [
        each for each in objects if isinstance(each, dict) and getattr(each.get("Type"), "name", "") == "Font"
    ]
    assert len(fonts) >= 6
    for font in fonts:
        kind = font["Subtype"].name
        assert kind in {"Type0", "CIDFontType2"}
        if kind == "CIDFontType2":
            assert len(resolve1(resolve1(font["FontDescriptor"])["FontFile2"]).get_data()) > 1000
    for word in (b"/JavaScript", b"/XObject", b"/URI", b"Helvetica"):
        assert word not in drawn.pdf


def test_sheets_are_listed_by_name_with_title_and_drawing() -> None:
    kind = SHEETS["ability-assessment"]
    assert kind.title == "老年人能力评估报告"
    assert kind.draw(sample.report()).pages == 3
    assert all(name == kind.name for name, kind in SHEETS.items())
