"""Every piece in one window: nothing clipped, overlapping, squeezed, small or pale, in every theme and text size."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.layout import lint
from tests.support.shots import shot
from tests.ui.kit import gallery
from ui.style import look

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("scale", look.SCALES)
def test_the_gallery_is_sound(qtbot: QtBot, qapp: QApplication, *, dark: bool, scale: float) -> None:
    look.apply(qapp, dark=dark, scale=scale)
    window = gallery.build()
    qtbot.addWidget(window)
    window.show()
    qapp.processEvents()
    assert lint(window) == []
    assert (
        shot(window, f"gallery-{scale:g}{'-dark' if dark else ''}", dark=dark, scale=scale).stat().st_size
        > 50_000
    )


def test_the_gallery_is_sound_at_150_percent() -> None:
    """The device ratio is fixed when the application starts, so this one runs by itself."""
    env = {**os.environ, "QT_SCALE_FACTOR": "1.5", "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(  # our own module with our own interpreter
        [sys.executable, "-m", "tests.ui.kit.gallery", "dark"],
        capture_output=True,
        text=True,
        env=env,
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    first, *wrong = run.stdout.strip().splitlines()
    assert first.endswith("gallery-dark-1.5x.png")
    assert wrong == []


def test_lint_finds_what_is_broken(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    box = QVBoxLayout(window)
    row = QHBoxLayout()
    box.addLayout(row)
    short = QLabel("这一句话比它的地方长得多")
    short.setFixedWidth(60)
    small = QLabel("小字")
    small.setStyleSheet("QLabel { font-size: 9px; }")
    pale = QLabel("看不清")
    pale.setStyleSheet("QLabel { color: #D0D0D0; }")
    button = QPushButton("按钮上的字太长了")
    button.setFixedWidth(50)
    for widget in (short, small, pale, button):
        row.addWidget(widget)
    over = QPushButton("压在上面", window)
    over.setGeometry(0, 0, 380, 280)
    away = QPushButton("跑出去", window)
    away.setGeometry(350, 250, 120, 80)
    window.show()
    found = "\n".join(lint(window))
    for sign in (
        "clipped: QLabel(这一句话",
        "too small: QLabel(小字",
        "too pale: QLabel(看不清",
        "clipped: QPushButton(按钮上",
        "overlap: ",
        "outside its parent: QPushButton(跑出去",
    ):
        assert sign in found, found
    over.hide()
    away.hide()
    window.setMinimumSize(1, 1)
    box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    window.resize(80, 20)
    assert any(line.startswith("squeezed: QWidget") for line in lint(window))
