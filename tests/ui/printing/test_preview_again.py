"""What leaves one preview twice: the first file is the first, the second says 补打; a floor's file is made anew."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.compose import Station
from tests.printing.reading import read
from tests.ui.residents.stage import on_stage, people, until

CONTROL = Qt.KeyboardModifier.ControlModifier


def marked(path: Path) -> list[bool]:
    """Of each page whether it says 补打."""
    return ["补打" in "".join(box[4] for box in page.boxes) for page in read(path.read_bytes())]


async def test_a_second_file_from_one_preview_is_a_copy(station: Station, tmp_path: Path) -> None:
    (rid,) = people(station, 1)
    async with on_stage(station) as stage:
        preview = stage.view("preview", {"sheet": "admission-form", "resident": rid})
        for name in ("first.pdf", "second.pdf"):
            await until(lambda: preview.drawn is not None and preview.save_button.isEnabled())
            preview.save_to(str(tmp_path / name))
            await until((tmp_path / name).exists)
            await stage.settle()
    assert not any(marked(tmp_path / "first.pdf"))
    assert all(marked(tmp_path / "second.pdf"))


async def test_a_second_file_of_a_floor_is_made_anew(station: Station, tmp_path: Path) -> None:
    people(station, 2)
    async with on_stage(station) as stage:
        batch = stage.view("batch")
        await stage.settle()
        batch.sheets.choose("admission-form")
        batch._say_choice()
        for name in ("first.pdf", "second.pdf"):
            QTest.keyClick(batch.make, Qt.Key.Key_Return, CONTROL)
            await until(batch.print_button.isEnabled)
            batch.save_to(str(tmp_path / name))
            await until(lambda: not batch.print_button.isEnabled())
            await stage.settle()
            assert batch.state.words == "已打印或存盘"
    assert marked(tmp_path / "first.pdf") == [False, False]
    assert marked(tmp_path / "second.pdf") == [True, True]
