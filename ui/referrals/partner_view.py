"""协作机构: who residents are referred to, what is agreed with them, who comes, and the station's own papers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.core.orders import Order
from app.referrals.partners import Expiring, LicenceRow, Licences, PartnerById, PartnerPage, Partners
from ui.kit import Key, Stack, bind, errand, latest
from ui.kit.list_and_page import ListAndPage
from ui.kit.view import Bench, Crumb, View
from ui.referrals.partner_acts import PartnerActs
from ui.referrals.partner_beside import BesideCard
from ui.referrals.partner_columns import PageLine
from ui.referrals.partner_licence import LicenceCard
from ui.referrals.partner_list import LICENCES, PARTNERS, WIDTH, ListLine, PartnerList
from ui.referrals.partner_page import TABS, PartnerCard
from ui.referrals.sections import Sections


class PartnersView(View):
    """Opened with `{"partner": rid}` it shows that one, with `{"licence": rid}` that paper."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"partner", "agreement", "licence", "visiting_doctor", "referral"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "协作机构")
        self.crumbs = (Crumb("转诊", "referrals"), Crumb("协作机构"))
        self.page: PartnerPage | None = None
        self.licence: LicenceRow | None = None
        self.was_inside = False
        self._licences: tuple[LicenceRow, ...] = ()
        self._wanted: UUID | None = None
        self.left = PartnerList(self)
        self.right, self.paper = PartnerCard(self), LicenceCard(self)
        self.acts = PartnerActs(self)
        self._lay_out()
        self._connect()

    @property
    def shows_licences(self) -> bool:
        return self.left.chips.key == LICENCES

    @property
    def inside(self) -> bool:
        """The cursor is in the rows under a partner, or was put where there are none yet."""
        table = self.right.table
        empty = self.was_inside and not table.isVisibleTo(self) and not self.left.table.hasFocus()
        return not self.shows_licences and (table.hasFocus() or empty)

    def opened(self, params: Mapping[str, Any]) -> None:
        if "licence" in params or "partner" in params:
            self.left.chips.choose(LICENCES if "licence" in params else PARTNERS)
            self.left.search.clear()
            self._wanted = params.get("licence") or params.get("partner")
        self.refresh()
        self.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.left.state.asking(self.refresh, self._forget):
            if self.shows_licences:
                self._licences = await self.errands.ask(Licences())
                self.left.show_licences(self._licences)
            else:
                self.left.show_partners(await self.errands.ask(Partners(self.left.search.text())))
            due = await self.errands.ask(Expiring())
            self.left.say_due(sum(one.partner is None for one in due))
            self._settle()
            await self._show_chosen()

    def pick(self, rid: UUID) -> None:
        """What was just added, once it is in the list."""
        self._wanted = rid
        if self.left.search.text():
            self.left.search.clear()
        self.refresh()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8 and F9: what the cursor is on."""
        if self.shows_licences:
            return None if self.licence is None else ("licence", self.licence.seen.rid)
        line = self.right.table.current() if self.inside else None
        if line is not None and line.agreement is not None:
            return ("agreement", line.agreement.seen.rid)
        if line is not None and line.doctor is not None:
            return ("visiting_doctor", line.doctor.seen.rid)
        return None if self.page is None else ("partner", self.page.seen.rid)

    def take_keys(self) -> None:
        """The focus back to where it was: the rows of the right, or the list."""
        if self.was_inside and not self.shows_licences:
            (self.right.table if self.right.table.isVisibleTo(self) else self).setFocus()
        else:
            (self.left.table if self.left.table.isVisibleTo(self) else self).setFocus()

    @errand
    async def do(self, order: Order[Any], said: str) -> None:
        await self.errands.do(order)
        self.bench.notice.done(said)

    # inside -------------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """The row that is wanted, else the one that was, else the first."""
        table = self.left.table
        if self._wanted is not None and table.pick(self._wanted):
            self._wanted = None
        elif table.current() is None:
            table.pick_first()

    async def _show_chosen(self) -> None:
        line = self.left.table.current()
        self.licence = line.licence if line is not None else None
        if line is None or (line.partner is None and line.licence is None):
            self.page = None
            self._beside.empty("没有选中的机构", "从左边选一家，或按 N 新增。")
            return
        if line.licence is not None:
            self.page = None
            self.paper.show_row(line.licence)
            self._stack.show_page(self.paper)
        elif line.partner is not None:
            page = await self.errands.ask(PartnerById(line.partner.rid))
            self.page = page
            if page is None:
                self._beside.empty("这家机构已被撤销", "从左边另选一家。")
                return
            self.right.show_page(page)
            self._stack.show_page(self.right)
        self._beside.content()

    @latest
    async def _chosen(self, _line: ListLine | None = None) -> None:
        await self._show_chosen()

    def _forget(self) -> None:
        self.page = self.licence = None
        self.left.table.set_rows(())
        self._beside.empty("没有可以显示的机构", "")

    def _search(self) -> None:
        self.refresh()

    def _choose(self, key: str) -> None:
        self.left.chips.choose(key)
        self._turned()

    def _turned(self) -> None:
        self.was_inside = False
        self.left.search.clear()
        self.refresh()
        self.take_keys()

    def _tab(self, key: str) -> None:
        if not self.shows_licences and self.page is not None:
            self.right.chips.choose(key)
            self.right.show_tab()
            self._go_in()

    def _go_in(self, _line: ListLine | None = None) -> None:
        """To the rows of the right; of a paper of the station, to putting it right."""
        if self.shows_licences:
            self.acts.edit_here()
            return
        self.was_inside = True
        self.take_keys()

    def _go_out(self) -> None:
        self.was_inside = False
        self.take_keys()

    def _open_row(self, _line: PageLine) -> None:
        self.was_inside = True
        self.right.correct.ask()

    def _lay_out(self) -> None:
        self._stack = Stack()
        self._stack.add(self.right)
        self._stack.add(self.paper)
        self._card = BesideCard(self._stack)
        self._beside = self._card.state
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, "partners"))
        box.addWidget(ListAndPage(self.left, self._card, WIDTH), 1)

    def _connect(self) -> None:
        left, right, paper, acts = self.left, self.right, self.paper, self.acts
        left.chips.group.buttonClicked.connect(self._turned)
        left.search.searched.connect(self._search)
        left.table.on_picked(lambda _line: self._chosen())
        left.table.on_opened(self._go_in)
        left.add.allowed.connect(acts.add_here)
        right.chips.group.buttonClicked.connect(lambda: self._tab(right.chips.key))
        right.table.on_opened(self._open_row)
        for button, act in (
            (right.edit, acts.edit_here),
            (right.stop, acts.end_here),
            (right.add, acts.add_row),
            (right.renew, acts.renew_row),
            (right.correct, acts.correct_row),
            (right.end, acts.end_row),
            (paper.renew, acts.renew),
            (paper.correct, acts.edit_here),
            (paper.end, acts.end_here),
        ):
            button.allowed.connect(act)
        for look_at in (right.paper, paper.paper):
            look_at.clicked.connect(acts.show_paper)
        self._bind()

    def _bind(self) -> None:
        def guarded(act: Any) -> Any:
            """As the button: whoever lacks the right is told who has it."""
            return lambda: act() if self.left.add.may else self.left.add.ask()

        acts = self.acts
        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "进入这一家；在右边：更正这一行"),
            Key("Right", "到右边", self._go_in),
            Key("Left", "回到左边", self._go_out),
            Key("1", "协作机构", partial(self._choose, PARTNERS)),
            Key("2", "本站备案", partial(self._choose, LICENCES)),
            *(
                Key(press, words, partial(self._tab, key))
                for press, (key, words) in zip("ADV", TABS, strict=True)
            ),
            Key("N", "新增（左边：机构、证照；右边：协议、科室、医师）", guarded(acts.add)),
            Key("E", "修改、更正", guarded(acts.edit)),
            Key("R", "续签、延续", guarded(acts.renew)),
            Key("X", "终止；已终止的恢复", guarded(acts.end)),
            Key("Delete", "撤销录错的记录", guarded(acts.retract)),
            Key("P", "看扫描件", acts.show_paper),
            Key("Ctrl+F", "查找", self.left.search.setFocus),
        )
