"""设置→人员: who works here, what each may do, whose account is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.access.keys import Slot
from app.access.queries import MayI, StaffList, StaffRow
from app.access.secrets import first_password
from app.access.service import CreateStaff, EditStaff, ResetPassword, SetActive
from app.core.errors import Refusal
from app.core.roles import Right
from app.core.roles import Role as Post
from ui.access.first_password import FirstPassword
from ui.access.staff_panel import StaffPanel
from ui.kit import (
    Button,
    Card,
    Column,
    Errands,
    RowsTable,
    StateView,
    Words,
    ask_first,
    cells,
    errand,
    latest,
)
from ui.kit.view import Bench
from ui.style import Role, Tone, look

PANEL = 360
NARROW = 940


def _roles(row: StaffRow) -> str:
    return "、".join(role.words for role in Post if role in row.roles)


def _state(row: StaffRow) -> cells.State:
    if not row.active:
        return cells.State("停用", Tone.NEUTRAL)
    return cells.State("待改密码", Tone.WARN) if row.must_change else cells.State("在职", Tone.OK)


COLUMNS: tuple[Column[StaffRow], ...] = (
    Column("姓名", lambda row: cells.Name(row.name, row.number), least=150),
    Column("岗位", lambda row: cells.Text(_roles(row)), width=150),
    Column("职业", lambda row: cells.Text(row.profession), width=110, priority=2),
    Column("职称", lambda row: cells.Text(row.title or "—"), width=110, priority=3),
    Column("执业证书", lambda row: cells.Text(row.certificate or "—"), width=140, priority=4),
    Column("账号", _state, width=120),
    Column("PIN", lambda row: cells.Text("已设" if row.has_pin else "—"), width=64, priority=1),
)


class StaffPane(QWidget):
    """The list, and a panel for one person. Who may not manage people is told who may."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.errands = Errands(bench.desk, self, notice=bench.notice)
        self.table: RowsTable[StaffRow] = RowsTable(COLUMNS, key=lambda row: row.rid, words="人员")
        self.fresh = Button("新建人员", "primary", icon="plus")
        self.panel = StaffPanel()
        self.panel.hide()
        self.state = StateView(self._content())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.state)
        self._connect()

    @latest
    async def refresh(self) -> None:
        """Ask for everybody; refused to whoever may not manage people."""
        self.state.loading()
        try:
            await self.errands.ask(MayI(Right.MANAGE_STAFF))
        except Refusal as refusal:
            self.state.refused("人员由系统管理员管理", refusal.text)
            return
        rows = await self.errands.ask(StaffList())
        self.table.set_rows(rows)
        self._count.setText(f"共 {len(rows)} 人 · 在职 {sum(row.active for row in rows)}")
        self.state.content()

    @errand
    async def save(self) -> None:
        """Create or edit; a refusal stands beside its field."""
        panel, form = self.panel, self.panel.filled()
        panel.save.set_busy(True)
        try:
            if panel.row is None:
                password = first_password(form.number, form.name)
                slot = await self._slot(form.number, form.name, password)
                rid = await self.errands.do(CreateStaff(form, slot))
                await self._shown(rid)
                self._hand_over(form.name, form.number, password)
            else:
                await self.errands.do(EditStaff(panel.row.rid, form))
                await self._shown(panel.row.rid)
                self.bench.notice.done(f"{form.name} 的资料已保存。")
        except Refusal as refusal:
            if not (refusal.field and panel.form.show_refusal(refusal.field, refusal.text)):
                raise
        finally:
            panel.save.set_busy(False)

    def ask_active(self) -> None:
        """Disabling repeats who it is; enabling gives a new first password and so needs no question."""
        row = self.panel.row
        if row is None:
            return
        if not row.active:
            self.renew(row, "enable")
            return
        text = f"{row.name} · 工号 {row.number}\n{_roles(row)}\n停用后马上不能登录和签名，做过的记录都留着。"
        sheet = ask_first(self, "停用这个账号？", text, "停用", grave=True)
        sheet.accepted.connect(lambda: self.disable(row))

    def ask_reset(self) -> None:
        """A new first password: the old one and the PIN are void at once."""
        row = self.panel.row
        if row is None:
            return
        text = f"{row.name} · 工号 {row.number}\n原来的密码和 PIN 马上作废，给出一个新的初始密码。"
        sheet = ask_first(self, "重设密码？", text, "重设")
        sheet.accepted.connect(lambda: self.renew(row, "reset"))

    @errand
    async def disable(self, row: StaffRow) -> None:
        await self.errands.do(SetActive(row.rid, None), busy=self.panel.disable)
        await self._shown(row.rid)
        self.bench.notice.done(f"{row.name}（{row.number}）的账号已停用。")

    @errand
    async def renew(self, row: StaffRow, how: str) -> None:
        """A fresh slot with a first password, for a reset or for enabling again."""
        password = first_password(row.number, row.name)
        slot = await self._slot(row.number, row.name, password)
        order = ResetPassword(row.rid, slot) if how == "reset" else SetActive(row.rid, slot)
        await self.errands.do(order, busy=self.panel.reset if how == "reset" else self.panel.enable)
        await self._shown(row.rid)
        self._hand_over(row.name, row.number, password)

    # inside -------------------------------------------------------------------------------------------------------

    async def _slot(self, number: str, name: str, password: str) -> Slot:
        return await self.bench.station.aside(self.bench.station.keyring.wrap, (number, name), password)

    async def _shown(self, rid: object) -> None:
        """Read the list anew with this person selected and shown."""
        rows = await self.errands.ask(StaffList())
        self.table.set_rows(rows)
        self.table.pick(rid)
        for row in rows:
            if row.rid == rid:
                self.panel.show_person(row)

    def _hand_over(self, name: str, number: str, password: str) -> None:
        sheet = FirstPassword(self, name, number, password)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _show(self, row: object) -> None:
        if isinstance(row, StaffRow):
            self.panel.show_person(row)
            self._open_panel()

    def _new(self) -> None:
        self.table.clearSelection()
        self._open_panel()
        self.panel.show_new()

    def _open_panel(self) -> None:
        self.panel.show()
        self._fit()

    def _shut_panel(self) -> None:
        self.panel.hide()
        self._fit()
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Beside the list where there is room, instead of it where there is none."""
        narrow = self.width() < look.sp(NARROW)
        self._list.setVisible(not narrow or self.panel.isHidden())
        self.panel.setMaximumWidth(16_777_215 if narrow else look.sp(PANEL))
        self.panel.setMinimumWidth(0 if narrow else look.sp(PANEL))

    def _content(self) -> QWidget:
        self._list = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        self._count = Words("", Role.HINT)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.fresh)
        self._list.body.addLayout(head)
        self._list.body.addWidget(self.table, 1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self._list, 1)
        row.addWidget(self.panel)
        return content

    def _connect(self) -> None:
        self.table.picked.connect(self._show)
        self.fresh.clicked.connect(self._new)
        self.panel.save_asked.connect(self.save)
        self.panel.active_asked.connect(self.ask_active)
        self.panel.reset_asked.connect(self.ask_reset)
        self.panel.closed.connect(self._shut_panel)
