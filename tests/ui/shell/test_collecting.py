"""Garbage is collected on the screen's thread, never on the writer's."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.shell.collecting import YOUNG, Collecting


class _Cycle:
    """Something that can only be freed by the collector, and tells on which thread it was."""

    def __init__(self, told: list[int]) -> None:
        self.me = self
        self._told = told

    def __del__(self) -> None:
        self._told.append(threading.get_ident())


def _allocate() -> None:
    kept = [[number] for number in range(YOUNG * 4)]
    assert kept


def test_another_thread_frees_nothing(qapp: QApplication) -> None:
    told: list[int] = []
    owner = QObject()
    collector = Collecting(owner)
    try:
        _Cycle(told)
        busy = threading.Thread(target=_allocate)
        busy.start()
        busy.join()
        assert told == []
        kept = [[number] for number in range(YOUNG + 1)]
        collector.look()
        assert told == [threading.get_ident()]
        assert kept
    finally:
        collector.end()
    assert gc.isenabled()


def test_what_a_sign_in_kept_goes_at_the_next(qapp: QApplication) -> None:
    told: list[int] = []
    owner = QObject()
    collector = Collecting(owner)
    try:
        kept = _Cycle(told)
        collector.settle()
        del kept
        gc.collect()
        assert told == []
        collector.settle()
        assert told == [threading.get_ident()]
    finally:
        collector.end()
