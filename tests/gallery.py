"""Every place of the program, one picture each: what `make screenshots` draws beside the walked path.

    python -m tests.gallery FOLDER [PLACE …]

The clock stands at twelve past eight, in the middle of the morning round, on the day the demo was built. It goes to
places as a shortcut would, since it only looks; how they work is what the tests under tests/ui are for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.core.clock import SetClock, SystemClock
from app.demo.institution import MARK, PASSWORD, Plan, build
from app.residents.queries import ResidentList
from tests.support import loop
from tests.support.visitor import Visitor, close_window, open_window
from ui.application import dressed_application
from ui.kit.view import View
from ui.places import PLACES
from ui.residents.chart_view import ChartView

WHO = "欧阳淑华"
"""The resident with the longest data."""
OF_ONE = frozenset({"chart", "resident", "order", "month-grid", "prescriptions", "referral"})
"""Places that show one resident."""
ZONE = ZoneInfo("Asia/Shanghai")
SKIPPED = frozenset({"preview", "assessment", "import"})
"""Places that need more than a click to show something; the walked path shows them."""


async def draw(home: Path, pictures: Path, wanted: frozenset[str], clock: SetClock) -> None:
    """Sign in as the head nurse and go everywhere."""
    window = open_window(home, clock=clock)
    visitor = Visitor(window, pictures)
    await visitor.until(window.sign_in.isVisible, "the sign-in")
    await visitor.sign_in("0317", PASSWORD)
    await visitor.until(lambda: visitor.frame is not None, "the frame")
    frame = visitor.frame
    assert frame is not None
    page = await frame.bench.desk.ask(ResidentList(text=WHO))
    resident = page.rows[0].rid
    for key, params in _places(resident):
        if wanted and key not in wanted:
            continue
        frame.go(key, params)
        view = frame.pages.view
        await _still(visitor)
        if isinstance(view, ChartView):
            for tab in view.tabs:
                view.turn_to(tab)
                await _still(visitor)
                await visitor.picture(f"place-chart-{tab}")
            continue
        await visitor.picture(f"place-{key}")
    await close_window(window)


async def _still(visitor: Visitor) -> None:
    """Until every part that shows has its answers."""
    frame = visitor.frame
    assert frame is not None
    views = [view for view in frame.findChildren(View) if view.isVisible()]
    await visitor.until(lambda: not any(view.errands.running for view in views), "the answers")


def _places(resident: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for place in PLACES:
        if place.key not in SKIPPED:
            params = {"resident": resident} if place.key in OF_ONE else {}
            yield place.key, params


def main(folder: str, *wanted: str) -> int:
    """Build the demo where it is not there yet, and draw."""
    pictures = Path(folder).absolute()
    home = pictures / "home"
    mark = home / MARK
    day = datetime.fromtimestamp(mark.stat().st_mtime, UTC) if mark.exists() else SystemClock().now()
    clock = SetClock(day.astimezone(ZONE).replace(hour=8, minute=12, second=0, microsecond=0))
    if not mark.exists():
        build(home, Plan(), clock=clock)
    app = dressed_application(home)
    loop.PATIENCE = 300.0
    loop.run(app, draw(home, pictures, frozenset(wanted), clock))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
