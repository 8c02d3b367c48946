"""The files of a return's form: brought as small pictures, and opened over the window as large as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.core.blobs import BlobOf
from ui.forms.opening import form_file
from ui.kit.file_sheet import show_file

if TYPE_CHECKING:
    from ui.referrals.return_form import ReturnFormCard
    from ui.referrals.return_view import ReturnView


class FormFiles(QObject):
    """Lives with its view."""

    def __init__(self, view: ReturnView, card: ReturnFormCard) -> None:
        super().__init__(view)
        self._view, self._card = view, card
        card.wanted.connect(self.bring)
        card.opened.connect(self.show)

    def bring(self, name: str) -> None:
        """One errand a photo: all of them are wanted at once."""

        async def work() -> None:
            content = await self._view.errands.ask(BlobOf(name))
            if content:
                self._card.show_photo(name, content)

        self._view.errands.start(f"photo {name}", work)

    def show(self, name: str) -> None:
        """A value of the form: the name of a kept one, or a new one itself."""
        if self._view.rid is not None:
            show_file(self._view.bench, self._view, form_file("回转材料", name, self._view.rid, "resident"))
