"""Checking a person's password or PIN beside an open desk: for signatures, second persons and unlocking."""

from __future__ import annotations

import secrets
from math import ceil
from typing import Protocol

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.access import attempts, proof
from app.access.attempts import Attempt
from app.access.entry import WRONG
from app.access.keyring import KeyRing
from app.access.keys import Cost
from app.access.proof import Proof
from app.access.queries import AccountState
from app.access.rules import FREE_TRIES, password_problem, pin_problem
from app.access.service import NotePin
from app.core.clock import Clock
from app.core.desk import Desk
from app.core.errors import Refusal
from app.core.home import Home


class OpenStation(Protocol):
    """What checking a secret needs of the station."""

    home: Home
    clock: Clock

    @property
    def desk(self) -> Desk: ...

    @property
    def keyring(self) -> KeyRing: ...

    def account(self, number: str) -> AccountState | None: ...


def first_password(number: str, name: str) -> str:
    """A password to be handed over and changed at once: four letters, four digits, none that look alike."""
    while True:
        letters = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(4))
        digits = "".join(secrets.choice("23456789") for _ in range(4))
        if password_problem(password := f"{letters}-{digits}", number, name) is None:
            return password


def hash_pin(pin: str, salt: bytes, cost: Cost) -> str:
    """The Argon2id hash of a PIN as a PHC string; refuses a PIN that is too easy."""
    if problem := pin_problem(pin):
        raise Refusal(problem, field="pin")
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    return kdf.derive_phc_encoded(pin.encode())


def pin_is(pin_hash: str, pin: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(pin.encode(), pin_hash)
    except InvalidKey:
        return False
    return True


def prove(station: OpenStation, number: str, secret: str) -> Proof:
    """Six digits are tried as a PIN if the person has one (five tries, then the password), else the password."""
    if not number.strip():
        raise Refusal("请输入工号。", field="number")
    if not secret:
        raise Refusal("请输入密码或 PIN。", field="secret")
    account = station.account(number.strip())
    if account is None:
        raise Refusal(WRONG, field="secret")
    looks_like_pin = len(secret) == 6 and secret.isdecimal() and account.pin_hash is not None
    if looks_like_pin:
        _check_pin(station, account, secret)
    else:
        _check_password(station, account, secret)
    return proof.make(station.desk.surroundings.seals, account.rid, station.clock.now())


def _check_pin(station: OpenStation, account: AccountState, pin: str) -> None:
    if account.pin_failures >= FREE_TRIES:
        raise Refusal("PIN 已错五次，请用密码。", field="secret")
    right = account.pin_hash is not None and pin_is(account.pin_hash, pin)
    if not right or account.pin_failures:
        station.desk.do_now(NotePin(account.rid, right))
    if not right:
        left = FREE_TRIES - account.pin_failures - 1
        raise Refusal(
            f"PIN 不对，还可以试 {left} 次。" if left else "PIN 已错五次，请用密码。", field="secret"
        )


def _check_password(station: OpenStation, account: AccountState, password: str) -> None:
    slot = station.keyring.slot(account.slot)
    now = station.clock.now()
    attempts.follow_clock(station.home.attempts, now)
    until = attempts.wait_until(attempts.read(station.home.attempts), account.slot)
    if until is not None and now < until:
        raise Refusal(
            f"密码连续错了多次，请等 {ceil((until - now).total_seconds())} 秒再试。", field="secret"
        )
    right = slot is not None and station.keyring.knows(slot, password)
    attempts.note(station.home.attempts, Attempt(account.slot, now, right=right))
    if not right:
        raise Refusal(WRONG, field="secret")
    if account.pin_failures:
        station.desk.do_now(NotePin(account.rid, right=True))
