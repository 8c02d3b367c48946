"""When the station backs up, where to, and what became of it; one backup at a time."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from app.access.keyring import KeyRing
from app.access.queries import MayI
from app.backup import keeping, rules
from app.backup.acts import ChangedSince, NoteBackup, NoteDrill
from app.backup.keeping import Kept
from app.backup.making import Made, Source, make
from app.core.desk import Desk
from app.core.errors import Refusal, Trouble
from app.core.home import FileLock, Home
from app.core.roles import Right
from app.core.settings import Settings
from app.core.watch import Watch

if TYPE_CHECKING:
    from app.backup.drilling import Drilled

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Note:
    """What became of the last backup. Empty sentences: all is well. `head`: the audit line it reaches."""

    file: str = ""
    size: int = 0
    at: datetime | None = None
    head: tuple[int, bytes] = (0, b"")
    problem: str = ""
    second_problem: str = ""
    second_done: str = ""  # the place that has this backup too

    def as_stored(self) -> bytes:
        at = self.at.isoformat() if self.at else None
        head = {"seq": self.head[0], "mac": self.head[1].hex()}
        words = {name: getattr(self, name) for name in ("file", "size", *_SENTENCES)}
        return orjson.dumps({**words, "at": at, "head": head})


_SENTENCES = ("problem", "second_problem", "second_done")


def read_note(path: Path) -> Note:
    """What the last backup left; nothing if there was none, or if the note cannot be read."""
    try:
        stored: dict[str, Any] = orjson.loads(path.read_bytes())
        at = datetime.fromisoformat(stored["at"]) if stored["at"] else None
        head = (int(stored["head"]["seq"]), bytes.fromhex(stored["head"]["mac"]))
        words = {name: str(stored[name]) for name in _SENTENCES}
        return Note(str(stored["file"]), int(stored["size"]), at, head, **words)
    except (OSError, ValueError, KeyError, TypeError):
        return Note()


def warnings(home: Home) -> tuple[str, ...]:
    """What whoever signs in should be told of the last backup."""
    note = read_note(home.backup_note)
    told = [f"上次备份没有做成：{note.problem}"] if note.problem else []
    return (*told, *([f"第二备份没有做成：{note.second_problem}"] if note.second_problem else []))


class Rota:
    """Backups of one open station. Its methods block: never on the screen's thread or the writer's."""

    def __init__(self, home: Home, desk: Desk, keyring: KeyRing) -> None:
        self._home, self._desk, self._keyring = home, desk, keyring
        self._opened = desk.clock.now()

    @property
    def settings(self) -> Settings:
        return self._desk.surroundings.settings

    @property
    def owner(self) -> str:
        return rules.whose(self.settings.institution_code, self.settings.station_number)

    @property
    def last(self) -> Note:
        return read_note(self._home.backup_note)

    def kept(self) -> tuple[Kept, ...]:
        """The backups in the first place, the newest first."""
        return keeping.found_in(self._home.backups, self.owner)

    def due(self) -> bool:
        """Whether the next automatic one is due."""
        return rules.due(self.last.at, self._opened, self._desk.clock.now(), self.settings.backup_every_hours)

    def by_itself(self, watch: Watch) -> Made | None:
        """At closing and every few hours: only if something changed since the last one, and no other is being made."""
        note = self.last
        if note.at is not None and self._still_there(note) and not self._changed(note, note.at):
            return None
        lock = FileLock(self._home.backup_lock)
        if not lock.take():
            return None
        try:
            return self._run(watch)
        finally:
            lock.release()

    def by_hand(self, watch: Watch, to: Path | None = None) -> Made:
        """Now, whatever changed; into another folder if one is named. Refuses without the right, and beside another."""
        self._desk.ask_now(MayI(Right.BACK_UP))
        lock = FileLock(self._home.backup_lock)
        if not lock.take():
            raise Refusal("另一个备份正在进行，请等它做完。")
        try:
            if to is None:
                return self._run(watch)
            made = make(self._source(), to, watch)
            self._desk.do_now(NoteBackup(made.file.name, made.head[0]))
            return made
        finally:
            lock.release()

    def drill(self, file: Path, words: str, watch: Watch) -> Drilled:
        """Restore a backup for practice, with the password its moment knew of whoever is at the desk; noted."""
        from app.backup.drilling import (  # brings the charts along: not before the first sign-in
            Practice,
            drill,
        )
        from app.backup.opened import Secret

        self._desk.ask_now(MayI(Right.BACK_UP))
        practice = Practice(Home(self._home.drilling), self._desk.clock, self._keyring.cost)
        who = self._source().by
        done = drill(practice, file, Secret(words, who), watch)
        self._desk.do_now(NoteDrill(file.name, done.words))
        return done

    def place_problem(self, text: str) -> str:
        """Why a folder cannot be the second place; empty if it can."""
        return keeping.place_problem(text, self._home.backups)

    def same_disk(self, text: str) -> bool:
        """Whether a second place would be lost with the first."""
        return keeping.same_disk(text, self._home.root)

    @property
    def place(self) -> Path:
        """The first place."""
        return self._home.backups

    def next_at(self) -> datetime:
        """When the next automatic one is due, if somebody is signed in then and something has changed."""
        last, now = self.last.at, self._desk.clock.now()
        since = self._opened if last is None or not self._opened < last <= now else last
        return since + timedelta(hours=self.settings.backup_every_hours)

    def _still_there(self, note: Note) -> bool:
        return not note.problem and (self._home.backups / note.file).is_file()

    def _changed(self, note: Note, at: datetime) -> bool:
        return self._desk.ask_now(ChangedSince(note.head, at))

    def _run(self, watch: Watch) -> Made:
        """Both places. What the first one refuses is raised; what the second one refuses is told."""
        before = self.last
        try:
            made = make(self._source(), self._home.backups, watch)
        except Trouble as trouble:
            words = f"{trouble.text}{trouble.remedy}"
            self._keep(Note(before.file, before.size, before.at, before.head, problem=words))
            raise
        self._keep(Note(made.file.name, made.size, made.at, made.head))
        self._desk.do_now(NoteBackup(made.file.name, made.head[0]))
        keeping.thin_out(self._home.backups, self.owner, made.file)
        if self.settings.backup_second_place:
            self._second(made, watch)
        return made

    def _second(self, made: Made, watch: Watch) -> None:
        problem, place = "", self.settings.backup_second_place
        try:
            keeping.copy_there(made.file, Path(place), self.owner, watch)
        except Trouble as trouble:
            problem, place = f"{trouble.text}{trouble.remedy}", ""
        note = Note(made.file.name, made.size, made.at, made.head, "", problem, place)
        self._keep(note)

    def _keep(self, note: Note) -> None:
        path = self._home.backup_note
        fresh = path.with_suffix(".new")
        try:
            fresh.write_bytes(note.as_stored())
            fresh.replace(path)
        except OSError as error:
            _log.warning("what became of the backup was not noted: %s", error)

    def _source(self) -> Source:
        actor = self._desk.actor
        return Source(
            self._home.database,
            self._keyring,
            self.settings,
            actor.number if actor else "",
            self._desk.clock.now(),
        )
