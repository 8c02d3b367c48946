"""Errands: what becomes of an answer, a refusal, a double click, and a view that is gone."""

from __future__ import annotations

import sys
from types import TracebackType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Cancelled, Refusal, Trouble
from tests.ui.kit.fake_desk import FakeDesk, Give, WhoIsThere
from ui.kit import Button, Errands, Notice, errand, latest


class DoseView(QWidget):
    """A view that gives one dose and shows who is there."""

    def __init__(self, desk: FakeDesk) -> None:
        super().__init__()
        self.notice = Notice()
        self.button = Button("给药", "primary")
        self.shown: list[tuple[str, ...]] = []
        self.fields_told: list[tuple[str, str]] = []
        self.errands = Errands(desk, self, notice=self.notice, fields=self)
        box = QVBoxLayout(self)
        box.addWidget(self.notice)
        box.addWidget(self.button)
        self.button.clicked.connect(self.give)

    def show_refusal(self, field: str, text: str) -> bool:
        if field != "dose":
            return False
        self.fields_told.append((field, text))
        return True

    @errand
    async def give(self) -> None:
        at = await self.errands.do(Give("氨氯地平"), busy=self.button)
        self.notice.done(f"已给 {at}")

    @latest
    async def search(self, words: str) -> None:
        self.shown.append(await self.errands.ask(WhoIsThere(words)))


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def view(qtbot: QtBot, desk: FakeDesk) -> DoseView:
    made = DoseView(desk)
    qtbot.addWidget(made)
    made.show()
    return made


async def test_an_order_is_done_and_its_answer_told(qtbot: QtBot, desk: FakeDesk, view: DoseView) -> None:
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    await desk.settle()
    assert view.button.busy
    assert not view.button.isEnabled()
    await desk.answer("08:02")
    assert view.notice.text() == "已给 08:02"
    assert view.button.isEnabled()
    assert desk.orders == [Give("氨氯地平")]


async def test_a_double_click_gives_one_dose(qtbot: QtBot, desk: FakeDesk, view: DoseView) -> None:
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    await desk.answer("08:02")
    await desk.settle()
    assert len(desk.orders) == 1
    qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    await desk.answer("08:05")
    assert len(desk.orders) == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refusal("有效期已过，不能再给。"), "有效期已过，不能再给。"),
        (Refusal("剂量不对。", field="elsewhere"), "剂量不对。"),
        (Trouble("磁盘已满。", remedy="请清理磁盘。"), "磁盘已满。请清理磁盘。"),
        (Cancelled(), "已取消，没有写入任何内容。"),
    ],
)
async def test_a_no_is_said_in_the_notice_line(
    desk: FakeDesk, view: DoseView, error: Exception, said: str
) -> None:
    view.give()
    await desk.answer(error)
    assert view.notice.text() == said
    assert view.button.isEnabled()
    assert view.errands.running == frozenset()


async def test_a_refusal_goes_beside_its_field(desk: FakeDesk, view: DoseView) -> None:
    view.give()
    await desk.answer(Refusal("剂量要大于 0。", field="dose"))
    assert view.fields_told == [("dose", "剂量要大于 0。")]
    assert view.notice.text() == ""


async def test_a_newer_search_takes_over(desk: FakeDesk, view: DoseView) -> None:
    view.search("li")
    await desk.settle()
    view.search("lig")
    await desk.settle()
    await desk.answer(("李桂兰",))
    assert view.shown == [("李桂兰",)]
    assert desk.questions == [WhoIsThere("li"), WhoIsThere("lig")]


async def test_an_order_outlives_its_view_and_a_late_no_is_still_heard(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(Errands, "late", staticmethod(heard.append))
    view = DoseView(desk)
    view.give()
    await desk.settle()
    gone = view.errands
    view.deleteLater()
    del view
    for _ in range(20):
        if gone.gone:
            break
        await desk.settle()
    assert gone.gone
    await desk.answer(Refusal("已有人给过。"))
    assert heard == ["已有人给过。"]
    gone.start("more", lambda: pytest.fail("a dead view starts nothing"))
    assert gone.running == frozenset()


async def test_a_bug_goes_to_the_application(
    desk: FakeDesk, view: DoseView, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        caught.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    view.give()
    await desk.answer(ZeroDivisionError("a bug"))
    assert [type(error) for error in caught] == [ZeroDivisionError]
    assert view.button.isEnabled()
