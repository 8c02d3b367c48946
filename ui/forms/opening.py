"""The files of a form: kept ones are brought as small pictures, and any opens over the window as large as it is."""

from __future__ import annotations

import base64
from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.core.blobs import NEW_PHOTO, BlobOf
from ui.forms.fields.photos import PhotosInput
from ui.forms.form_view import FormView
from ui.kit.errands import Errands
from ui.kit.file_sheet import ShownFile, show_file
from ui.kit.view import Bench


class FormFiles(QObject):
    """Serves every input of photos of a form, from before its values are set. `title`: what is shown over a file;
    without it the field's label."""

    def __init__(self, bench: Bench, owner: QWidget, form: FormView, title: str = "") -> None:
        super().__init__(form)
        self._bench, self._owner = bench, owner
        self._errands = Errands(bench.desk, form)
        self._record, self._about = bench.actor.rid, "staff"
        for one in form.form.fields:
            part = form.input(one.key)
            if isinstance(part, PhotosInput):
                part.wanted.connect(lambda name, part=part: self._want(part, name))
                part.opened.connect(lambda name, words=title or one.label: self._show(words, name))

    def about(self, record: UUID, kind: str = "resident") -> None:
        """Whose they are: printing and saving one is noted under that."""
        self._record, self._about = record, kind

    def _want(self, part: PhotosInput, name: str) -> None:
        """One errand a photo: all of them are wanted at once, and some before the form shows."""

        async def bring() -> None:
            content = await self._errands.ask(BlobOf(name))
            if content is not None:
                part.show_photo(name, content)

        QTimer.singleShot(0, self, lambda: self._errands.start(f"photo {name}", bring))

    def _show(self, title: str, name: str) -> None:
        """`name`: of a kept one, or a new one itself."""
        file = ShownFile(title, name, self._record, self._about)
        if name.startswith(NEW_PHOTO):
            content = base64.b64decode(name.partition(",")[2])
            file = ShownFile(title, "", self._record, self._about, content=content)
        show_file(self._bench, self._owner, file)
