"""One box finds a resident by everything; surnames are read as surnames first, and every reading is there."""

from __future__ import annotations

from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from app.residents.codes import code_list
from app.residents.search_text import Findable, like_pattern, pinyin_of, search_query, search_text

SOMEBODY = Findable(
    "单庆学", "01-000012", "2号楼 312-1", "31019919371219010X", ("021-55551234转8", "19900000777")
)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("单庆学", "shanqingxue"),
        ("仇英", "qiuying"),
        ("区林学", "oulinxue"),
        ("解华国", "xiehuaguo"),
        ("查兰素", "zhalansu"),
        ("尉迟恭", "yuchigong"),
        ("长孙无忌", "zhangsunwuji"),
        ("万俟丑奴", "moqichounu"),
        ("曾国藩", "zengguofan"),
        ("朴正", "piaozheng"),
        ("翟志刚", "zhaizhigang"),
        ("乐树学", "yueshuxue"),
        ("吕翠秀", "lvcuixiu"),
    ],
)
def test_the_surname_is_read_as_one(name: str, first: str) -> None:
    assert pinyin_of(name)[0] == first


@pytest.mark.parametrize(
    "typed",
    ["单", "庆学", "shan", "danqingxue", "SQX", "dqx", "ｓｑｘ", "shan qing xue", "shàn", "312-1", "2号楼312",
     "2号楼 312-1", "010x", "010X", "31019919371219010x", "0777", "199 0000 0777", "55551234",
     "000012", "01-000012"],
)  # fmt: skip
def test_everything_a_nurse_types(typed: str) -> None:
    assert search_query(typed) in search_text(SOMEBODY)


@pytest.mark.parametrize("typed", ["王", "shanx", "3101", "1937", "000012|2", "313"])
def test_what_does_not_mean_this_person(typed: str) -> None:
    assert search_query(typed) not in search_text(SOMEBODY)


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@given(st.text(HAN, min_size=2, max_size=4))
def test_every_reading_of_every_character_is_findable(name: str) -> None:
    parts = search_text(Findable(name)).split("|")
    for mark in name:
        for reading in pinyin(mark, style=Style.NORMAL, heteronym=True)[0]:
            said = "".join(
                part for part in normalize("NFD", reading.replace("ü", "v")) if not combining(part)
            )
            assert any(said in part for part in parts), (mark, reading)


@given(st.text(max_size=12))
def test_a_query_is_normalised_once(typed: str) -> None:
    once = search_query(typed)
    assert "|" not in once
    assert search_query(once) == once or once.isdigit()


def test_wildcards_are_looked_for_as_they_are() -> None:
    assert like_pattern("10%_\\") == r"%10\%\_\\%"


@pytest.mark.parametrize(
    ("name", "size"),
    [("sex", 4), ("marital_status", 8), ("ethnicity", 58), ("education", 8), ("relation", 84), ("insurance", 8),
     ("care_level", 3), ("id_type", 11), ("occupation", 9), ("blood_type", 5), ("rhesus", 3), ("residence", 2),
     ("living", 8), ("powers", 6)],
)  # fmt: skip
def test_code_lists_are_whole_and_unambiguous(name: str, size: int) -> None:
    kinds = code_list(name)
    assert len(kinds.entries) == size
    assert kinds.source
    for entry in kinds.entries:
        assert kinds.find(entry.words) == entry.code
        assert kinds.words(entry.code) == entry.words
    assert kinds.find("火星") is None
    assert kinds.words("社区居委会") == "社区居委会"


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("sex", "女性", "2"),
        ("ethnicity", "汉", "01"),
        ("ethnicity", "基诺族", "56"),
        ("ethnicity", "维吾尔", "05"),
        ("care_level", "半自理", "partial"),
        ("care_level", "介护", "full"),
        ("care_level", " 全 护 理 ", "full"),
        ("relation", "儿子", "20"),
        ("relation", "外孙女", "44"),
        ("insurance", "职工医保", "1"),
        ("insurance", "新农合", "2"),
        ("education", "大专", "30"),
        ("marital_status", "离异", "40"),
    ],
)
def test_usual_words_find_their_code(name: str, said: str, code: str) -> None:
    assert code_list(name).find(said) == code
