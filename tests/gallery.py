"""Every place of the program, one picture each: what `make screenshots` draws beside the walked path.

    python -m tests.gallery FOLDER [PLACE …]

It goes to places as a shortcut would, since it only looks; how they work is what the tests under tests/ui are for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

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
SKIPPED = frozenset({"preview", "assessment", "import"})
"""Places that need more than a click to show something; the walked path shows them."""


async def draw(home: Path, pictures: Path, wanted: frozenset[str]) -> None:
    """Sign in as the head nurse and go everywhere."""
    window = open_window(home)
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
            params = {"resident": resident} if place.key in {"chart", "resident"} else {}
            yield place.key, params


def main(folder: str, *wanted: str) -> int:
    """Build the demo where it is not there yet, and draw."""
    pictures = Path(folder).absolute()
    home = pictures / "home"
    if not (home / MARK).exists():
        build(home, Plan())
    app = dressed_application(home)
    loop.PATIENCE = 300.0
    loop.run(app, draw(home, pictures, frozenset(wanted)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
