"""The smaller pieces: notice, password, search, states, progress, keys, sheets, focus ring, crumbs, steps, scores."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.watch import Watch
from ui import kit
from ui.kit.flow import Flow
from ui.kit.focus_ring import RingOverlay
from ui.kit.states import progress_words
from ui.style import Tone


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    QVBoxLayout(made)
    return made


def put(page: QWidget, *pieces: QWidget) -> None:
    box = page.layout()
    assert box is not None
    for piece in pieces:
        box.addWidget(piece)


def show(qtbot: QtBot, page: QWidget) -> None:
    with qtbot.waitActive(page):
        page.show()


def test_the_notice_undoes_once(qtbot: QtBot, page: QWidget) -> None:
    notice = kit.Notice()
    put(page, notice)
    show(qtbot, page)
    undone: list[bool] = []
    notice.done("已给 08:02", undo=lambda: undone.append(True))
    undo = next(b for b in notice.findChildren(kit.Button) if b.isVisible())
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert notice.text() == ""
    notice.refused("有效期已过。")
    assert notice.text() == "有效期已过。"
    assert not undo.isVisible()
    assert notice.property("strip") == "orange"
    qtbot.mouseClick(notice.findChildren(kit.IconButton)[0], Qt.MouseButton.LeftButton)
    assert not notice.isVisible()


@pytest.mark.parametrize(
    ("known", "said", "tone"),
    [
        (None, "过敏史不详，用药前请先核对", "warn"),
        ((), "无已知过敏", "neutral"),
        (("青霉素", "磺胺类"), "过敏：青霉素、磺胺类", "danger"),
    ],
)
def test_unknown_allergies_are_never_shown_as_none(
    qtbot: QtBot, known: tuple[str, ...] | None, said: str, tone: str
) -> None:
    strip = kit.AllergyStrip()
    qtbot.addWidget(strip)
    strip.show_allergies(known)
    assert strip.accessibleName() == said
    assert strip.property("strip") == tone


def test_the_eye_shows_and_hides_and_caps_lock_is_noticed(qtbot: QtBot, page: QWidget) -> None:
    field = kit.PasswordField()
    hint = kit.CapsHint(field)
    put(page, field, hint)
    show(qtbot, page)
    field.setFocus()
    qtbot.keyClicks(field, "ab")
    assert not hint.isVisible()
    locked = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_C, Qt.KeyboardModifier.NoModifier, "C")
    QApplication.sendEvent(field, locked)
    assert hint.isVisible()
    assert field.text() == "abC"
    eye = field.findChild(kit.IconButton)
    assert eye is not None
    assert field.echoMode() == QLineEdit.EchoMode.Password
    qtbot.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert field.echoMode() == QLineEdit.EchoMode.Normal
    assert eye.accessibleName() == "隐藏密码"
    field.hide_again()
    assert field.echoMode() == QLineEdit.EchoMode.Password


def test_searching_waits_for_the_last_sign_and_esc_empties(qtbot: QtBot, page: QWidget) -> None:
    field = kit.SearchField("筛选", "姓名")
    put(page, field)
    show(qtbot, page)
    searched: list[str] = []
    field.searched.connect(searched.append)
    qtbot.keyClicks(field, "lig")
    assert searched == []
    qtbot.waitUntil(lambda: searched == ["lig"])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: searched == ["lig", ""])


def test_loading_is_said_only_when_it_takes_long(qtbot: QtBot, page: QWidget) -> None:
    view = kit.StateView(QLabel("内容"))
    put(page, view)
    show(qtbot, page)
    view.loading()
    assert view.words == ""
    qtbot.waitUntil(lambda: view.words == "正在读取…")
    view.content()
    assert view.words == ""
    added: list[bool] = []
    view.empty("还没有老人", "从花名册导入。", ("导入花名册", lambda: added.append(True)))
    button = next(b for b in view.findChildren(kit.Button) if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert added == [True]
    view.refused("需要「查看老人」的权限", "护士长和管理员有。")
    assert view.words == "需要「查看老人」的权限"
    assert not button.isVisible()


def test_progress_hears_a_watch_and_cancels_it(qtbot: QtBot, page: QWidget) -> None:
    strip = kit.ProgressStrip()
    put(page, strip)
    show(qtbot, page)
    watch = Watch(strip.reported.emit)
    strip.cancelled.connect(watch.cancel)
    strip.begin("正在导入")
    watch.report(1200, 14000, "")
    assert strip.said() == "正在导入 1,200 / 14,000"
    qtbot.mouseClick(strip.findChildren(kit.Button)[0], Qt.MouseButton.LeftButton)
    assert watch.cancelled
    assert strip.said().startswith("正在停止…")


@pytest.mark.parametrize(
    ("done", "elapsed", "said"),
    [
        (100, 2900, "100 / 1,000"),
        (100, 3000, "100 / 1,000，还要约 27 秒"),
        (10, 10000, "10 / 1,000，还要约 16 分钟"),
        (0, 9000, "0 / 1,000"),
        (1000, 9000, "1,000 / 1,000"),
    ],
)
def test_remaining_time_is_said_after_three_seconds(done: int, elapsed: int, said: str) -> None:
    assert progress_words(done, 1000, elapsed) == said


def test_keys_work_inside_their_view_and_f1_shows_the_same_data(qtbot: QtBot, page: QWidget) -> None:
    pressed: list[str] = []
    inner = kit.Button("里面")
    put(page, inner)
    kit.bind(page, kit.Key("Ctrl+F", "筛选", lambda: pressed.append("F")), kit.Key("Up Down", "选择"))
    show(qtbot, page)
    inner.setFocus()
    qtbot.keyClick(inner, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["F"]
    keys = kit.keys_here(inner)
    assert [(key.shown, key.words) for key in keys] == [("Ctrl+F", "筛选"), ("↑ ↓", "选择")]
    sheet = kit.KeySheet(page, keys)
    sheet.open()
    assert {"筛选", "选择", "↑ ↓"} <= {label.text() for label in sheet.findChildren(QLabel)}
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_sheet_veils_its_window_and_asks(qtbot: QtBot, page: QWidget) -> None:
    show(qtbot, page)
    done: list[bool] = []
    sheet = kit.ask_first(page, "停用周敏？", "停用后不能再登录，记录都在。", "停用", grave=True)
    sheet.done_with.connect(lambda: done.append(True))
    assert sheet.isVisible()
    assert len(page.findChildren(kit.Veil)) == 1
    assert sheet.main is not None
    assert not sheet.main.isDefault()  # a stray Enter does nothing grave
    qtbot.mouseClick(sheet.main, Qt.MouseButton.LeftButton)
    assert done == [True]
    qtbot.waitUntil(lambda: not page.findChildren(kit.Veil))


def test_the_ring_shows_after_tab_and_not_after_a_click(qtbot: QtBot, page: QWidget) -> None:
    first, second = kit.Button("一"), kit.Button("二")
    put(page, first, second)
    show(qtbot, page)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert page.findChildren(RingOverlay) == []
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    (ring,) = page.findChildren(RingOverlay)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    page.resize(700, 500)
    page.grab()
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not ring.isVisible()


def test_the_ring_goes_with_its_button(qtbot: QtBot, page: QWidget) -> None:
    first, second, third = kit.Button("一"), kit.Button("二"), kit.Button("三")
    put(page, first, second, third)
    show(qtbot, page)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    with qtbot.waitSignal(second.destroyed):
        second.deleteLater()
    third.setFocus(Qt.FocusReason.TabFocusReason)
    visible = [ring for ring in page.findChildren(RingOverlay) if ring.isVisible()]
    assert len(visible) == 1
    assert visible[0].geometry() == third.geometry().adjusted(-4, -4, 4, 4)


def test_crumbs_lead_back(qtbot: QtBot, page: QWidget) -> None:
    crumbs = kit.Crumbs()
    put(page, crumbs)
    crumbs.show_path("老人", "李桂兰", "评估")
    show(qtbot, page)
    chosen: list[int] = []
    crumbs.chosen.connect(chosen.append)
    buttons = [b for b in crumbs.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons] == ["老人", "李桂兰"]
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert chosen == [1]


def test_steps_say_where_one_is(qtbot: QtBot) -> None:
    steps = kit.Steps((kit.Step("机构"), kit.Step("人员"), kit.Step("花名册")))
    qtbot.addWidget(steps)
    steps.show_step(1)
    steps.note(0, "康宁养护院")
    assert "第 2 步，共 3 步" in {label.text() for label in steps.findChildren(QLabel)}
    names = [child.accessibleName() for child in steps.findChildren(QWidget) if child.accessibleName()]
    assert names[:2] == ["第 1 步 机构 已完成 康宁养护院", "第 2 步 人员 正在进行 "]


@pytest.mark.parametrize(
    ("score", "label"), [(0, "完全"), (29, "完全"), (30, "重度"), (45, "重度"), (46, "中度"), (90, "完好")]
)
def test_a_scale_finds_the_level_at_every_edge(qtbot: QtBot, score: int, label: str) -> None:
    bands = (
        kit.Band("完好", 90, Tone.OK),
        kit.Band("中度", 46, Tone.WARN),
        kit.Band("重度", 30, Tone.ORANGE),
    )
    scale = kit.LevelScale((*bands, kit.Band("完全", 0, Tone.DANGER)), 90)
    qtbot.addWidget(scale)
    scale.say(score)
    assert scale.accessibleName() == f"{score} 分 {label}"


def test_a_name_is_never_read_as_markup(qtbot: QtBot) -> None:
    label = kit.Words("<b>李</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    button: Callable[[str], kit.Button] = kit.Button
    named = button("R&D")
    qtbot.addWidget(named)
    assert named.text() == "R&&D"


def test_a_flow_keeps_its_margins(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(8)
    holder.setLayout(flow)
    flow.setContentsMargins(20, 10, 30, 12)
    pieces = [QLabel() for _ in range(4)]
    for piece in pieces:
        piece.setFixedSize(100, 30)
        flow.addWidget(piece)
    holder.resize(20 + 30 + 208, 200)
    holder.show()
    assert [(piece.x(), piece.y()) for piece in pieces] == [(20, 10), (128, 10), (20, 48), (128, 48)]
    assert flow.heightForWidth(20 + 30 + 208) == 10 + 30 + 8 + 30 + 12
    assert flow.minimumSize().width() == 20 + 100 + 30
    assert flow.sizeHint().width() == 20 + 4 * 100 + 3 * 8 + 30
