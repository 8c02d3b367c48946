"""设置: the people, the institution, its times for orders, the district platform, backups, one's own account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout

from app.core.roles import Right
from ui.access.account_pane import AccountPane
from ui.access.backup_pane import BackupPane
from ui.access.institution_pane import InstitutionPane
from ui.access.order_times_pane import OrderTimesPane
from ui.access.platform_pane import PlatformPane
from ui.access.staff_pane import StaffPane
from ui.kit import ChipRow, Stack
from ui.kit.view import Bench, View

if TYPE_CHECKING:
    from app.core.changes import Changes

PAGES = (
    ("staff", "人员"),
    ("institution", "机构"),
    ("order-times", "医嘱时间"),
    ("platform", "区平台"),
    ("backup", "备份"),
    ("account", "我的账号"),
)


class SettingsView(View):
    """Pages; `go("settings", {"page": "account", "part": "pin"})` opens one of them."""

    kinds: ClassVar[frozenset[str]] = frozenset({"staff"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "设置")
        self.staff = StaffPane(bench)
        self.institution = InstitutionPane(bench)
        self.order_times = OrderTimesPane(bench)
        self.platform = PlatformPane(bench)
        self.backup = BackupPane(bench)
        self.account = AccountPane(bench)
        self.chips = ChipRow(PAGES)
        self._pages = Stack()
        panes = (
            self.staff, self.institution, self.order_times, self.platform, self.backup, self.account,
        )  # fmt: skip
        for pane in panes:
            self._pages.add(pane)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self.chips)
        box.addWidget(self._pages, 1)
        self.chips.group.idClicked.connect(lambda _place: self._turn())
        self.chips.choose("staff" if bench.actor.may(Right.MANAGE_STAFF) else "account")

    def opened(self, params: Mapping[str, Any]) -> None:
        if (page := params.get("page")) is not None:
            self.chips.choose(page)
        self._turn()
        self.account.begin(str(params.get("part", "")))

    def refresh(self, changes: Changes | None = None) -> None:
        """Somebody was created, edited, disabled."""
        self.staff.refresh()

    def _turn(self) -> None:
        """Show the chosen page."""
        keys = [key for key, _ in PAGES]
        self._pages.show_place(keys.index(self.chips.key))
        if self.chips.key == "staff":
            self.staff.refresh()
        elif self.chips.key == "institution":
            self.institution.refresh()
        elif self.chips.key == "order-times":
            self.order_times.refresh()
        elif self.chips.key == "backup":
            self.backup.refresh()
        elif self.chips.key == "platform":
            self.platform.begin()
