"""The sheet an entry is written or corrected in; what is typed is kept as a draft and offered back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal

from app.core.blobs import BlobOf
from app.core.clock import local
from app.core.errors import Refusal
from app.core.form import Kind, Value, read_date
from app.core.orders import Order
from app.journals import AddEntry, CorrectEntry, Seen
from app.journals.asking import AT, BEGINS, Occasion, Person, moment, read_reason, usual_values
from app.journals.journal import Journal
from app.journals.queries import EntryRow, People
from ui.forms.fields.photos import PhotosInput
from ui.forms.form_draft import FormDraft
from ui.journals.entry_form import EntryForm
from ui.journals.standing_note import Standing
from ui.journals.words import person_words, today, wall
from ui.kit import Button, Errands, Key, ScrollBody, SideSheet, bind, errand
from ui.kit.chart import ChartPart, Who

WIDTH = 780


class EntrySheet(SideSheet):
    """`saved` comes when it is written; the sheet closes then, unless one more is to be written."""

    saved = Signal(object)
    """Seen of what is new, None after a correction."""

    def __init__(self, view: ChartPart, journal: Journal, who: Who, row: EntryRow | None = None) -> None:
        title = f"更正{journal.title}" if row else f"记{journal.title}"
        super().__init__(view, title, person_words(who), width=WIDTH)
        self.view, self.journal, self.who = view, journal, who
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.form: EntryForm | None = None
        self._row = row
        self._left: dict[str, Any] | None = None
        self._people: tuple[Person, ...] = ()
        self._body = ScrollBody((0, 0, 8, 0), 14)
        form = f"entry:{journal.code}" + (":correct" if row else "")
        self.draft = FormDraft(view, form, self._typed)
        if journal.note:
            self.body.addWidget(Standing(journal.note))
        self.body.addWidget(self._body, 1)
        self._lay_out_acts()
        bind(
            self,
            Key("Ctrl+Return", "保存", self.save),
            Key("Ctrl+Shift+Return", "保存并再记一条", self.save_and_next),
            Key("F4", "下一个空", self._next_blank),
            *self._sentence_keys(),
            Key("Esc", "先放下，内容留着"),
        )

    def start(self, values: Mapping[str, Value] | None = None) -> None:
        """Open; `values` over what a new entry begins with (the last one to be repeated)."""
        self.open()
        self.errands.start("fill", lambda: self._fill(values or {}))

    @errand
    async def save(self) -> None:
        """Have it written; a refusal leaves everything as typed."""
        if await self._save(self.save_button):
            self.accept()

    @errand
    async def save_and_next(self) -> None:
        """Write it and begin the next one, keeping what stays the same (where from, when sampled)."""
        if self._row is not None or self.form is None:
            return
        kept = {one.key for one in self.journal.fields if one.keep}
        values = self.form.view.values()
        if await self._save(self.next_button):
            self._draw({key: value for key, value in values.items() if key in (*kept, AT, BEGINS)})
            self.notice.done("已保存，接着记下一条。")

    def reject(self) -> None:
        """Esc: what is typed stays as a draft."""
        self._left = self._typed()
        self.view.errands.start(f"keep draft {id(self)}", self._keep_draft)
        super().reject()

    # inside -------------------------------------------------------------------------------------------------------

    async def _fill(self, values: Mapping[str, Value]) -> None:
        self._people = await self.errands.ask(People(self.who.rid))
        draft = await self.draft.find(self._row.rid if self._row else self.who.rid)
        self._draw(values)
        if draft is not None and self.form is not None:
            self.form.set_values({key: _value(value) for key, value in draft.content.items()})
            self.form.begin()
            self.notice.say(
                f"已带出 {self.draft.when(draft)} 没保存的内容。",
                undo=lambda: self._forget(values),
                seconds=20,
            )

    def _draw(self, values: Mapping[str, Value]) -> None:
        day = today(self.view.bench)
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = EntryForm(
            self.journal, Occasion(day, self._people), self._facts(), correcting=self._row is not None
        )
        self._connect_photos(self.form)
        if self._row is None:
            self.form.set_values({**usual_values(self.journal, wall(self.view.bench)), **values})
        else:
            self.form.set_values({**self._row.content, **self._moment(self._row)})
        self.form.changed.connect(self.draft.touch)
        self.form.submitted.connect(self.save)
        self.errands.fields = self.form.view
        self._body.body.insertWidget(0, self.form)
        self.form.begin()

    async def _save(self, busy: Button) -> bool:
        form = self.form
        if form is None or not form.view.check():
            return False
        try:
            result = await self.errands.do(self._order(form, form.view.values()), busy=busy)
        except Refusal as refusal:
            self.errands.tell(refusal)
            return False
        await self.draft.drop()
        self.saved.emit(Seen(result, 1) if self._row is None else None)
        return True

    def _order(self, form: EntryForm, values: Mapping[str, Value]) -> Order[Any]:
        bench = self.view.bench
        day = today(bench)
        said = str(values.get(AT, ""))
        at = moment(said, bench.station.settings.zone, day) if said else None
        begins = read_date(str(values.get(BEGINS, "")))
        content = form.content(day)
        if self._row is None:
            return AddEntry(self.who.rid, self.journal.code, content, at, begins)
        if values.get(AT) == self._moment(self._row).get(AT):
            at = self._row.at  # the minute shown is not the whole of it
        return CorrectEntry(Seen(self._row.rid, self._row.revision), content, read_reason(values), at, begins)

    def _moment(self, row: EntryRow) -> dict[str, Value]:
        if self.journal.event:
            return {AT: f"{local(self.view.bench.station.settings.zone, row.at):%Y-%m-%d %H:%M}"}
        return {BEGINS: row.begins.isoformat()} if row.begins else {}

    def _facts(self) -> dict[str, str]:
        now = wall(self.view.bench)
        return {
            "name": self.who.name,
            "bed": self.who.bed,
            "time": f"{now:%H:%M}",
            "date": f"{now:%Y-%m-%d}",
        }

    async def _keep_draft(self) -> None:
        await self.draft.flush()
        self.draft.deleteLater()

    def _typed(self) -> dict[str, Any]:
        """What is in the fields; after the sheet was closed, what was in them then."""
        if self._left is not None:
            return self._left
        typed = self.form.view.draft() if self.form is not None else {}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in typed.items()}

    def _forget(self, values: Mapping[str, Value]) -> None:
        """The draft is not wanted."""
        self._draw(values)
        self.errands.start("drop draft", self.draft.drop)

    def _connect_photos(self, form: EntryForm) -> None:
        for one in self.journal.fields:
            field = form.view.input(one.key) if one.kind is Kind.PHOTOS else None
            if isinstance(field, PhotosInput):
                field.wanted.connect(lambda name, field=field: self._want(field, name))

    def _want(self, field: PhotosInput, name: str) -> None:
        async def bring() -> None:
            content = await self.errands.ask(BlobOf(name))
            if content is not None:
                field.show_photo(name, content)

        self.errands.start(f"photo {name}", bring)

    def _sentence_keys(self) -> list[Key]:
        def put(number: int) -> Callable[[], None]:
            return lambda: self.form.put_sentence(number) if self.form is not None else None

        named = enumerate(self.journal.templates[:9])
        return [Key(f"Ctrl+{number + 1}", f"常用句：{one.title}", put(number)) for number, one in named]

    def _next_blank(self) -> None:
        if self.form is not None:
            self.form.next_blank()

    def _lay_out_acts(self) -> None:
        self.away = Button("先放下", "plain")
        self.next_button = Button("保存并再记一条", "plain")
        self.save_button = Button("保存", "primary")
        self.next_button.setVisible(self._row is None and self.journal.event)
        self.away.clicked.connect(self.reject)
        self.next_button.clicked.connect(self.save_and_next)
        self.save_button.clicked.connect(self.save)
        for button in (self.away, self.next_button, self.save_button):
            self.acts.addWidget(button)


def _value(kept: Any) -> Value:
    """A value of a draft, lists as tuples again."""
    return tuple(str(one) for one in kept) if isinstance(kept, list) else str(kept)
