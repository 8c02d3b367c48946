"""录入出院带药: the hospital's list typed in line by line, or that nothing came, or no papers at all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.blobs import NEW_PHOTO, decoded
from app.core.errors import Refusal
from app.medication.drugs.queries import DrugCalled
from app.medication.lists import frequency_words
from app.medication.reconciling import (
    CAME_WITH,
    NO_PAPER,
    ListDischarge,
    Listed,
    Reconciliation,
    ReconciliationOf,
)
from app.medication.reconciling.form import line_fields, line_of, paper_field, values_of
from ui.forms import FormView
from ui.forms.opening import FormFiles
from ui.kit import (
    Button,
    ChipRow,
    Errands,
    IconButton,
    Key,
    Labelled,
    Line,
    LineField,
    ScrollBody,
    Sheet,
    SideSheet,
    Words,
    bind,
    errand,
)
from ui.kit.view import View
from ui.medication.drug_box import DrugBox
from ui.medication.reconcile_listed import joined, kept_paper, listed_of
from ui.medication.reconcile_there import TakeOver
from ui.style import Role

WIDTH = 720
LIST = "list"


class DischargeSheet(SideSheet):
    """`kept` carries the sentence about it; what is typed survives a refusal."""

    kept = Signal(str)

    def __init__(self, view: View, sheet: Reconciliation) -> None:
        super().__init__(view, "出院带药清单", "照出院小结或带药单逐种录入；没写的药不要录。", width=WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.of = sheet
        self.items: list[Listed] = list(listed_of(sheet))
        self._key = ""
        self._asked = False
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.came = ChipRow(tuple(CAME_WITH.items()))
        self.came.choose(sheet.came_with if sheet.came_with in CAME_WITH and self.items else LIST)
        self.hospital = LineField("医院与科室", "如：市第一人民医院 呼吸科")
        self.hospital.setText(sheet.hospital or sheet.whither)
        self.drug = DrugBox(view.bench.desk, self.notice)
        self.line = FormView(line_fields(view.bench.station.settings))
        self.photo = FormView(paper_field())
        self.errands.fields = self.photo
        FormFiles(view.bench, self, self.photo, "出院带药清单").about(sheet.resident)
        self.photo.set_values({"paper": kept_paper(sheet)})
        self.add = Button("加入清单", "plain", icon="plus")
        self.there = TakeOver(sheet.absence)
        self.listed = QVBoxLayout()
        self.listed.setSpacing(4)
        self._draw_body()
        self.back, self.save_button = Button("返回", "plain"), Button("保存清单", "primary", icon="check")
        for button in (self.back, self.save_button):
            self.acts.addWidget(button)
        self._connect()
        self._show()
        self._first = self._said()

    def open(self) -> None:
        super().open()
        self.drug.focus_part().setFocus()
        self.errands.start("platform", partial(self.there.look, self.errands))

    def take_over(self) -> None:
        """Each line that is not in the list yet; all of them can still be changed."""
        named = {one.words for one in self.items}
        self.items += [one for one in self.there.lines if one.words not in named]
        self._show()

    @errand
    async def save(self) -> None:
        """The whole list; a line still in the fields goes with it."""
        if self.entry.isVisibleTo(self) and self._typed() and not self.put():
            return
        items = tuple(self.items) if self.came.key == LIST else ()
        order = ListDischarge(
            self.of.resident,
            self.of.absence,
            self.came.key,
            items,
            self.hospital.text(),
            self._paper(),
            seen=self.of.seen,
        )
        try:
            await self.errands.do(order, busy=self.save_button)
        except Refusal as refusal:
            await self._take_up(refusal)
            return
        self._asked = True
        self.accept()
        said = f"已录入出院清单 {len(items)} 种药。" if items else f"已记：{CAME_WITH[self.came.key]}。"
        self.kept.emit(said)

    def put(self) -> bool:
        """Enter: the line goes into the list, and the next may be typed."""
        drug = self.drug.drug
        words = drug.title if drug is not None else self.drug.line.text().strip()
        if not words:
            self.drug.say_wrong("请选药品，或写上药名。")
            self.drug.focus_part().setFocus()
            return False
        if not self.line.check():
            return False
        fresh = line_of(drug.code if drug is not None else "", words, self.line.values(), self._key)
        place = next(
            (place for place, one in enumerate(self.items) if one.key and one.key == self._key), None
        )
        if place is None:
            self.items.append(fresh)
        else:
            self.items[place] = fresh
        self._key = ""
        self.drug.clear()
        self.line.clear()
        self.notice.clear()
        self._show()
        self.drug.focus_part().setFocus()
        return True

    @errand
    async def take_back(self, place: int) -> None:
        """A line goes back into the fields."""
        if self._typed() and not self.put():
            return
        one = self.items[place]
        self._key = one.key
        if not one.key:
            self.items.pop(place)
            self._show()
        if one.drug:
            self.drug.take((await self.errands.ask(DrugCalled(one.drug))).drug)
        else:
            self.drug.line.setText(one.words)
        self.line.set_values(values_of(one))
        self.line.focus_on("dose")

    def drop(self, place: int) -> None:
        """A line goes; one that is being edited would come back as a new one."""
        gone = self.items.pop(place)
        if gone.key and gone.key == self._key:
            self._key = ""
        self._show()

    def reject(self) -> None:
        """Esc and 返回: what was typed is asked about first."""
        if self._asked or not self._dirty:
            super().reject()
            return
        sheet = Sheet(self, "清单还没有保存", "录入的内容没有保存，返回就没有了。")
        throw = Button("不要了", "quiet")
        sheet.acts.addWidget(throw)
        sheet.offer("继续录入", cancel="")
        sheet.done_with.connect(sheet.accept)
        throw.clicked.connect(sheet.accept)
        throw.clicked.connect(self._leave)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    def _turned(self) -> None:
        self._show()

    @property
    def _dirty(self) -> bool:
        return self._typed() or self._said() != self._first

    def _said(self) -> tuple[object, ...]:
        return (tuple(self.items), self.came.key, self.hospital.text(), self.photo.values().get("paper"))

    def _leave(self) -> None:
        self._asked = True
        self.reject()

    async def _take_up(self, refusal: Refusal) -> None:
        """What somebody else saved stands in the list after the refusal that says so, and counts as seen."""
        found = await self.errands.ask(ReconciliationOf(self.of.resident))
        if found is None or found.seen == self.of.seen:
            self.errands.tell(refusal)
            return
        stood, stands = listed_of(self.of), listed_of(found)
        if self._photos == kept_paper(self.of):  # nobody touched it here: theirs stands
            self.photo.set_values({"paper": kept_paper(found)})
        self.of = found
        self.items, new = joined(tuple(self.items), stood, stands)
        self._show()
        words = "、".join(one.words for one in new)
        said = f"别人加的{words}也列上了。" if new else ""
        self.errands.tell(Refusal(f"{refusal.text}{said}"))

    @property
    def _photos(self) -> tuple[str, ...]:
        photos = self.photo.values().get("paper", ())
        return photos if isinstance(photos, tuple) else ()

    def _paper(self) -> bytes | None:
        """A new one; none where the kept one was taken off; otherwise it stays."""
        fresh = [one for one in self._photos if one.startswith(NEW_PHOTO)]
        if fresh:
            return decoded(fresh[0], "paper")
        return NO_PAPER if self.of.paper and not self._photos else None

    def _typed(self) -> bool:
        return self.drug.drug is not None or bool(self.drug.line.text().strip())

    def _draw_body(self) -> None:
        inside = self.inside = ScrollBody((0, 0, 10, 0), 14)
        inside.body.addWidget(Labelled("出院带药", self.came))
        inside.body.addWidget(Labelled("医院与科室", self.hospital))
        self.entry = QWidget()
        box = QVBoxLayout(self.entry)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.there, 0, Qt.AlignmentFlag.AlignLeft)
        box.addLayout(self.listed)
        box.addWidget(Line())
        box.addWidget(Labelled("药品", self.drug, hint="目录里没有的，写上药名也可以"))
        box.addWidget(self.line)
        box.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        inside.body.addWidget(self.entry)
        inside.body.addWidget(self.photo)
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)

    def _show(self) -> None:
        """The lines so far, each with its way back into the fields."""
        while (item := self.listed.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, one in enumerate(self.items):
            self.listed.addWidget(self._row(place, one))
        self.entry.setVisible(self.came.key == LIST)
        self.save_button.say(f"保存清单（{len(self.items)} 种）" if self.came.key == LIST else "保存")

    def _row(self, place: int, one: Listed) -> QWidget:
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        often = frequency_words(one.frequency) if one.frequency else ""
        course = f"{one.days} 天" if one.days else ""
        said = "　".join(part for part in (one.dose, often, course, one.note) if part)
        stopped = "　医院停用" if one.stopped else ""
        box.addWidget(Words(f"{place + 1}. {one.words}　{said}{stopped}", Role.BODY, wrap=True), 1)
        edit, drop = (
            IconButton("square-pen", f"改 {one.words}", size=32),
            IconButton("x", f"去掉 {one.words}", size=32),
        )
        edit.clicked.connect(partial(self.take_back, place))
        drop.clicked.connect(partial(self.drop, place))
        box.addWidget(edit)
        box.addWidget(drop)
        return row

    def _connect(self) -> None:
        self.back.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        self.add.clicked.connect(self.put)
        self.there.clicked.connect(self.take_over)
        self.line.submitted.connect(self.put)
        self.drug.chosen.connect(lambda drug: self.line.focus_on("dose") if drug is not None else None)
        self.came.group.buttonClicked.connect(self._turned)
        bind(
            self,
            Key("Ctrl+Return Ctrl+S", "保存清单", self.save),
            Key("Ctrl+D", "加入清单", self.put),
            Key("Ctrl+P", "取平台带药", self.take_over),
            Key("Esc", "返回", self.reject),
        )
