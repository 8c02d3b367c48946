"""Times, body map and photos as fields: typed, clicked, walked with arrows, scaled before they are kept."""

from __future__ import annotations

import base64
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.body import sites
from app.core.form import Choice, Field, Kind, problem, tidy
from ui.forms.fields.body import BodyInput
from ui.forms.fields.photos import BYTES, NEW, SIDE, PhotosInput, as_jpeg
from ui.forms.fields.times import TimeInput

TODAY = date(2026, 11, 24)
SITES = tuple(Choice(site.code, site.words) for site in sites())


def shown(qtbot: QtBot, field: Field) -> BodyInput:
    widget = BodyInput(field)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_a_site_is_marked_by_click_by_arrows_and_from_the_list(qtbot: QtBot) -> None:
    widget = shown(qtbot, Field("site", "部位", Kind.BODY, choices=SITES))
    sacrum = next(site for site in sites() if site.code == "sacrum")
    QTest.mouseClick(widget.map, Qt.MouseButton.LeftButton, pos=widget.map.place(sacrum).toPoint())
    assert widget.value() == ("sacrum",)
    widget.map.setFocus()
    QTest.keyClick(widget.map, Qt.Key.Key_Up)
    assert widget.map.here.code == "loin"
    QTest.keyClick(widget.map, Qt.Key.Key_Space)
    assert widget.value() == ("sacrum", "loin")
    QTest.mouseClick(widget.map, Qt.MouseButton.LeftButton, pos=widget.map.place(sacrum).toPoint())
    assert widget.value() == ("loin",)
    QTest.mouseClick(widget.map, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert widget.value() == ("loin",)
    for _ in range(len(sites())):
        QTest.keyClick(widget.map, Qt.Key.Key_Right)
    assert widget.map.here.view == "front"


def test_one_mark_takes_the_place_of_the_other(qtbot: QtBot) -> None:
    field = Field("site", "部位", Kind.BODY, choices=SITES, most=1, required=True)
    widget = shown(qtbot, field)
    assert problem(field, widget.value()) == "请选择部位。"
    widget.list.set_value("heel_l")
    widget.list.activated.emit(0)
    widget.map.toggled.emit("heel_r")
    assert widget.value() == ("heel_r",)
    assert widget.list.value() == "heel_r"
    assert problem(field, ("heel_l", "heel_r")) == "最多 1 项，现在 2 项。"


@pytest.mark.parametrize("size", [(4000, 3000), (300, 200)])
def test_photos_are_scaled_before_they_are_kept(qtbot: QtBot, tmp_path: Path, size: tuple[int, int]) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#AA3333"))
    for x in range(0, size[0], 3):
        image.setPixelColor(x, x % size[1], QColor(x % 255, 90, 40))
    path = tmp_path / "wound.png"
    assert image.save(str(path))
    widget = PhotosInput(Field("photos", "照片", Kind.PHOTOS, most=2))
    qtbot.addWidget(widget)
    widget.add_file(str(path))
    photos = widget.value()
    assert isinstance(photos, tuple)
    (photo,) = photos
    content = base64.b64decode(photo.removeprefix(NEW))
    kept = QImage.fromData(content)
    assert len(content) <= BYTES
    assert max(kept.width(), kept.height()) == min(SIDE, max(size))
    widget.add_image(image)
    widget.add_image(image)
    assert len(widget.value()) == 2
    assert "最多 2 张照片" in widget._said.text()
    widget.add_file(str(tmp_path / "nothing.jpg"))
    assert "不是能读的图片" in widget._said.text()
    assert as_jpeg(image)[:2] == b"\xff\xd8"


def test_a_time_tidies_itself_when_it_is_left(qtbot: QtBot) -> None:
    field = Field("at", "时间", Kind.MOMENT, today=TODAY, latest=TODAY)
    widget = TimeInput(field)
    qtbot.addWidget(widget)
    widget.setText("昨天 2210")
    widget.editingFinished.emit()
    assert widget.text() == "2026-11-23 22:10"
    widget.setText("差不多八点")
    assert problem(field, widget.value()) == "时间不存在，请按 8:30 或 11-23 22:10 这样填写。"
    assert problem(field, "2026-11-25 08:00") == "不能晚于 2026-11-24。"
    assert tidy(Field("next", "下次", Kind.TIME), "8点") == "08:00"
