"""Photos of residents on screens: asked once by the name of the blob, then shown at once wherever the person shows."""

from __future__ import annotations

from collections import OrderedDict
from weakref import WeakKeyDictionary

from PySide6.QtGui import QImage
from shiboken6 import isValid

from app.core.blobs import BlobOf
from app.core.desk import Desk
from ui.kit.badges import Avatar
from ui.kit.pictures import picture_of
from ui.kit.view import View

MOST = 60
"""Photos kept decoded: about as many as a floor has residents."""
_decoded: WeakKeyDictionary[Desk, OrderedDict[str, QImage]] = WeakKeyDictionary()
"""By desk: nothing of a station outlives it."""


def show_face(view: View, avatar: Avatar, photo: str) -> None:
    """Put the photo into the avatar, now or when it has come; another person shown meanwhile does not get it."""
    avatar.setProperty("photo", photo)
    known = _decoded.setdefault(view.bench.desk, OrderedDict())
    avatar.show_photo(known.get(photo))
    if photo and photo not in known:
        view.errands.start(f"photo {id(avatar)}", lambda: _bring(view, avatar, photo), replace=True)


async def _bring(view: View, avatar: Avatar, photo: str) -> None:
    content = await view.errands.ask(BlobOf(photo))
    image = picture_of(content) if content else None
    if image is None:
        return  # it did not travel with the record: the initial stays
    known = _decoded.setdefault(view.bench.desk, OrderedDict())
    known[photo] = image
    while len(known) > MOST:
        known.popitem(last=False)
    alive = isValid(avatar)  # type: ignore[no-untyped-call]  # shiboken ships no types
    if alive and avatar.property("photo") == photo:
        avatar.show_photo(image)
