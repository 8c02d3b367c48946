"""Drafts: kept at every answer, held by one person, never lost, refused in words."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.assessments.content import Content
from app.assessments.record_queries import OpenForm
from app.assessments.service import DiscardDraft, SaveDraft, TakeOverDraft
from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from tests.app.assessments.people import GB, Admit, filled, save
from tests.support.station import become, open_station


def test_a_draft_comes_back_as_it_was_left(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    content = replace(
        filled(station),
        answers={"B.1.1": 3, "B.3.9": 0},
        information={"A.4.2": (("阿司匹林肠溶片", "口服", "100 mg", "每日1次"),), "A.5.3": ("擦伤",)},
    )
    save(station, resident, content)
    form = station.desk.ask_now(OpenForm(resident))
    assert form.content == content
    assert form.mine
    assert form.held_by == "周敏"


def test_a_new_form_begins_with_what_is_known(station: Station) -> None:
    resident = station.desk.do_now(Admit(codes=("I10.x00", "F03.x00", "S72.000")))
    form = station.desk.ask_now(OpenForm(resident))
    assert form.known["A.2.1"] == "王桂芳"
    assert form.known["A.2.2"] == "女"
    assert form.known["A.2.3"] == "1941-03-12"
    assert form.known["A.2.6"] == "汉族"
    assert form.content.information["A.2.9"] == "小学"
    assert form.content.information["A.2.12"] == ("城镇职工基本医疗保险",)
    assert form.content.information["A.3.4"] == "13800004412"
    assert form.content.information["A.4.1"] == ("高血压病I10～I15", "痴呆F00～F03")
    assert (
        "A.5.11" not in form.content.information
    )  # what decides the level is never filled in by the program
    assert form.content.answers == {}
    assert form.content.occasion == "首次评估"
    assert form.held_by == ""


def test_what_the_residents_record_holds_is_not_kept_beside_it(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, Content(information={"A.2.1": "别人的名字", "A.2.9": "小学"}))
    assert station.desk.ask_now(OpenForm(resident)).content.information == {"A.2.9": "小学"}


def test_somebody_elses_draft_is_taken_over_not_overwritten(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, Content(answers={"B.1.1": 3}))
    become(station, Role.NURSE)
    form = station.desk.ask_now(OpenForm(resident))
    assert (form.mine, form.held_by) == (False, "周敏")
    with pytest.raises(Refusal, match=r"草稿由周敏持有（11-24 08:30 保存）。可以接手后继续填写"):
        save(station, resident, Content(answers={"B.1.1": 1}))
    with pytest.raises(Refusal, match="草稿由周敏持有"):
        station.desk.do_now(DiscardDraft(resident, GB.code))
    taken = station.desk.do_now(TakeOverDraft(resident, GB.code))
    assert taken.answers == {"B.1.1": 3}
    save(station, resident, Content(answers={"B.1.1": 3, "B.1.2": 2}))
    become(station, Role.HEAD_NURSE)
    assert station.desk.ask_now(OpenForm(resident)).held_by == "林晓燕"


def test_a_discarded_draft_is_gone_and_discarding_again_is_refused(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    save(station, resident, Content(answers={"B.1.1": 3}))
    station.desk.do_now(DiscardDraft(resident, GB.code))
    assert station.desk.ask_now(OpenForm(resident)).held_by == ""
    with pytest.raises(Refusal, match="没有可放弃的草稿"):
        station.desk.do_now(DiscardDraft(resident, GB.code))
    with pytest.raises(Refusal, match="没有可接手的草稿"):
        station.desk.do_now(TakeOverDraft(resident, GB.code))


@pytest.mark.parametrize("role", [Role.CAREGIVER, Role.MANAGER, Role.ADMINISTRATOR])
def test_who_may_not_assess_is_told_who_may(station: Station, role: Role) -> None:
    resident = station.desk.do_now(Admit())
    become(station, role)
    with pytest.raises(
        Refusal, match=r"您没有“做评估”的权限。有此权限的岗位：护士、护士长、医生、康复师、评估员；可以找："
    ):
        save(station, resident, Content(answers={"B.1.1": 3}))


def test_bad_content_is_refused_beside_its_field(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    tomorrow = (station.clock.now() + timedelta(days=1)).date()
    for content, field, words in [
        (Content(answers={"B.1.1": 9}), "B.1.1", "没有选项 9"),
        (Content(information={"A.5.11": "不知道"}), "A.5.11", "没有“不知道”这一项"),
        (Content(assessed_on=tomorrow), "assessed_on", "不能晚于今天"),
        (Content(occasion="随便"), "occasion", "评估原因应是：首次评估"),
        (Content(conclusion="长" * 2001), "conclusion", "最多2000个字"),
        (Content(place="长" * 501), "place", "最多500个字"),
    ]:
        with pytest.raises(Refusal, match=words) as refusal:
            save(station, resident, content)
        assert refusal.value.field == field
    assert station.desk.ask_now(OpenForm(resident)).held_by == ""


def test_unknown_residents_and_instruments_are_refused(station: Station) -> None:
    resident = station.desk.do_now(Admit())
    with pytest.raises(Refusal, match="没有编号为“xyz”的量表"):
        station.desk.do_now(SaveDraft(resident, "xyz", Content()))
    with pytest.raises(Refusal, match="没有这位老人的档案"):
        station.desk.do_now(SaveDraft(station.desk.actor.rid, GB.code, Content()))  # type: ignore[union-attr]  # signed in


ANSWERING = """
    import sys
    from pathlib import Path
    from uuid import UUID
    from app.assessments.content import Content
    from app.assessments.service import SaveDraft
    from tests.app.assessments.people import GB
    from tests.support.station import open_station

    station = open_station(Path(sys.argv[1]))
    answers = {}
    for code in GB.items:
        answers[code] = 0
        station.desk.do_now(SaveDraft(UUID(sys.argv[2]), GB.code, Content(answers=dict(answers))))
        print(len(answers), flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("after", [1, 7, 13, 26])
def test_killed_between_two_answers_none_is_lost(home: Path, after: int) -> None:
    station = open_station(home)
    resident = station.desk.do_now(Admit())
    station.close()
    with subprocess.Popen(  # our own text, run by our own interpreter
        [sys.executable, "-c", textwrap.dedent(ANSWERING), str(home), str(resident)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as answering:
        assert answering.stdout is not None
        seen = 0
        while seen < after:
            seen = int(answering.stdout.readline())
        answering.send_signal(signal.SIGKILL)
        answering.wait()
    station = open_station(home)
    kept = station.desk.ask_now(OpenForm(resident)).content.answers
    station.close()
    assert list(kept) == list(GB.items)[: len(kept)]
    assert len(kept) >= after
