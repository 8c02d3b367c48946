"""What a resident's form stands on: notices above, photo and fields that scroll, the acts pinned at the foot."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit import Button, Card, Foot, Notice, ScrollBody, StateView, Words
from ui.kit.view import View
from ui.residents.photo_pane import PhotoPane
from ui.style import Role, look

_WIDEST = 960


class FormPage(Card):
    """`fields` takes the form; `said` and `alike` are lines above it, `kept` says when the draft was kept."""

    def __init__(self, view: View) -> None:
        super().__init__(flush=True)
        self.said, self.alike = Notice(), Notice()
        self.photo = PhotoPane(view)
        self.discard = Button("不要这份草稿", "link")
        self.save = Button("保存", "primary", icon="save")
        self.cancel = Button("返回", "plain")
        self.kept = Words("", Role.HINT)
        self.fields = QVBoxLayout()
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.fields.setSpacing(24)
        self.fields.addWidget(self.photo)
        self.state = StateView(self._inside())
        self.body.addWidget(self.state, 1)
        self.body.addWidget(self._foot())

    def _inside(self) -> QWidget:
        inside = ScrollBody((24, 20, 24, 20), 16)
        inside.body.addWidget(self.said)
        inside.body.addWidget(self.alike)
        holder = QWidget()
        holder.setMaximumWidth(look.sp(_WIDEST))
        holder.setLayout(self.fields)
        inside.body.addWidget(holder, 1)
        return inside

    def _foot(self) -> QWidget:
        foot = Foot()
        foot.row.addWidget(self.kept)
        foot.row.addWidget(self.discard)
        foot.row.addStretch(1)
        foot.row.addWidget(Words("Ctrl+S 保存　Ctrl+M 全部展开　Esc 返回", Role.HINT))
        foot.row.addWidget(self.cancel)
        foot.row.addWidget(self.save)
        return foot
