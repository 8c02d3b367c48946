"""The whole path in the real window: sign in, find, assess, sign, preview, save."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from app.compose import compose
from app.demo.institution import Plan, build
from app.sync.access import OVERRIDE
from tests import tour
from tests.support import loop
from tests.support.platform import Platform
from tests.support.station import CHEAP


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo is built inside the walk, which takes its time on a busy machine."""
    monkeypatch.setattr(loop, "PATIENCE", 180.0)


async def test_a_nurse_walks_from_the_door_to_the_printed_report_and_its_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    build(home, Plan(residents=8, days=12), cost=CHEAP)
    with Platform() as platform:
        monkeypatch.setenv(OVERRIDE, platform.address)
        await tour.walk(home, tmp_path / "seen", lambda: compose(home, cost=CHEAP))
        assert "欧阳淑华" in [one["name"][0]["text"] for one in platform.resources("Patient")]
        assert platform.complaints == []
    report = pypdfium2.PdfDocument(tmp_path / "seen" / "report.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in report)
    for words in ("欧阳淑华", "310199194103120004", "中度失能", "周敏", "沈思远", "第 1 页"):
        assert words in text
