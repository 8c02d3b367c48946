"""Allergens and diagnoses are found by words, pinyin, initials and code; onsets are read as far as known."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.residents.rules import Spoken, Wrong, is_partial, likeness, nearest, read_onset
from app.residents.stating.forms import code_wrong
from app.residents.vocabulary import MOST, Entry, allergens, diseases, entry_of, find, tellers

TODAY = date(2026, 11, 24)
PLAIN = st.text(alphabet="abcxyz1234糖尿病高血压.", max_size=6)
SPOKEN = st.builds(
    Spoken,
    names=st.lists(PLAIN, min_size=1, max_size=3).map(tuple),
    sounds=st.lists(PLAIN).map(tuple),
    code=PLAIN,
)


def test_every_code_is_one_and_every_word_stands_for_one_entry() -> None:
    assert 150 <= len(diseases()) <= 300
    for entries in (diseases(), allergens()):
        names = [name for entry in entries for name in (entry.words, *entry.others)]
        assert len(names) == len(set(names))
    assert all(entry.code and code_wrong(entry.code) is None for entry in diseases())
    assert [entry.code for entry in diseases()] == sorted(entry.code for entry in diseases())
    assert {entry.group for entry in allergens()} == {"药物", "食物", "其他"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2型", "2型糖尿病"),
        ("2xtnb", "2型糖尿病"),
        ("E11.9", "2型糖尿病"),
        ("e11", "2型糖尿病"),
        ("Ｉ１０", "高血压病"),
        ("gxy", "高血压病"),
        ("gaoxueya", "高血压病"),
        ("冠心病", "冠状动脉粥样硬化性心脏病"),
        ("COPD", "慢性阻塞性肺疾病"),
        ("脑梗塞", "脑梗死"),
        ("aechmb", "阿尔茨海默病"),
    ],
)
def test_the_nearest_comes_first(typed: str, first: str) -> None:
    assert find(diseases(), typed)[0].words == first


def test_allergens_and_tellers_by_initials() -> None:
    assert find(allergens(), "qms")[0].words == "青霉素类"
    assert entry_of(allergens(), "盘尼西林") == entry_of(allergens(), "青霉素类")
    assert entry_of(allergens(), "无花果") is None
    assert [one.words for one in find(tellers(), "br")] == ["本人"]
    assert find(diseases(), "") == find(diseases(), "无此病") == ()


@given(st.sampled_from([*diseases(), *allergens()]), st.data())
def test_every_entry_is_found_by_each_of_its_names(entry: Entry, data: st.DataObject) -> None:
    entries = diseases() if entry.code else allergens()
    name = data.draw(st.sampled_from([entry.words, *entry.others]))
    assert entry in find(entries, name)
    assert entry_of(entries, name) == entry
    assert not entry.code or entry in find(entries, entry.code.lower())


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_at_most_a_glance(typed: str) -> None:
    assert len(find(diseases(), typed)) <= MOST


@given(PLAIN, st.lists(SPOKEN, max_size=8), st.integers(0, 5))
def test_the_nearest_are_those_that_fit_in_their_order(typed: str, entries: list[Spoken], most: int) -> None:
    places = nearest(typed, entries, most)
    ranks = [likeness(typed, entries[place]) for place in places]
    assert None not in ranks
    assert ranks == sorted(ranks, key=lambda rank: rank or 0)
    fitting = [one for one in entries if likeness(typed, one) is not None]
    assert len(places) == min(most, len(fitting))
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2019", "2019"), ("2019年", "2019"), ("２０１９", "2019"), ("2019-5", "2019-05"), ("2019年5月", "2019-05"),
        ("2019.05", "2019-05"), ("2019/5/2", "2019-05-02"), ("2019年5月12日", "2019-05-12"),
        ("20190512", "2019-05-12"), ("2026", "2026"), ("2026-11", "2026-11"), ("", ""), ("10余年前", "10余年前"),
        ("幼年 ", "幼年"), ("2019年春", "2019年春"),
    ],
)  # fmt: skip
def test_an_onset_is_kept_as_far_as_it_is_known(said: str, kept: str) -> None:
    assert read_onset(said, TODAY) == kept
    assert is_partial(kept) == bool(re.fullmatch(r"[\d-]{4,10}", kept))


@pytest.mark.parametrize(
    "said",
    ["2019-13", "2019-00", "2019-02-30", "20190230", "2027", "2026-12", "2026-11-25", "1879", "病" * 41],
)
def test_an_onset_that_cannot_be_is_refused(said: str) -> None:
    with pytest.raises(Wrong):
        read_onset(said, TODAY)


def test_nobody_falls_ill_before_birth() -> None:
    born = date(1942, 5, 18)
    assert [read_onset(said, TODAY, born) for said in ("1942", "1942-05", "1942-05-18")] == [
        "1942",
        "1942-05",
        "1942-05-18",
    ]
    for said in ("1941", "1942-04", "1942-05-17"):
        with pytest.raises(Wrong, match="早于出生日期"):
            read_onset(said, TODAY, born)


@given(st.dates(date(1880, 1, 1), TODAY), st.sampled_from([4, 7, 10]))
def test_every_part_of_a_past_day_reads_back_as_itself(day: date, length: int) -> None:
    part = day.isoformat()[:length]
    assert read_onset(part, TODAY) == part
    assert is_partial(part)


@given(st.text(max_size=60))
def test_any_words_are_an_onset_or_refused(said: str) -> None:
    try:
        kept = read_onset(said, TODAY)
    except Wrong:
        kept = ""
    assert read_onset(kept, TODAY) == kept
