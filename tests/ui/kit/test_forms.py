"""Forms: typed by keys, judged as typed, the first error focused, drafts told, Enter moving on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.form import Choice, Field, Form, Kind, Section
from tests.support.hands import type_text, wipe
from tests.support.layout import lint
from ui.forms import FormView
from ui.forms.fields.choice import ChoiceList, ChoiceRow
from ui.forms.fields.day import CalendarPopup, DayInput
from ui.kit import ScrollBody

FOLK = ("汉族", "回族", "满族", "藏族", "壮族", "苗族")
FORM = Form(
    (
        Section(
            "基本信息",
            (
                Field("name", "姓名", required=True, max_length=10),
                Field(
                    "sex", "性别", Kind.CHOICE, required=True, choices=(Choice("m", "男"), Choice("f", "女"))
                ),
                Field("birth", "出生日期", Kind.DATE, latest=date(2026, 11, 24)),
                Field("folk", "民族", Kind.CHOICE, choices=tuple(Choice(name, name) for name in FOLK)),
            ),
        ),
        Section(
            "联系",
            (
                Field(
                    "id",
                    "身份证号",
                    Kind.ID_NUMBER,
                    check=lambda text: None if text[-1] == "X" else "校验码不对。",
                ),
                Field("phone", "电话", Kind.PHONE),
                Field("weight", "体重", Kind.NUMBER, unit="kg", decimals=1, low=20, high=200),
                Field(
                    "past", "病史", Kind.CHOICES, choices=(Choice("htn", "高血压"), Choice("dm", "糖尿病"))
                ),
                Field("note", "备注", Kind.LINES),
                Field("secret", "密码", Kind.PASSWORD),
            ),
        ),
    )
)


@pytest.fixture
def form(qtbot: QtBot) -> FormView:
    made = FormView(FORM)
    qtbot.addWidget(made)
    made.resize(760, 640)
    with qtbot.waitActive(made):
        made.show()
    return made


def line(form: FormView, key: str) -> QLineEdit:
    widget = form.input(key)
    assert isinstance(widget, QLineEdit)
    return widget


def write(form: FormView, key: str, text: str) -> None:
    form.focus_on(key)
    type_text(form.input(key), text)


def test_typed_values_come_back_tidy(qtbot: QtBot, form: FormView) -> None:
    write(form, "name", " 李桂兰 ")
    write(form, "birth", "1935.3.12")
    write(form, "id", "35020219350312002x")
    write(form, "phone", "１３８ 0013 5520")
    write(form, "weight", "52.4")
    write(form, "note", "喜欢听戏")
    row = form.input("sex")
    assert isinstance(row, ChoiceRow)
    qtbot.mouseClick(row.button("f"), Qt.MouseButton.LeftButton)
    assert form.check()
    values = form.values()
    assert values["name"] == "李桂兰"
    assert values["birth"] == "1935-03-12"
    assert values["id"] == "35020219350312002X"
    assert values["phone"] == "13800135520"
    assert values["weight"] == "52.4"
    assert values["sex"] == "f"
    assert values["past"] == ()
    assert values["note"] == "喜欢听戏"


@pytest.mark.parametrize("typed", ["1935-03-12", "1935.3.12", "19350312", "1935/3/12", "1935年3月12日"])
def test_a_date_is_shown_in_one_form_once_left(form: FormView, typed: str) -> None:
    write(form, "birth", typed)
    form.focus_on("name")
    assert line(form, "birth").text() == "1935-03-12"
    assert form.error("birth") == ""


def test_a_sentence_comes_when_the_field_is_left_and_goes_as_typed(form: FormView) -> None:
    write(form, "birth", "1935-02-30")
    assert form.error("birth") == ""
    form.focus_on("name")
    assert form.error("birth") == "日期不存在，请按 1935-03-12 这样填写。"
    assert form.input("birth").property("wrong") == "true"
    form.focus_on("birth")
    wipe(form.input("birth"), 2)
    type_text(form.input("birth"), "28")
    assert form.error("birth") == ""
    assert form.input("birth").property("wrong") == "false"


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("name", "一二三四五六七八九十一", "最多 10 个字，现在 11 个。"),
        ("birth", "2026-11-25", "不能晚于 2026-11-24。"),
        ("id", "3502021935", "身份证号应为 18 位，现在 10 位。"),
        ("id", "350202193503120029", "校验码不对。"),
        ("phone", "13800", "电话应为 11 位手机号，或带区号的座机号。"),
        ("weight", "五十", "请填数字。"),
        ("weight", "300", "应在 20 到 200 kg 之间，请核对。"),
        ("weight", "52.45", "最多 1 位小数。"),
    ],
)
def test_what_is_wrong_is_said_under_the_field(form: FormView, key: str, typed: str, said: str) -> None:
    write(form, key, typed)
    form.focus_on("note")
    assert form.error(key) == said


def test_submitting_focuses_the_first_error(form: FormView) -> None:
    form.set_values({"weight": "999"})
    assert not form.check()
    assert form.error("name") == "请填写姓名。"
    assert form.error("sex") == "请选择性别。"
    assert form.error("weight") != ""
    assert form.input("name").hasFocus()


def test_a_refusal_lands_on_its_field(form: FormView) -> None:
    assert form.show_refusal("id", "这个身份证号已有人用。")
    assert form.error("id") == "这个身份证号已有人用。"
    assert form.input("id").hasFocus()
    assert not form.show_refusal("nowhere", "…")


def test_enter_moves_on_and_submits_at_the_end(qtbot: QtBot, form: FormView) -> None:
    submitted: list[bool] = []
    form.submitted.connect(lambda: submitted.append(True))
    form.focus_on("phone")
    qtbot.keyClick(form.input("phone"), Qt.Key.Key_Return)
    assert form.input("weight").hasFocus()
    form.focus_on("secret")
    qtbot.keyClick(form.input("secret"), Qt.Key.Key_Return)
    assert submitted == [True]
    note = form.input("note")
    assert isinstance(note, QPlainTextEdit)
    form.focus_on("note")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    assert note.toPlainText() == "\n"


def test_a_draft_is_told_as_typed_and_holds_no_password(qtbot: QtBot, form: FormView) -> None:
    told: list[dict[str, object]] = []
    form.changed.connect(lambda: told.append(dict(form.draft())))
    form.set_values({"name": "不算"})
    assert told == []
    write(form, "birth", "19")
    write(form, "secret", "abc")
    assert len(told) == 5
    assert told[1]["birth"] == "19"
    assert "secret" not in told[-1]
    other = FormView(FORM)
    qtbot.addWidget(other)
    other.set_values(form.draft())
    assert other.draft() == form.draft()


def test_many_choices_are_searched_by_sound_and_never_guessed(form: FormView) -> None:
    folk = form.input("folk")
    assert isinstance(folk, ChoiceList)
    completer = folk.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    for typed, kept, said in (
        ("hanz", "汉族", ""),
        ("zhuang", "壮族", ""),
        ("zz", "zz", "没有这个民族，请从列表中选择。"),  # 藏族 or 壮族: the person must say
        ("火星族", "火星族", "没有这个民族，请从列表中选择。"),
    ):
        form.focus_on("folk")
        type_text(folk, typed)
        QTest.keyClick(popup if popup.isVisible() else folk, Qt.Key.Key_Tab)
        assert form.values()["folk"] == kept
        assert form.error("folk") == said


def test_the_wheel_changes_no_choice(form: FormView) -> None:
    form.set_values({"folk": "回族"})
    folk = form.input("folk")
    assert isinstance(folk, QComboBox)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(folk.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(folk, wheel)
    assert form.values()["folk"] == "回族"


def test_the_calendar_takes_a_day(qtbot: QtBot, form: FormView) -> None:
    birth = form.input("birth")
    assert isinstance(birth, DayInput)
    form.set_values({"birth": "1935-03-12"})
    qtbot.keyClick(birth, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = birth.findChild(CalendarPopup)
    assert popup is not None
    assert popup.isVisible()
    assert popup.calendar.selectedDate() == QDate(1935, 3, 12)
    popup.calendar.clicked.emit(QDate(1935, 3, 20))
    assert not popup.isVisible()
    assert form.values()["birth"] == "1935-03-20"


def test_an_optional_choice_can_be_taken_back(qtbot: QtBot) -> None:
    row = ChoiceRow(Field("x", "意识", Kind.CHOICE, choices=(Choice("a", "清楚"), Choice("b", "模糊"))))
    qtbot.addWidget(row)
    row.show()
    for expected in ("a", "", "a"):
        qtbot.mouseClick(row.button("a"), Qt.MouseButton.LeftButton)
        assert row.value() == expected


def test_narrow_is_one_column_and_wide_is_two(qtbot: QtBot) -> None:
    form = FormView(FORM)

    def beside(one: str, other: str) -> bool:
        return form.input(one).mapTo(form, form.input(one).rect().topLeft()).y() == (
            form.input(other).mapTo(form, form.input(other).rect().topLeft()).y()
        )

    body = ScrollBody()
    qtbot.addWidget(body)
    body.body.addWidget(form)
    body.resize(800, 700)
    body.show()
    qtbot.waitUntil(lambda: beside("name", "sex"))
    body.resize(480, 700)
    qtbot.waitUntil(lambda: not beside("name", "sex"))


@pytest.mark.parametrize("width", [420, 760])
def test_nothing_is_clipped_with_every_error_shown(qtbot: QtBot, width: int) -> None:
    form = FormView(FORM)
    qtbot.addWidget(form)
    form.set_values({"birth": "x", "id": "1", "phone": "1", "weight": "x", "past": ("htn",)})
    form.check()
    form.resize(width, form.sizeHint().height() + 400)
    form.show()
    assert lint(form) == []


def test_every_field_has_a_name_for_screen_readers(form: FormView) -> None:
    for field in FORM.fields:
        widget: QWidget = form.input(field.key)
        assert widget.accessibleName() == field.label
    for button in form.findChildren(QPushButton):
        assert button.accessibleName()
