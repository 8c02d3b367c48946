"""The institution's own instruments: loaded from a file, refused with line and reason, withdrawn without loss."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.assessments.content import Content
from app.assessments.instrument_queries import InstrumentCalled, Instruments
from app.assessments.instruments import parse_instrument
from app.assessments.own import InstrumentText, LoadInstrument, WithdrawInstrument
from app.assessments.queries import History
from app.assessments.record_queries import OpenForm
from app.assessments.service import DiscardDraft, Retract, SaveDraft
from app.assessments.signoff import SignFirst
from app.assessments.trends.compare import Compare
from app.assessments.trends.records import Trends
from app.compose import Station
from app.core.errors import Refusal
from app.core.resources import resource
from app.core.roles import Role
from app.history.timeline import Timeline
from app.printing.assessment_data import AssessmentReportOf
from app.printing.comparison_data import AssessmentComparisonOf
from tests.app.assessments.people import Admit
from tests.support.station import PASSWORD, PEOPLE, become

MORSE = resource("instruments", "morse.toml").read_text("utf-8")
ANSWERS = {"1": 1, "2": 1, "3": 0, "4": 0, "5": 0, "6": 0}  # 25 + 15 = 40


def changed(*pairs: tuple[str, str]) -> str:
    text = MORSE
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def stricter() -> str:
    """The same instrument under a version of the house, with another name for the highest level."""
    version = next(line for line in MORSE.splitlines() if line.startswith("version"))
    return changed((version, 'version = "本院-1"'), ('short = "高风险"', 'short = "高危"'))


@pytest.fixture
def administrator(station: Station) -> Station:
    become(station, Role.ADMINISTRATOR)
    return station


def test_a_version_of_the_house_replaces_the_shipped_one(administrator: Station) -> None:
    desk = administrator.desk
    loaded = desk.do_now(LoadInstrument("morse.toml", stricter()))
    assert (loaded.version, bool(loaded.replaces)) == ("本院-1", True)
    own = desk.ask_now(InstrumentCalled("morse"))
    assert own.own
    assert own.levels[-1].short == "高危"
    assert desk.ask_now(InstrumentText("morse")) == stricter()
    assert [one.code for one in desk.ask_now(Instruments())].count("morse") == 1


def test_an_instrument_nobody_shipped_is_added_and_used(administrator: Station) -> None:
    desk = administrator.desk
    text = stricter().replace('code = "morse"', 'code = "house-falls"', 1)
    desk.do_now(LoadInstrument("house-falls.toml", text))
    resident = desk.do_now(Admit())
    become(administrator, Role.HEAD_NURSE)
    form = desk.ask_now(OpenForm(resident, "house-falls"))
    content = Content(ANSWERS, assessed_on=form.content.assessed_on, occasion="入住评估")
    desk.do_now(SaveDraft(resident, "house-falls", content))
    proof = administrator.prove(PEOPLE[Role.HEAD_NURSE].number, PASSWORD)
    desk.do_now(SignFirst(resident, "house-falls", proof))
    row = desk.ask_now(History(resident, "house-falls"))[0]
    assert (row.level.total, row.level.finding) == (40, "中风险")
    become(administrator, Role.ADMINISTRATOR)
    desk.do_now(WithdrawInstrument("house-falls", "不再使用"))
    with pytest.raises(Refusal, match="没有编号为“house-falls”的量表"):
        desk.ask_now(InstrumentCalled("house-falls"))
    assert desk.ask_now(InstrumentCalled("house-falls", "本院-1")).own  # its records can be read
    become(administrator, Role.HEAD_NURSE)
    assert desk.ask_now(History(resident, "house-falls"))[0].level.finding == "中风险"


def test_records_of_a_withdrawn_instrument_are_told_compared_printed_and_retracted(
    administrator: Station,
) -> None:
    desk = administrator.desk
    text = stricter().replace('code = "morse"', 'code = "house-falls"', 1)
    desk.do_now(LoadInstrument("house-falls.toml", text))
    resident = desk.do_now(Admit())
    become(administrator, Role.HEAD_NURSE)
    for answers in (ANSWERS, {**ANSWERS, "5": 2}):
        content = Content(answers, assessed_on=administrator.clock.now().date(), occasion="入住评估")
        desk.do_now(SaveDraft(resident, "house-falls", content))
        proof = administrator.prove(PEOPLE[Role.HEAD_NURSE].number, PASSWORD)
        desk.do_now(SignFirst(resident, "house-falls", proof))
    become(administrator, Role.ADMINISTRATOR)
    desk.do_now(WithdrawInstrument("house-falls", "不再使用"))
    become(administrator, Role.HEAD_NURSE)
    now = administrator.clock.now()
    told = desk.ask_now(Timeline(resident, now - timedelta(days=1), now + timedelta(days=1)))
    title = parse_instrument(text, "house-falls.toml").title
    assert [one.title for one in told if one.kind == "assessment"] == [title, title]
    trends = desk.ask_now(Trends(resident))
    assert "house-falls" in trends.measures
    newer, older = (row.record for row in trends.records)
    assert desk.ask_now(Compare(older, newer)).items
    desk.ask_now(AssessmentComparisonOf(resident, newer, older, "house-falls"))
    desk.ask_now(AssessmentReportOf(resident, newer, instrument="house-falls"))
    desk.do_now(Retract(newer, "笔误"))
    states = {row.level.record: row.state for row in desk.ask_now(History(resident, "house-falls"))}
    assert states == {newer: "retracted", older: "signed"}


def test_what_was_withdrawn_gives_way_to_the_shipped_one_and_may_come_back(administrator: Station) -> None:
    desk = administrator.desk
    desk.do_now(LoadInstrument("morse.toml", stricter()))
    with pytest.raises(Refusal, match="请写明停用的原因"):
        desk.do_now(WithdrawInstrument("morse", " "))
    desk.do_now(WithdrawInstrument("morse", "改回标准"))
    assert not desk.ask_now(InstrumentCalled("morse")).own
    with pytest.raises(Refusal, match="没有本院版本"):
        desk.do_now(WithdrawInstrument("morse", "改回标准"))
    assert desk.do_now(LoadInstrument("morse.toml", stricter())).version == "本院-1"


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ((("high = 44", "high = 50"),), "重叠"),
        ((('short = "高风险"', 'short = ""'),), "level[3].short：应是文字，且不能为空（第"),
        ((('tone = "ok"', 'tone = "pink"'),), "level[1].tone：应是 ok、"),
        ((('title = "', "title = "),), "写法不合TOML格式"),
        ((("answered = 6", "answered = 5"),), "已评项数算得 6，文件写的是 5"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(
    administrator: Station, pairs: tuple[tuple[str, str], ...], words: str
) -> None:
    version = next(line for line in MORSE.splitlines() if line.startswith("version"))
    text = changed((version, 'version = "本院-2"'), *pairs)
    with pytest.raises(Refusal) as refusal:
        administrator.desk.do_now(LoadInstrument("morse.toml", text))
    assert words in refusal.value.text
    assert not administrator.desk.ask_now(InstrumentCalled("morse")).own


def test_a_refusal_names_the_line() -> None:
    lines = MORSE.splitlines()
    place = next(number for number, line in enumerate(lines) if line == 'short = "高风险"')
    lines[place] = "short = 7"
    with pytest.raises(Refusal) as refusal:
        parse_instrument("\n".join(lines), "morse.toml")
    assert f"（第{place + 1}行）" in refusal.value.text
    place = next(number for number, line in enumerate(MORSE.splitlines()) if line.startswith('code = "5"'))
    twice = MORSE.replace('code = "6"', 'code = "5"', 1)
    with pytest.raises(Refusal, match=f"指标编号 5 重复（第{place + 1}行）"):
        parse_instrument(twice, "morse.toml")


def test_the_same_version_and_open_drafts_are_refused(administrator: Station) -> None:
    desk = administrator.desk
    with pytest.raises(Refusal, match="请在文件里另写版本号"):
        desk.do_now(LoadInstrument("morse.toml", MORSE))
    resident = desk.do_now(Admit())
    become(administrator, Role.HEAD_NURSE)
    desk.do_now(SaveDraft(resident, "morse", Content(ANSWERS)))
    become(administrator, Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="有 1 份用这个量表填写中的草稿"):
        desk.do_now(LoadInstrument("morse.toml", stricter()))
    become(administrator, Role.HEAD_NURSE)
    desk.do_now(DiscardDraft(resident, "morse"))
    become(administrator, Role.ADMINISTRATOR)
    desk.do_now(LoadInstrument("morse.toml", stricter()))


def test_who_may_not_change_settings_loads_nothing(station: Station) -> None:
    become(station, Role.NURSE)
    with pytest.raises(Refusal, match="您没有“修改设置”的权限"):
        station.desk.do_now(LoadInstrument("morse.toml", stricter()))
