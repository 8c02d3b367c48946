"""The session view for tests: 林海涛 at it at 08:55 with residents in training, keys that go where the focus is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from tests.app.rehab.house import Gym, at
from tests.support.hands import type_text
from tests.ui.rehab.room import Stage as Scene
from tests.ui.rehab.room import standing_at, until
from ui.rehab.session_stage import Stage
from ui.rehab.session_view import SessionView


class Trainer:
    """A therapist in the session view; counts the keys pressed."""

    def __init__(self, gym: Gym, stage: Scene, view: SessionView) -> None:
        self.gym, self.stage, self.view = gym, stage, view
        self.keys = 0

    @property
    def notice(self) -> str:
        return self.stage.frame.notice.text()

    @property
    def main(self) -> str:
        """What Enter does, as its button says."""
        button = self.view.pieces.main
        return "" if button.isHidden() else button.accessibleName()

    def stands(self, stage: Stage) -> bool:
        """Whether the session is at this stage on screen."""
        return self.view.stage is stage

    async def press(self, *keys: Qt.Key | str) -> None:
        """Keys one after the other; a text is typed sign by sign."""
        for key in keys:
            for one in key if isinstance(key, str) else (key,):
                await self.stage.settle()
                self.keys += 1
                if isinstance(one, str):
                    type_text(focused(), one)
                else:
                    QTest.keyClick(focused(), one)
        await self.stage.settle()

    async def chord(self, key: Qt.Key) -> None:
        """Ctrl and a key."""
        await self.stage.settle()
        self.keys += 1
        QTest.keyClick(focused(), key, Qt.KeyboardModifier.ControlModifier)
        await self.stage.settle()

    async def news(self) -> None:
        """What was written is shown: news come a little later."""
        await self.stage.settle()


@asynccontextmanager
async def training(
    gym: Gym, params: Mapping[str, Any] | None = None, *, size: tuple[int, int] = (1440, 900)
) -> AsyncIterator[Trainer]:
    """The view once it shows the day."""
    async with standing_at(gym, "rehab-session", params, size=size) as (stage, view):
        assert isinstance(view, SessionView)
        trainer = Trainer(gym, stage, view)
        await until(lambda: view.sheet is not None or view.pieces.state.words)
        await stage.settle()
        yield trainer


def two_sessions(gym: Gym) -> None:
    """李桂兰 09:00 坐站转移 and 王素芬 10:30 步行, both with 林海涛; it is 08:55."""
    gym.plan(gym.item(code="sit_stand", dose={"sets": 3, "reps": 5, "assist": "min"}))
    walking = gym.item(code="gait_aid", words="助行器步行", week=("2 10:30",), dose={"distance_m": 30})
    gym.plan(walking, resident=gym.wang)
    gym.put(8, 55)


def measured(gym: Gym, *, hour: int = 7) -> None:
    """What the ward measured of 李桂兰 in the morning."""
    now = gym.station.desk.actor
    values = (Measured("blood_pressure", 112, 66), Measured("pulse", 72), Measured("spo2", 97))
    gym.do(RecordSet(gym.li, at(hour, 10), values))
    gym.station.desk.actor = now


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found
