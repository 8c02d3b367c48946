"""The form of a referral as the picture has it: what belongs together stands in one line, level, in reading order."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.core.roles import Role as Post
from tests.app.referrals.house import Desk
from tests.ui.referrals.form_room import ill, opened
from tests.ui.referrals.room import until
from tests.ui.residents.stage import on_stage
from ui.kit import Button
from ui.kit.paint import metrics
from ui.referrals.form_green import GreenLine, StepFace
from ui.referrals.form_tile import value_role
from ui.referrals.form_view import FormView
from ui.style import Role


def place_in(view: QWidget, piece: QWidget) -> QPoint:
    return piece.mapTo(view, QPoint(0, 0))


def stops(view: FormView) -> list[QWidget]:
    """Where Tab leads in the steps, from the first one on."""
    inside, first = view.pieces.steps.widget(), view.pieces.reason.tiles.focus_part()
    assert inside is not None
    found: list[QWidget] = []
    one: QWidget | None = first
    while one is not None and not (found and one is first):
        reached = one.isVisibleTo(view) and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if reached and inside.isAncestorOf(one):
            found.append(one)
        one = one.nextInFocusChain()
    return found


async def test_name_and_facts_share_a_line_and_the_allergies_are_as_wide_as_their_words(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        head = (await opened(stage, desk)).pieces.head
        middle = place_in(head, head.name).y() + head.name.height() / 2
        for fact in filter(QWidget.isVisible, head.facts):
            assert abs(place_in(head, fact).y() + fact.height() / 2 - middle) <= 4
        words = metrics(Role.BODY).horizontalAdvance(head.allergies.accessibleName())
        assert words < head.allergies.width() < words + 80
        assert head.height() < 90


async def test_another_reason_and_the_urgency_share_a_line(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station, (1366, 768)) as stage:
        reason = (await opened(stage, desk)).pieces.reason
        row, option = reason.add, reason.urgency.button("emergency")
        assert abs(place_in(reason, row).y() - place_in(reason, option).y()) <= 2
        assert place_in(reason, row).x() < place_in(reason, option).x()
        stage.frame.resize(900, 600)
        await until(lambda: place_in(reason, option).y() > place_in(reason, row).y() + 20)


async def test_a_text_is_level_with_its_title_letter_and_source(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        for row in (view.pieces.sbar.rows["sbar_A"], view.pieces.reason.impression):
            line = row.text.cursorRect().center()
            middle = row.text.viewport().mapTo(row, line).y()
            for label in (row.title, row.source):
                box = label.contentsRect()
                first = place_in(row, label).y() + box.top() + label.fontMetrics().height() / 2
                assert abs(first - middle) <= 1.5, (row.field, label.text())


async def test_each_part_of_the_pack_says_its_pages(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        parts = view.pieces.pack.parts
        await until(lambda: parts.note("letter").endswith("页"))
        assert parts.note("consent") == "待签", "what it waits for goes before its pages"
        assert [parts.note(key) for key in ("letter", "sbar")] == ["2 页", "1 页"]
        parts.boxes["sbar"].click()
        await until(lambda: not parts.note("sbar"))
        drawn = view.live.drawn
        assert drawn is not None
        assert sum(drawn.each) == drawn.pages


async def test_tab_goes_through_the_steps_as_they_are_read(desk: Desk) -> None:
    ill(desk)
    async with on_stage(desk.station) as stage:
        view = await opened(stage, desk)
        view.pieces.reason._added("chest_pain")  # one that asks since when
        await stage.settle()
        inside = view.pieces.steps.widget()
        assert inside is not None
        tops = [place_in(inside, one).y() + one.height() // 2 for one in stops(view)]
        back = [
            (stops(view)[place], tops[place - 1], top)
            for place, top in enumerate(tops)
            if place and top < tops[place - 1] - 20
        ]
        assert not back


def test_a_long_value_is_smaller_before_it_is_cut() -> None:
    assert value_role("14 分", 160) is Role.TILE_NUMBER
    assert value_role("V 对声音有反应", 110) is Role.STRONG


def test_whoever_has_arrived_is_expected_no_more(qapp: QApplication) -> None:
    line = GreenLine()
    there = {code: StepFace("14:00") for code in ("started", "told", "ambulance_called", "ambulance_here")}
    line.show_times(there)
    assert line.comes_next("eta")
    line.show_times(there | {"arrived": StepFace("14:25")})
    assert not line.comes_next("eta")


async def test_whoever_may_not_refer_is_led_back(desk: Desk) -> None:
    desk.become(Post.CAREGIVER)
    async with on_stage(desk.station) as stage:
        view = stage.view("referral", {"resident": desk.li})
        await stage.settle()
        assert "办理转诊" in view.state.words
        assert [crumb.words for crumb in view.crumbs] == ["转诊", "新建上转"]
        button = next(one for one in view.findChildren(Button) if one.isVisible() and one.text() == "返回")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await until(lambda: stage.place != "referral")
