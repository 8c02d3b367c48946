"""The sheet in which a medicine is added to the list or said anew; what is refused is said beside its field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from app.medication.drugs.form import drug_form, form_values, read_form
from app.medication.drugs.own import AddDrug, ChangeDrug
from app.medication.rules.drug import Drug
from ui.forms import FormView
from ui.kit import Errands, Key, ScrollBody, SideSheet, bind, errand
from ui.kit.view import View
from ui.medication.drug_offers import line_words

WIDTH = 760


class DrugSheet(SideSheet):
    """`saved` gives the code. `changes`: the one to be said anew; `like`: one whose facts a new one begins with."""

    saved = Signal(str)

    def __init__(self, view: View, *, changes: Drug | None = None, like: Drug | None = None) -> None:
        super().__init__(view, "修改药品" if changes else "添加药品", _text(changes, like), width=WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.changes, self.like = view, changes, like
        self.form = FormView(drug_form(reason=changes is not None))
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self.form)
        base = changes or like
        if base is not None:
            self.form.set_values(form_values(base))
        if like is not None:
            self.form.set_values(
                {"trade": "", "barcodes": "", "strength": "", "strength_words": "", "pack": ""}
            )
        scroll = ScrollBody((0, 0, 8, 0), 14)
        scroll.body.addWidget(self.form)
        self.body.addWidget(scroll, 1)
        self.offer("保存", icon="check")
        self.done_with.connect(self.save)
        self.form.submitted.connect(self.save)
        bind(
            self,
            Key("Ctrl+Return", "保存", self.save),
            Key("Ctrl+E", "展开或收起“成分与别名”", self.form.toggle_folds),
        )
        self.form.focus_on("strength" if like else "name")

    @errand
    async def save(self) -> None:
        """A refusal leaves everything as typed."""
        if not self.form.check():
            return
        values = self.form.values()
        content = read_form(values, self.changes or self.like)
        if self.changes is not None:
            code = self.changes.code
            await self.errands.do(ChangeDrug(code, content, str(values["reason"])), busy=self.main)
            self.view.bench.notice.done(f"已修改“{content['name']}{content['form']}”。以前的医嘱不变。")
        else:
            code = await self.errands.do(AddDrug(content), busy=self.main)
            self.view.bench.notice.done(f"已添加“{content['name']}{content['form']}”，开医嘱时可以选到。")
        self.accept()
        self.saved.emit(code)


def _text(changes: Drug | None, like: Drug | None) -> str:
    if changes is not None:
        own = "本院药品" if changes.own else "随程序药品，修改后存为本院版本"
        return f"{line_words(changes)}（{own}）"
    if like is not None:
        return f"同 {line_words(like)} 一样的成分、类别和标记已经填好，请改规格和包装。"
    return "本院目录里没有的药品。成分和类别决定能否查出重复、相互作用和过敏。"
