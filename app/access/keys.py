"""The key table beside the database: the random database key, wrapped once for every person and for recovery.

`keys.json` holds slots. A password slot: Argon2id → AES-256-GCM over the database key, with the version, database,
slot, person and cost as associated data. A recovery slot: a 160-bit code printed once, HKDF instead of Argon2id.
A MAC over the whole table under the database key shows tampering; the epoch, also kept in the database, shows an
old table put back (an old password must not live again). Without any slot the file is noise.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.audit import derive, seal
from app.core.disk import settle_folder
from app.core.errors import Trouble

VERSION = 1
KEY_BYTES = 32
RECOVERY_BYTES = 20


@dataclass(frozen=True)
class Cost:
    """What guessing one password costs: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int

    def covers(self, floor: Cost) -> bool:
        return self.memory >= floor.memory and self.passes >= floor.passes

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Cost:
        """Refuses (ValueError) what Argon2id cannot do or no station asks for."""
        cost = cls(**stored)
        each = ((cost.memory, CEILING.memory), (cost.passes, CEILING.passes), (cost.lanes, CEILING.lanes))
        if not all(type(value) is int and 1 <= value <= most for value, most in each):
            raise ValueError("a cost out of range")
        if cost.memory < 8 * cost.lanes:
            raise ValueError("less memory than the lanes need")
        return cost


CEILING = Cost(memory=1024 * 1024, passes=16, lanes=16)
"""More than any station ever asks for: a table that says more is damaged, and must not eat the PC's memory."""

STRONG = Cost(128 * 1024, 2, 3)
"""128 MiB, two passes: 220 to 610 ms on the PCs the stations have."""


@dataclass(frozen=True)
class Slot:
    """One way to the database key. `number` and `name` are how the sign-in screen finds it."""

    id: UUID
    kind: str  # password, recovery
    number: str
    name: str
    salt: bytes
    nonce: bytes
    box: bytes
    cost: Cost | None = None

    def stored(self) -> dict[str, Any]:
        return {
            "id": str(self.id),
            "kind": self.kind,
            "number": self.number,
            "name": self.name,
            "salt": self.salt.hex(),
            "nonce": self.nonce.hex(),
            "box": self.box.hex(),
            "cost": asdict(self.cost) if self.cost else None,
        }

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Slot:
        """Refuses (ValueError) a slot that no secret could open: wrong kind, wrong lengths, no cost."""
        cost = stored["cost"]
        slot = cls(
            id=UUID(stored["id"]),
            kind=stored["kind"],
            number=_text(stored["number"]),
            name=_text(stored["name"]),
            salt=bytes.fromhex(stored["salt"]),
            nonce=bytes.fromhex(stored["nonce"]),
            box=bytes.fromhex(stored["box"]),
            cost=None if cost is None else Cost.from_stored(cost),
        )
        if (len(slot.salt), len(slot.nonce), len(slot.box)) != (16, 12, KEY_BYTES + 16):
            raise ValueError("a slot of other lengths")
        if (slot.kind, slot.cost is None) not in {("password", False), ("recovery", True)}:
            raise ValueError("a slot of another kind")
        return slot

    def bound(self, database: UUID) -> bytes:
        """The associated data: a slot moved to another table, person or cost does not open."""
        cost = asdict(self.cost) if self.cost else None
        fields = [VERSION, str(database), str(self.id), self.kind, self.number, self.name, cost]
        return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)


@dataclass(frozen=True)
class KeyTable:
    """All slots of one database."""

    database: UUID
    epoch: int
    slots: tuple[Slot, ...]
    label: tuple[str, str] = ("", "")  # institution and station, shown before anyone has signed in
    mac: bytes = b""

    def find(self, who: str) -> tuple[Slot, ...]:
        """Password slots of a staff number, else of a name (two people may share one)."""
        wanted = who.strip()
        people = [slot for slot in self.slots if slot.kind == "password"]
        by_number = tuple(slot for slot in people if slot.number.lower() == wanted.lower())
        return by_number or tuple(slot for slot in people if slot.name == wanted)

    def with_slot(self, slot: Slot) -> KeyTable:
        kept = tuple(other for other in self.slots if other.id != slot.id)
        return replace(self, epoch=self.epoch + 1, slots=(*kept, slot))

    def without(self, *gone: UUID) -> KeyTable:
        """The next epoch's table without some slots (or with all of them, if none is named)."""
        kept = tuple(other for other in self.slots if other.id not in gone)
        return replace(self, epoch=self.epoch + 1, slots=kept)

    def sealed(self, key: bytes) -> KeyTable:
        return replace(self, mac=self._mac(key))

    def genuine(self, key: bytes) -> bool:
        return hmac.compare_digest(self.mac, self._mac(key))

    def _mac(self, key: bytes) -> bytes:
        slots = [orjson.dumps(slot.stored(), option=orjson.OPT_SORT_KEYS) for slot in self.slots]
        return seal(derive(key, "slots"), (VERSION, self.database, self.epoch, *self.label, *slots))


def new_database_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def password_slot(table: KeyTable, key: bytes, person: tuple[str, str], password: str, cost: Cost) -> Slot:
    """Wrap the database key for a person (number, name). Takes as long as `cost` says: never on the screen's thread."""
    slot = Slot(uuid4(), "password", *person, os.urandom(16), os.urandom(12), b"", cost)
    return _wrapped(table, slot, _stretch(password, slot), key)


def recovery_slot(table: KeyTable, key: bytes, code: str) -> Slot:
    """Wrap the database key for the recovery code that is printed once."""
    slot = Slot(uuid4(), "recovery", "", "", os.urandom(16), os.urandom(12), b"")
    return _wrapped(table, slot, _recovery_key(code, slot), key)


def new_recovery_code() -> str:
    """160 random bits as eight groups of four (Crockford's alphabet: no I, L, O, U)."""
    text = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode()
    text = text.translate(
        str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    )
    return "-".join(text[start : start + 4] for start in range(0, 32, 4))


def unlock(table: KeyTable, slot: Slot, secret: str) -> bytes | None:
    """The database key, or None if the secret is wrong. Slow by design for passwords."""
    wrapping = _stretch(secret, slot) if slot.kind == "password" else _recovery_key(secret, slot)
    try:
        return AESGCM(wrapping).decrypt(slot.nonce, slot.box, slot.bound(table.database))
    except InvalidTag:
        return None


def read(path: Path) -> KeyTable:
    """The table as it lies on the disk; a broken one is a Trouble, never silently replaced."""
    try:
        return from_stored(path.read_bytes())
    except OSError as error:
        raise Trouble("密钥表读不出来。", remedy="请从备份取回 keys.json，数据文件没有动过。") from error


def from_stored(text: bytes) -> KeyTable:
    """A table out of its text; a broken one is a Trouble."""
    try:
        stored = orjson.loads(text)
        if stored["version"] != VERSION:
            raise Trouble("密钥表是更新版本的程序写的。", remedy="请安装新版本后再打开。")
        slots = tuple(Slot.from_stored(slot) for slot in stored["slots"])
        institution, station = map(_text, stored["label"])
        mac = bytes.fromhex(stored["mac"])
        return KeyTable(UUID(stored["database"]), int(stored["epoch"]), slots, (institution, station), mac)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Trouble("密钥表读不出来。", remedy="请从备份取回 keys.json，数据文件没有动过。") from error


def as_stored(table: KeyTable) -> bytes:
    """The table as its file holds it."""
    stored = {
        "version": VERSION,
        "database": str(table.database),
        "epoch": table.epoch,
        "label": table.label,
        "slots": [slot.stored() for slot in table.slots],
        "mac": table.mac.hex(),
    }
    return orjson.dumps(stored, option=orjson.OPT_INDENT_2)


def write(path: Path, table: KeyTable) -> None:
    """Replace the table in one step: a power cut leaves the old one or the new one, never half."""
    fresh = path.with_suffix(".new")
    try:
        with fresh.open("wb") as file:
            file.write(as_stored(table))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        settle_folder(path.parent)  # the database must not commit an epoch that the folder may still forget
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise Trouble("密钥表写不进去，密码没有改。", remedy="请检查磁盘空间和文件夹权限后再试。") from error


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _wrapped(table: KeyTable, slot: Slot, wrapping: bytes, key: bytes) -> Slot:
    return replace(slot, box=AESGCM(wrapping).encrypt(slot.nonce, key, slot.bound(table.database)))


def _stretch(password: str, slot: Slot) -> bytes:
    if slot.cost is None:
        raise ValueError("a password slot without a cost")
    cost = slot.cost
    kdf = Argon2id(
        salt=slot.salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory
    )
    return kdf.derive(password.encode())


def _recovery_key(code: str, slot: Slot) -> bytes:
    plain = "".join(character for character in code.upper() if character.isalnum())
    plain = plain.translate(str.maketrans("OIL", "011"))
    return HKDF(SHA256(), KEY_BYTES, salt=slot.salt, info=b"carestation recovery").derive(plain.encode())
