"""Layouts of the kit: rows that flow are level, a list gives way to its page, Tab goes as one reads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.kit import Badge, Button, ScrollBody, Words
from ui.kit.flow import FlowRow
from ui.kit.list_and_page import ListAndPage, PageHead
from ui.kit.pick_box import PickBox
from ui.kit.reading_order import read_in_order


def show(piece: QWidget, wide: int, high: int = 400) -> QWidget:
    piece.resize(wide, high)
    piece.show()
    QApplication.processEvents()
    return piece


def middle(piece: QWidget) -> float:
    return piece.y() + piece.height() / 2


def test_pieces_of_one_row_are_level(qapp: QApplication) -> None:
    row = FlowRow(10)
    pieces = (Words("到期自动续签"), Badge("将到期"), Button("更正"))
    row.show_pieces(pieces)
    show(row, 600)
    heights = [middle(one) for one in pieces]
    assert max(heights) - min(heights) <= 1


def test_what_is_hidden_takes_no_gap_in_a_row_that_flows(qapp: QApplication) -> None:
    row = FlowRow(10)
    hidden = Button("结束")
    row.show_pieces((Button("续床"), hidden, Button("查床")))
    show(row, 600)
    before = row.sizeHint().width()
    gone = hidden.sizeHint().width() + 10
    hidden.hide()
    QApplication.processEvents()
    assert row.sizeHint().width() == before - gone


def test_a_list_gives_way_to_its_page(qapp: QApplication) -> None:
    left, right = QWidget(), QWidget()
    whole = ListAndPage(left, right, 388)
    show(whole, 1300)
    assert left.width() == 388
    whole.resize(780, 400)
    QApplication.processEvents()
    assert left.width() < 300
    assert whole.minimumSizeHint().width() < 330


def test_a_head_breaks_where_its_acts_have_no_room(qapp: QApplication) -> None:
    name, act = Words("安和市第一人民医院"), Button("停止合作")
    head = PageHead((name,), (act, Button("修改")))
    show(head, 700, 40)
    assert abs(name.mapTo(head, name.rect().center()).y() - act.mapTo(head, act.rect().center()).y()) <= 1
    head.resize(260, 120)
    QApplication.processEvents()
    assert act.mapTo(head, act.rect().topLeft()).y() > name.mapTo(head, name.rect().bottomLeft()).y()


def test_a_narrow_box_ends_in_dots(qapp: QApplication) -> None:
    whole = QWidget()
    box = PickBox("医院", 190, least=100)
    QVBoxLayout(whole).addWidget(box)
    box.show_choices((("a", "安和市第一人民医院"),))
    show(whole, 500)
    assert box.width() == box.sizeHint().width(), "it does not grow beyond its words"
    assert box.shown_words() == "安和市第一人民医院"
    whole.resize(140, 100)
    QApplication.processEvents()
    assert box.width() < 130
    assert box.shown_words().endswith("…")


def test_tab_goes_as_one_reads_whenever_a_piece_was_made(qapp: QApplication) -> None:
    whole = QWidget()
    box = QVBoxLayout(whole)
    first, last = QLineEdit(), QLineEdit()
    box.addWidget(first)
    inside = ScrollBody()
    box.addWidget(inside)
    box.addWidget(last)
    late = QLineEdit()
    inside.body.addWidget(late)
    show(whole, 300)
    assert first.nextInFocusChain() is not late
    read_in_order(whole)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    whole.focusNextChild()
    assert late.hasFocus()
    whole.focusNextChild()
    assert last.hasFocus()


def test_what_does_not_scroll_takes_the_room_beside_the_bar(qapp: QApplication) -> None:
    body = ScrollBody((0, 0, 8, 0))
    piece = QLineEdit()
    body.body.addWidget(piece)
    body.body.addStretch(1)
    show(body, 400, 200)
    assert piece.width() == 400
    tall = QWidget()
    tall.setFixedHeight(600)
    body.body.addWidget(tall)
    for _turn in range(3):
        QApplication.processEvents()
    assert piece.width() == 400 - 8 - body.verticalScrollBar().width()
