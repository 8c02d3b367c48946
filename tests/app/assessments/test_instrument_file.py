"""Bad instrument files: each is refused with file, place and reason, never with a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assessments.instruments import read_instrument, shipped
from app.core.errors import Refusal
from app.core.resources import resource

GOOD = resource("instruments", "gbt42195-2022.toml").read_text("utf-8")


def refused(tmp_path: Path, content: bytes) -> str:
    file = tmp_path / "gbt42195-2022.toml"
    file.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        read_instrument(file)
    assert "gbt42195-2022.toml" in refusal.value.text
    return refusal.value.text


def changed(old: str, new: str) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("format = 2", "format = 1", "format：只认识第2版格式"),
        ("format = 2\n", "", "format：缺少这一项"),
        ('code = "gbt42195-2022"', 'code = "other"', "code：应与文件名“gbt42195-2022”一致"),
        ("maximum = 32", "maximum = 33", "B.1 各指标最高分之和是32"),
        ("maximum = 32", 'maximum = "32"', "dimension[1].maximum：应是整数"),
        ("maximum = 32", "maximum = true", "dimension[1].maximum：应是整数"),
        ("maximum = 32", "maximum = 99999999999999999999", "应在1～1000之间"),
        ("low = 66", "low = 67", "level 的分数段没有包括66分"),
        ("low = 66", "low = 65", "level 1 的分数段"),
        ("high = 90", "high = 91", "分数段到91分为止"),
        ("number = 1\n", "number = 7\n", "level 应从0起依次编号"),
        ('tone = "ok"', 'tone = "pink"', "level[1].tone：应是 ok、"),
        ('name = "进食"', 'name = ""', "dimension[1].item[1].name：应是文字，且不能为空"),
        ('name = "进食"', 'name = "进\\u202e食"', "看不见的控制字符"),
        ('name = "进食"', f'name = "{"长" * 601}"', "文字过长"),
        ('name = "进食"', 'name = "进食"\nnote = "x"', "dimension[1].item[1].note：不认识这一项"),
        ('code = "B.1.2"', 'code = "B.1.1"', "指标编号 B.1.1 重复"),
        ('options = "assistance"', 'options = "nobody"', "option_list 里没有“nobody”"),
        ('options = "assistance"', "options = 3", "options：应有至少2个"),
        ("{ score = 3, text", "{ score = 4, text", "option_list.assistance：选择的数字重复"),
        ("{ score = 4, text", "{ score = 11, text", "option_list.assistance：选择的数字应在0～9之间"),
        ('kind = "date"', 'kind = "time"', "kind：应是 choice、"),
        ('from = "resident.name"', 'from = "resident.secret"', "不认识的来源“resident.secret”"),
        ('icd = "I10-I15"', 'icd = "I10～I15"', "icd：应是 I10-I15 或 I25 的样子"),
        ('choices = "events"', 'choices = "nothing"', "choice_list 里没有“nothing”"),
        ('"与配偶居住", ', '"独居", ', "有相同的选项"),
        ('field = "A.5.11"', 'field = "A.5.99"', "变更依据 coma 所指的栏目 A.5.99 不存在"),
        ('is = ["有"]\nsets', 'is = ["是"]\nsets', "选项“是”不在 A.5.11 里"),
        ("sets = 4", "sets = 5", "sets 不是已有的等级"),
        ("sets = 4", "sets = 4\nraises = 1", "sets 与 raises 应有且只有一个"),
        ("counts = 3 }", 'icd = "I25" }', "的选项缺少 counts"),
        ("required = true\nchoices = [\n", "choices = [\n", "栏目 A.4.1 决定等级，应是必填"),
        ("assessors = 2\nclinical = 1", "assessors = 1\nclinical = 2", "不能多于 assessors"),
        ('direction = "higher', 'direction = "sideways', "direction：应是 higher_is_better、lower_is_better"),
        ('direction = "higher', 'direction = "lower', "0级应是最好的分数段"),
        ('item = "B.3.9"', 'item = "B.3.99"', "contradiction 所指的指标 B.3.99 不存在"),
        ('"B.2" = [4, 4, 4, 3]', '"B.2" = [4, 4, 4, 4]', "B.2.4 没有4分的选项"),
        ('"B.2" = [4, 4, 4, 3]', '"B.2" = [4, 4, 4, 3, 1]', "只有4个指标"),
        ('without = ["A.5.11"]', "without = 1", "应是一列文字"),
        ('facts = { "A.5.11"', 'facts = { "A.9"', "facts.A.9：没有这个栏目"),
        ("[signing]\nassessors = 2", "[[signing]]\nassessors = 2", "signing：应是一个表"),
        ("[usual_facts]\n", "[usual]\n", "usual：不认识这一项"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert words in refused(tmp_path, changed(old, new))


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    text = refused(tmp_path, changed('title = "老年人能力评估"', 'title = "老年人能力评估'))
    assert "写法不合TOML格式" in text
    assert "line 10" in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "format：缺少这一项"),
        (b"\xff\xfe\x00\x01", "不是UTF-8文字"),
        ("format = 2\n标题".encode("gb18030"), "不是UTF-8文字"),
        (b"\x89PNG\r\n\x1a\n", "不是UTF-8文字"),
        (b"a = " + b"[" * 100_000, "写法不合TOML格式"),
        (b"a = " + b"9" * 10_000, "写法不合TOML格式"),
        (b"#" * 1_000_001, "文件过大"),
        (b"format = 2\nformat = 1", "写法不合TOML格式"),
    ],
)
def test_hostile_bytes_are_refused(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refused(tmp_path, content)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="打不开"):
        read_instrument(tmp_path / "none.toml")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "gbt42195-2022.toml"
    file.write_text(GOOD, "utf-8-sig")
    assert read_instrument(file) == shipped()["gbt42195-2022"]


def test_an_option_may_be_chosen_by_a_digit_that_is_not_its_score(tmp_path: Path) -> None:
    """Barthel scores 10, 5, 0: digits choose, scores count."""
    file = tmp_path / "gbt42195-2022.toml"
    file.write_bytes(changed("{ score = 4, text", "{ digit = 9, score = 4, text"))
    item = read_instrument(file).items["B.1.2"]
    assert [(option.digit, option.score) for option in item.options][:2] == [(9, 4), (3, 3)]
