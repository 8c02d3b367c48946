"""Coming in: from a staff number and a password to the database key, with every refusal in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from pathlib import Path
from uuid import UUID

from app.access import attempts, keys
from app.access.attempts import Attempt
from app.access.keys import Cost, KeyTable, Slot
from app.core.clock import local
from app.core.errors import Refusal, Trouble

WRONG = "工号或密码不对。"


@dataclass(frozen=True)
class Entered:
    """An opened slot: the key it gave, and the wrong tries before."""

    slot: Slot
    key: bytes = field(repr=False)
    failures: int


@dataclass(frozen=True)
class Entrance:
    """Where tries are made: the key table, the record of attempts, and the least cost a slot must have."""

    table: KeyTable
    attempts: Path
    floor: Cost

    def enter(self, who: str, password: str, now: datetime) -> Entered:
        """Refuses an unknown person and a wrong password with the same words, and any try during the delay."""
        if not who.strip():
            raise Refusal("请输入工号或姓名。", field="who")
        if not password:
            raise Refusal("请输入密码。", field="secret")
        attempts.follow_clock(self.attempts, now)
        slots = self.table.find(who)
        for slot in slots:
            self._may_try(slot, now)
            if slot.cost is None or not slot.cost.covers(self.floor):
                raise Trouble("这个账号的密钥强度不够。", remedy="请系统管理员重设密码。")
            key = self._open(slot, password)
            if key is not None:
                return self._entered(slot, key, now)
        for slot in slots:
            attempts.note(self.attempts, Attempt(slot.id, now, right=False))
        raise Refusal(self._wrong_words(slots, now), field="secret")

    def recover(self, code: str, now: datetime) -> Entered:
        """The same with the recovery code printed at set-up."""
        attempts.follow_clock(self.attempts, now)
        for slot in self.table.slots:
            if slot.kind == "recovery":
                self._may_try(slot, now)
                key = self._open(slot, code)
                if key is not None:
                    return self._entered(slot, key, now)
                attempts.note(self.attempts, Attempt(slot.id, now, right=False))
        raise Refusal("恢复码不对，请核对后再试。", field="code")

    def tried_recently(self) -> list[UUID]:
        """Slots that were opened here, the latest first."""
        right = [attempt.slot for attempt in reversed(attempts.read(self.attempts)) if attempt.right]
        return list(dict.fromkeys(right))

    def _open(self, slot: Slot, secret: str) -> bytes | None:
        key = keys.unlock(self.table, slot, secret)
        if key is not None and not self.table.genuine(key):
            raise Trouble("密钥表被改动过。", remedy="请从备份取回 keys.json，数据文件没有动过。")
        return key

    def _entered(self, slot: Slot, key: bytes, now: datetime) -> Entered:
        wrong = len(attempts.failures(attempts.read(self.attempts), slot.id))
        attempts.note(self.attempts, Attempt(slot.id, now, right=True))
        return Entered(slot, key, wrong)

    def _may_try(self, slot: Slot, now: datetime) -> None:
        until = attempts.wait_until(attempts.read(self.attempts), slot.id)
        if until is not None and now < until:
            seconds = ceil((until - now).total_seconds())
            raise Refusal(
                f"密码连续错了多次，请等 {seconds} 秒再试。忘记密码请找系统管理员重设。", field="secret"
            )

    def _wrong_words(self, slots: tuple[Slot, ...], now: datetime) -> str:
        known = attempts.read(self.attempts)
        waits = [until for slot in slots if (until := attempts.wait_until(known, slot.id)) is not None]
        if not waits:
            return WRONG
        until = local("Asia/Shanghai", max(waits))
        return f"{WRONG}已连续错了多次，{until:%H:%M:%S} 以后才能再试。"
