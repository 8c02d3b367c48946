"""The base of every view, and the bench it works at: desk, person, news, notice line, the way to other places.

class ResidentsView(View):
    kinds = frozenset({"resident", "bed"})        # refresh() comes when one of these changed and the view shows

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "老人")
        bind(self, Key("Ctrl+F", "筛选", self.search.setFocus))      # F1 lists them

    def opened(self, params: Mapping[str, Any]) -> None:   # each time somebody goes here
        self.search.setText(params.get("search", ""))

    @latest
    async def refresh(self, changes: Changes | None = None) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.kit.errands import Errands

if TYPE_CHECKING:
    from uuid import UUID

    from app.access.keyring import KeyRing
    from app.access.proof import Proof
    from app.backup.rota import Rota
    from app.core.changes import Changes
    from app.core.desk import Desk
    from app.core.orders import Order
    from app.core.roles import Actor
    from app.core.settings import Settings
    from ui.kit.bulletin import Bulletin
    from ui.kit.notice import Notice

T = TypeVar("T")
Go = Callable[[str, Mapping[str, Any]], None]


class StationLike(Protocol):
    """The part of the station a view knows beyond its desk."""

    @property
    def desk(self) -> Desk: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def environ(self) -> Mapping[str, str]: ...

    @property
    def keyring(self) -> KeyRing: ...

    @property
    def backups(self) -> Rota: ...

    async def change_settings(self, order: Order[Settings]) -> Settings: ...

    async def aside(self, work: Callable[..., T], *arguments: Any) -> T: ...

    def prove(self, number: str, secret: str) -> Proof: ...


@dataclass(frozen=True)
class Bench:
    """What a view works with. `go("chart", {"resident": rid})` opens another place without importing it."""

    station: StationLike
    desk: Desk
    actor: Actor
    bulletin: Bulletin
    notice: Notice
    go: Go


@dataclass(frozen=True)
class Crumb:
    """One step of a view's title; a click on it goes to `place`. The last one is the title itself."""

    words: str
    place: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


_places: list[QWidget] = []


@contextmanager
def born_in(place: QWidget) -> Iterator[None]:
    """The first view made inside stands in `place` from its first line on.

    Put there when it is whole, Qt would dress everything in it anew.
    """
    _places.append(place)
    try:
        yield
    finally:
        _places.clear()


class View(QWidget):
    """One screen inside the frame, which gives it a margin and scrolls it when it is taller than the window.

    Made when it is first gone to, kept until the person signs out; shown and hidden as they go about.
    """

    titled = Signal(object)
    """tuple[Crumb, ...]: the top bar shows them."""
    kinds: ClassVar[frozenset[str]] = frozenset()
    """Record kinds the view shows; `refresh` is called when one of them changed."""

    def __init__(self, bench: Bench, title: str) -> None:
        super().__init__(_places.pop() if _places else None)
        self.bench = bench
        self.errands = Errands(bench.desk, self, notice=bench.notice)
        self.crumbs: tuple[Crumb, ...] = (Crumb(title),)
        if self.kinds:
            bench.bulletin.subscribe(self, self.kinds, self._hear)

    def _hear(self, changes: Changes) -> None:
        self.refresh(changes)

    def say_title(self, *crumbs: Crumb) -> None:
        """Show another title, with the way that led here before it."""
        self.crumbs = crumbs
        self.titled.emit(crumbs)

    def opened(self, params: Mapping[str, Any]) -> None:
        """Called each time somebody goes to this place, with what they brought along."""

    def record_shown(self) -> tuple[str, UUID] | None:
        """Kind and rid of the record the person looks at: F8 shows its way to the platform, F9 its versions."""
        return None

    def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for what is shown; `changes` says what is new, None means everything."""

    async def leave(self) -> None:
        """Called before another person signs in and before signing out: save what is typed, as this person."""
