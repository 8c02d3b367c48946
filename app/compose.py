"""Puts the station together from a home folder and a clock; the door, the command line and the tests all use it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from app.access import keys
from app.access.entry import Entered, Entrance
from app.access.founding import SetUpForm
from app.access.keyring import KeyRing
from app.access.keys import STRONG, Cost
from app.access.proof import Proof
from app.access.queries import AccountOf, AccountState, ActorOfSlot, MayI
from app.access.service import NoteSignIn
from app.core.clock import Clock, SystemClock
from app.core.desk import Desk
from app.core.errors import Refusal, Trouble
from app.core.home import Home, HomeLock, Phase
from app.core.ids import Ids
from app.core.orders import Order
from app.core.replacing import finish
from app.core.roles import Actor, Right
from app.core.settings import Settings
from app.core.watch import Watch

if TYPE_CHECKING:
    from app.backup.opened import Secret
    from app.backup.restoring import Restored
    from app.backup.rota import Rota
    from app.sync.access import Access
    from app.sync.engine import SyncEngine

T = TypeVar("T")
__all__ = ["Phase", "SignedIn", "Station", "compose"]


@dataclass(frozen=True)
class SignedIn:
    """Who came in, and what they should be told first."""

    actor: Actor
    failures: int = 0
    must_change: bool = False
    warnings: tuple[str, ...] = ()


@dataclass
class Station:
    """One station: shut until somebody signs in, then a desk to work at.

    `syncs`: whether it speaks to the district platform by itself while it is open (a window does, a command does not).
    """

    home: Home
    clock: Clock = field(default_factory=SystemClock)
    cost: Cost = STRONG
    ids: Ids = field(default_factory=Ids)
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    syncs: bool = False
    _desk: Desk | None = None
    _keyring: KeyRing | None = None
    _backups: Rota | None = None
    _sync: SyncEngine | None = None

    def __post_init__(self) -> None:
        self.lock = HomeLock(self.home)
        self._aside = ThreadPoolExecutor(2, thread_name_prefix="aside")

    @property
    def phase(self) -> Phase:
        """Where the station stands; half a pair of files is a Trouble, never a reason to begin anew."""
        return self.home.phase if self._desk is None else Phase.OPEN

    @property
    def desk(self) -> Desk:
        if self._desk is None:
            raise Trouble("还没有人登录。", remedy="请先登录。")
        return self._desk

    @property
    def keyring(self) -> KeyRing:
        if self._keyring is None:
            raise Trouble("还没有人登录。", remedy="请先登录。")
        return self._keyring

    @property
    def settings(self) -> Settings:
        return self.desk.surroundings.settings

    @property
    def backups(self) -> Rota:
        """The backups of the open station."""
        if self._backups is None:
            raise Trouble("还没有人登录。", remedy="请先登录。")
        return self._backups

    async def change_settings(self, order: Order[Settings]) -> Settings:
        """Have settings changed and take them at once, for whatever is asked or done from now on."""
        desk = self.desk
        settings = await desk.do(order)
        desk.surroundings = replace(desk.surroundings, settings=settings)
        if self._sync is not None:
            self._sync.now()
        return settings

    @property
    def access(self) -> Access | None:
        """The way to the district platform, as settings and environment have it now; None: no platform."""
        from app.sync.access import Access

        return Access.of(self.settings, self.environ)

    @property
    def sync(self) -> SyncEngine:
        """The engine of this open station; it goes on while the screen is locked, and ends at sign-out."""
        if self._sync is None:
            from app.sync.engine import SyncEngine

            self._sync = SyncEngine(self.desk, lambda: self.access)
        return self._sync

    async def aside(self, work: Callable[..., T], *arguments: Any) -> T:
        """Run slow work (Argon2id, opening the file) off the screen's and the writer's thread."""
        return await asyncio.wrap_future(self._aside.submit(work, *arguments))

    def label(self) -> tuple[str, str]:
        """Institution and station, as the sign-in screen shows them before anyone has come in."""
        return keys.read(self.home.keys).label

    def recent(self, count: int = 3) -> tuple[tuple[str, str], ...]:
        """(number, name) of the people who signed in here last."""
        table = keys.read(self.home.keys)
        people = {slot.id: (slot.number, slot.name) for slot in table.slots if slot.kind == "password"}
        known = [people[slot] for slot in self._entrance(table).tried_recently() if slot in people]
        return tuple(known[:count])

    def set_up(self, form: SetUpForm) -> str:
        """Found the station; returns the recovery code, to be shown once and printed."""
        from app.opening import found_station

        return found_station(self.home, form, self.clock, self.cost, self.ids)

    def restore(self, file: Path, secret: Secret, watch: Watch) -> Restored:
        """Put a backup into this empty home, which the window holds; then sign in as before."""
        from app.backup.restoring import Ground, restore

        return restore(Ground(self.home, self.clock, self.cost), file, secret, watch)

    def sign_in(self, who: str, password: str) -> SignedIn:
        """By staff number or name. Opens the file if it is shut; changes the person at the desk if it is open."""
        entered = self._entrance(self._table()).enter(who, password, self.clock.now())
        with self._as_it_was(entered.key) as warnings:
            return self._come_in(entered, warnings)

    def recover(self, code: str, number: str, password: str) -> SignedIn:
        """With the recovery code: gives the person of a staff number a new password and signs them in."""
        from app.access.recovery import reset_by_code

        entered = self._entrance(self._table()).recover(code, self.clock.now())
        with self._as_it_was(entered.key) as warnings:
            slot = reset_by_code(self, number, password)
            return self._come_in(Entered(slot, entered.key, entered.failures), warnings)

    def prove(self, number: str, secret: str) -> Proof:
        """That the person of a staff number gave password or PIN just now; refuses anything else in words."""
        from app.access.secrets import prove

        return prove(self, number, secret)

    def verify(self) -> list[str]:
        """What is wrong with the file and its audit chain; empty if nothing."""
        from app.opening import station_problems

        self.desk.ask_now(MayI(Right.VERIFY_STATION))
        return station_problems(self.home, self.keyring, self.desk)

    def sign_out(self) -> None:
        """Close the file and forget the key; what was queued is finished first, what is being sent may come back."""
        if self._sync is not None:
            sync, self._sync = self._sync, None
            sync.stop()
        if self._desk is not None:
            desk, self._desk, self._keyring, self._backups = self._desk, None, None, None
            desk.close()

    def close(self) -> None:
        self.sign_out()
        self._aside.shutdown(wait=True)
        self.lock.release()

    def ask_as_nobody(self, question: Any) -> Any:
        """A question of the door itself, before anyone is at the desk."""
        return self.desk.ask_as(_DOOR, question)

    def account(self, number: str) -> AccountState | None:
        found: AccountState | None = self.ask_as_nobody(AccountOf(number))
        return found

    def _table(self) -> keys.KeyTable:
        return self._keyring.table if self._keyring is not None else keys.read(self.home.keys)

    def _entrance(self, table: keys.KeyTable) -> Entrance:
        return Entrance(table, self.home.attempts, self.cost)

    @contextmanager
    def _as_it_was(self, key: bytes) -> Iterator[tuple[str, ...]]:
        """Opens the file if it is shut; whoever is not let in leaves desk and person as they were."""
        before = None if self._desk is None else self._desk.actor
        warnings = self._open(key)
        try:
            yield warnings
        except BaseException:
            if before is None:
                self.sign_out()
            else:
                self.desk.actor = before
            raise

    def _come_in(self, entered: Entered, warnings: tuple[str, ...]) -> SignedIn:
        actor: Actor | None = self.ask_as_nobody(ActorOfSlot(entered.slot.id))
        if actor is None:
            raise Refusal("这个账号已停用，请找系统管理员。", field="who")
        self.desk.actor = actor
        self.desk.do_now(NoteSignIn(entered.failures))
        if self.syncs:
            self.sync.start()
        account = self.account(actor.number)
        return SignedIn(actor, entered.failures, account is not None and account.must_change, warnings)

    def _open(self, key: bytes) -> tuple[str, ...]:
        if self._desk is not None:
            return ()
        from app.backup.rota import Rota, warnings
        from app.opening import open_desk

        opened = open_desk(self.home, key, self.clock, self.ids, self.cost)
        self._desk, self._keyring = opened.desk, opened.keyring
        self._desk.surroundings = replace(self._desk.surroundings, environ=self.environ)
        self._backups = Rota(self.home, opened.desk, opened.keyring)
        return opened.warnings + warnings(self.home)


_DOOR = Actor(UUID(int=0), "", "", frozenset(), "")


def compose(
    home: Path,
    *,
    clock: Clock | None = None,
    cost: Cost = STRONG,
    ids: Ids | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Station:
    """A station in a home folder. `cost` is cheap only in tests: a slot below it is refused elsewhere."""
    place = Home(home)
    place.prepare()
    _finish_restore(place)
    return Station(place, clock or SystemClock(), cost, ids or Ids(), environ)


def _finish_restore(place: Home) -> None:
    """Go the rest of a way a killed restore left; a program that holds the home has done it at its door."""
    lock = HomeLock(place)
    if place.intent.exists() and lock.take():
        try:
            finish(place)
        finally:
            lock.release()
