"""What two people changed of one record: each value readable whole, a scan in words and never as its data."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QLabel

from app.referrals.partners.paper_fields import agreement_form
from ui.forms.both_changed import MINE, THEIRS, BothChanged
from ui.forms.form_view import FormView

KEPT = "5a838678058f6de375e8635b5f2fea47a4e5f07cb1a882a44b10f39abc6f34ff"
OURS = "每月第一周巡诊，药品随车带来，先救治后缴费"
OTHERS = "每月第一周巡诊，药品随车带来，先缴费后救治"


def photo() -> str:
    """As the form holds one just taken."""
    image, made = QImage(40, 40, QImage.Format.Format_RGB32), QBuffer()
    image.fill(Qt.GlobalColor.white)
    QImageWriter(made, QByteArray(b"PNG")).write(image)
    return f"data:image/png;base64,{b64encode(made.data().data()).decode()}"


def asked(qtbot: Any, **clashes: Any) -> BothChanged:
    form = FormView(agreement_form(date(2026, 11, 28)))
    qtbot.addWidget(form)
    form.set_values({"paper": (photo(),), "text": OURS, "number": "A-1"})
    both = BothChanged(form)
    qtbot.addWidget(both)
    both.ask(clashes)
    both.resize(560, both.heightForWidth(560))
    both.show()
    return both


def words(both: BothChanged) -> list[str]:
    return [one.text() for one in both.findChildren(QLabel)]


def test_a_scan_is_said_in_words(qtbot: Any) -> None:
    both = asked(qtbot, paper=(KEPT,))
    row = both._rows["paper"]
    assert [row.button(one).text() for one in (MINE, THEIRS)] == ["您填的：新的照片", "对方的：原来存的"]
    for one in (MINE, THEIRS):
        assert "base64" not in row.button(one).toolTip() + row.button(one).accessibleName()


def test_long_texts_stand_whole_above_the_choice(qtbot: Any) -> None:
    both = asked(qtbot, text=OTHERS, number="A-2")
    assert f"您填的：{OURS}" in words(both)
    assert f"对方的：{OTHERS}" in words(both)
    row = both._rows["text"]
    assert [row.button(one).text() for one in (MINE, THEIRS)] == ["用您填的", "用对方的"]
    assert both._rows["number"].button(THEIRS).text() == "对方的：A-2"
