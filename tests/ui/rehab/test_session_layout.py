"""The session view stands as it should: in small windows and large texts, with long names and everything it asks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from tests.app.rehab.house import Gym, at
from tests.support.layout import lint
from tests.ui.rehab.room import back, press, sheet
from tests.ui.rehab.session_room import measured, training
from tests.ui.rehab.test_session_otherwise import group_of_two
from ui.rehab.otherwise_sheet import OtherwiseSheet
from ui.rehab.session_stage import Stage
from ui.style import look

ENTER = Qt.Key.Key_Return
SIZES = ((1920, 1080), (1366, 768), (911, 512))
PRECAUTIONS = ("坐起时先抬床头 5 分钟，防体位性低血压；出现头晕立即放平并测血压", "转移需两人，用转移板")


def much(gym: Gym) -> None:
    """A needle treatment with everything it asks, long words, a plan that warns; measured in the morning; 08:55."""
    gym.plan(
        gym.item(
            code="acupuncture",
            words="针刺上肢（合谷、曲池、外关、肩髃）",
            discipline="tcm",
            dose={"points": ["合谷"]},
        ),
        conditions=("sci_t6", "cardiac"),
        contraindications={"sensory_loss": "T6 以下感觉减退，左侧明显", "anticoagulant": "华法林"},
        content={"precautions": [{"words": words, "nursing": True} for words in PRECAUTIONS]},
        words="颈椎术后四肢瘫（C5 · AIS C），痉挛性膀胱，体位性低血压",
    )
    gym.put(8, 55)
    measured(gym)


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("size", SIZES)
async def test_the_session_fits(gym: Gym, size: tuple[int, int], scale: float, qapp: QApplication) -> None:
    much(gym)
    look.apply(qapp, scale=scale)
    async with training(gym, size=size) as trainer:
        view, pieces = trainer.view, trainer.view.pieces
        assert lint(trainer.stage.frame) == []
        pieces.before.skin.choose("intact")
        pieces.before.despite.setText("已请示医生，减少穴位")
        await trainer.chord(ENTER)
        assert trainer.stands(Stage.RUNNING)
        await trainer.press("15")
        assert lint(trainer.stage.frame) == []
        pieces.during.put({})
        gym.put(9, 25)
        await trainer.chord(ENTER)
        assert trainer.stands(Stage.AFTER)
        assert lint(trainer.stage.frame) == []
        bar = pieces.scroller.verticalScrollBar()
        bar.setValue(bar.maximum())
        await trainer.stage.settle()
        assert lint(trainer.stage.frame) == []
        pieces.after.skin.choose("intact")
        await trainer.chord(ENTER)
        view.turn_to(view.day.lines[0] if view.day else None)
        await trainer.stage.settle()
        assert trainer.stands(Stage.DONE)
        assert lint(trainer.stage.frame) == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_group_and_its_sheet_fit(gym: Gym, size: tuple[int, int]) -> None:
    group_of_two(gym)
    gym.do(RecordSet(gym.wang, at(13), (Measured("blood_pressure", 186, 92, confirmed=True),)))
    async with training(gym, size=size) as trainer:
        assert trainer.view.stage is Stage.GROUP
        assert lint(trainer.stage.frame) == []
        trainer.view.acts.otherwise("sick")
        asking = await sheet(OtherwiseSheet)
        assert lint(asking) == []
        press(asking, Qt.Key.Key_Escape)
        await back(trainer.stage)
