"""The way back in when every password is lost: the recovery code gives one person a new password."""

from __future__ import annotations

from typing import Any, Protocol

from app.access.keyring import KeyRing
from app.access.keys import Slot
from app.access.queries import ActorByNumber
from app.access.rules import password_problem
from app.access.service import ChangeOwnPassword
from app.core.desk import Desk
from app.core.errors import Refusal
from app.core.roles import Actor


class OpenStation(Protocol):
    """What recovering needs of the station."""

    @property
    def desk(self) -> Desk: ...

    @property
    def keyring(self) -> KeyRing: ...

    def ask_as_nobody(self, question: Any) -> Any: ...


def reset_by_code(station: OpenStation, number: str, password: str) -> Slot:
    """A new slot for the active person of a number; the act stands in the audit chain under that person."""
    actor: Actor | None = station.ask_as_nobody(ActorByNumber(number))
    if actor is None:
        raise Refusal("没有这个工号，或账号已停用。", field="number")
    if problem := password_problem(password, actor.number, actor.name):
        raise Refusal(problem, field="password")
    slot = station.keyring.wrap((actor.number, actor.name), password)
    station.desk.actor = actor
    station.desk.do_now(ChangeOwnPassword(slot))
    return slot
