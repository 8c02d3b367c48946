"""待重整 above the screens that give: whose medicines stand still after a hospital, and the key that leads there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ui.kit import Key
from ui.kit.strip import Strip
from ui.kit.view import View
from ui.style import Tone

KEY = "W"


class ReconcileStrip(Strip):
    """Hidden while nobody of those shown is concerned. `back`: where Esc leads from there."""

    def __init__(self, view: View, back: str) -> None:
        super().__init__("list-checks", Tone.DANGER)
        self._view, self._back = view, back
        self._who: tuple[tuple[UUID, str], ...] = ()
        self.params: dict[str, Any] = {}
        self.here: UUID | None = None
        self.acted.connect(self.go)

    def show_people(self, people: Sequence[tuple[UUID, str]]) -> None:
        """Residents with doses that stand 待重整: (rid, name), in the order they are shown."""
        self._who = tuple(dict(people).items())
        names = "、".join(name for _rid, name in self._who[:3])
        more = f" 等 {len(self._who)} 位" if len(self._who) > 3 else ""
        text = f"{names}{more} 住院返回后待重整：入院前的医嘱在医师决定以前不给。"
        self.say(text if self._who else "", f"去重整（{KEY}）")

    def go(self) -> None:
        """To the one under the cursor if they are concerned, else to the first."""
        rids = [rid for rid, _name in self._who]
        if not rids:
            self._view.bench.notice.done("这里没有待重整的药。")
            return
        whose = self.here if self.here in rids else rids[0]
        self._view.bench.go("reconcile", {"resident": whose, "back": (self._back, self.params)})

    def key(self) -> Key:
        return Key(KEY, "住院返回待重整：去重整", self.go)
