"""The whole path in the real window: sign in, find, assess, sign, preview, save."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from app.compose import compose
from app.demo.institution import Plan, build
from tests import tour
from tests.support.station import CHEAP


async def test_a_nurse_walks_from_the_door_to_the_printed_report(tmp_path: Path) -> None:
    home = tmp_path / "home"
    build(home, Plan(residents=8, days=12), cost=CHEAP)
    await tour.walk(home, tmp_path / "seen", lambda: compose(home, cost=CHEAP))
    report = pypdfium2.PdfDocument(tmp_path / "seen" / "report.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in report)
    for words in ("欧阳淑华", "310199194103120004", "中度失能", "周敏", "沈思远", "第 1 页"):
        assert words in text
