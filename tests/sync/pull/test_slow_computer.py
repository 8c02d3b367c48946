"""Pull on a computer so slow that asking what is known takes longer than an order may hold the desk."""

from __future__ import annotations

import pytest

from app.sync.pull import Receive
from app.sync.pull.receive import GROUP
from tests.sync.pull.people import District, People


def test_every_order_lands_a_few(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sync.pull.receive.HOLD", 0.0)
    bodies = tuple(district.others(f"第{number:02d}") for number in range(GROUP + 3))
    order = Receive("Patient", {"resident": People()}, bodies)
    assert district.on_line(lambda line: line.do(order)).done == GROUP
    assert district.pull().received == 3
    assert len(district.names()) == GROUP + 3
