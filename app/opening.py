"""Opening and founding the encrypted file: what stands between a key and a desk to work at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import orjson
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.access import keys
from app.access.founding import SETTINGS, Found, SetUpForm, check_set_up, first_people, founder
from app.access.keyring import KeyRing
from app.access.keys import Cost, KeyTable
from app.access.service import SLOTS
from app.core import ballast, verify
from app.core.audit import Seals
from app.core.clock import Clock
from app.core.desk import Desk
from app.core.disk import settle_folder, troubles
from app.core.errors import Trouble
from app.core.home import Home
from app.core.ids import Ids, named
from app.core.settings import Settings
from app.core.unit import Surroundings
from db import upgrade
from db.engine import PlainFile, WrongKey, connect, reader_engine, writer_engine
from db.models import Account, Staff


@dataclass(frozen=True)
class Opened:
    """A desk, the key ring that goes with it, and what the person should be told."""

    desk: Desk
    keyring: KeyRing
    warnings: tuple[str, ...]


def open_desk(home: Home, key: bytes, clock: Clock, ids: Ids, cost: Cost) -> Opened:
    """Refuses a plain file, a damaged one, a newer one and an old key table; none is ever touched."""
    if ballast.room(home.ballast) < ballast.FULL:
        ballast.lift(home.ballast)
    with _spoken(home):
        settings, epoch = _settings(home, key, clock)
    table = keys.read(home.keys)
    if table.epoch < epoch:
        raise Trouble("密钥表是旧的，不能用来登录。", remedy="请取回最近的 keys.json。")
    keyring = KeyRing(home.keys, table, key, cost)
    seals = Seals.from_key(key)
    writer, reader = writer_engine(home.database, key), reader_engine(home.database, key)
    try:
        with _spoken(home), Session(reader) as session:
            warnings = _look(home, session, keyring, seals)
    except BaseException:
        reader.dispose()
        raise
    if not ballast.lay(home.ballast):
        warnings.append("磁盘快满了，请尽快清出一些空间。")
    anchors = verify.AnchorFile(home.anchors)
    surroundings = Surroundings(settings, ids, seals, keyring, anchors, home.ballast)
    return Opened(Desk(writer, reader, clock, surroundings), keyring, tuple(warnings))


def _look(home: Home, session: Session, keyring: KeyRing, seals: Seals) -> list[str]:
    """The audit chain against its anchors; only a file beyond doubt may put the anchors and the key table in order."""
    warnings = verify.chain_problems(session, seals.audit, home.anchors)
    if not warnings:
        verify.anchor(home.anchors, session)
        verify.AnchorFile(home.anchors).trim()
        active = select(Account.slot).join(Staff, Staff.rid == Account.staff).where(Staff.active)
        keyring.keep_only(frozenset(session.scalars(active)))
    return warnings


@contextmanager
def _spoken(home: Home) -> Iterator[None]:
    """Whatever keeps a file from being opened, in words."""
    kept = "文件已原样保留，请用备份恢复。"
    try:
        with troubles():
            yield
    except Trouble as trouble:
        # without room SQLite cannot make its log and speaks of an I/O error
        if ballast.room(home.ballast) < ballast.FULL:
            raise Trouble("磁盘已满，打不开数据文件。", remedy="请清出一些空间后再试。") from trouble
        raise
    except PlainFile as error:
        raise Trouble("数据文件没有加密，不能打开。", remedy="文件已原样保留，请联系系统管理员。") from error
    except upgrade.NewerFile as error:
        raise Trouble("数据是更新版本的程序写的。", remedy="请安装新版本后再打开。") from error
    except upgrade.NoStation as error:
        raise Trouble("数据文件是空的，或者不是本程序的。", remedy=kept) from error
    except (WrongKey, sqlcipher.Error, DBAPIError, KeyError, ValueError) as error:
        raise Trouble("数据文件有损坏，打不开。", remedy=kept) from error
    except OSError as error:
        raise Trouble("读写数据文件出错。", remedy="请检查磁盘空间和文件夹权限后再试。") from error


def _settings(home: Home, key: bytes, clock: Clock) -> tuple[Settings, int]:
    engine = writer_engine(home.database, key)
    try:
        upgrade.bring_up(engine, home.database, key, clock.now())
    finally:
        engine.dispose()
    raw = connect(home.database, key, read_only=True)
    try:
        rows = dict(raw.execute("SELECT key, value FROM setting").fetchall())
    finally:
        raw.close()
    epoch = int(orjson.loads(rows[SLOTS])["epoch"]) if SLOTS in rows else 0
    return Settings.from_stored(orjson.loads(rows[SETTINGS])), epoch


def station_problems(home: Home, keyring: KeyRing, desk: Desk) -> list[str]:
    """Everything `verify` finds: damaged pages, broken structure, a chain that does not fit."""
    raw = keyring.connect(home.database)
    try:
        problems = verify.file_problems(raw)
    finally:
        raw.close()
    with desk.reading() as session:
        seals = desk.surroundings.seals
        return problems + verify.chain_problems(session, seals.audit, home.anchors, whole=True)


def found_station(home: Home, form: SetUpForm, clock: Clock, cost: Cost, ids: Ids) -> str:
    """Set a station up; returns the recovery code, shown once. All or nothing: one rename ends it."""
    check_set_up(form)
    if home.data.exists():
        raise Trouble("这里已经有一个站点了。", remedy="请直接登录。")
    shutil.rmtree(home.draft, ignore_errors=True)
    try:
        home.draft.mkdir(parents=True)
        code = _build(_DraftHome(home.root), form, clock, cost, ids)
        home.draft.rename(home.data)
        settle_folder(home.root)
    except (OSError, DBAPIError, sqlcipher.Error, Trouble) as error:
        shutil.rmtree(home.draft, ignore_errors=True)
        raise Trouble(
            "建站没有完成，什么也没有留下。", remedy="请检查磁盘空间和文件夹权限后再试。"
        ) from error
    return code


class _DraftHome(Home):
    """A home whose data lie where set-up builds."""

    @property
    def data(self) -> Path:
        return self.draft


def _build(home: Home, form: SetUpForm, clock: Clock, cost: Cost, ids: Ids) -> str:
    key, code = keys.new_database_key(), keys.new_recovery_code()
    label = (form.institution_name.strip(), form.station_name.strip() or f"站点 {form.station_number}")
    table = KeyTable(uuid4(), 0, (), label)
    table = table.with_slot(keys.recovery_slot(table, key, code)).sealed(key)
    keys.write(home.keys, table)
    keyring = KeyRing(home.keys, table, key, cost)
    founder_rid = ids.new(clock.now())
    slots = (
        keyring.wrap(
            (form.administrator.number, form.administrator.name.strip()), form.administrator_password
        ),
        keyring.wrap((form.head_nurse.number, form.head_nurse.name.strip()), form.head_nurse_password),
    )
    settings = Settings(
        institution_name=label[0],
        institution_code=form.institution_code,
        institution_type=form.institution_type,
        institution_id=_institution_id(form.institution_code),
        station_number=form.station_number,
        station_name=form.station_name.strip(),
    )
    writer = writer_engine(home.database, key)
    try:
        upgrade.upgrade(writer)
    except BaseException:
        writer.dispose()
        raise
    desk = Desk(
        writer,
        reader_engine(home.database, key),
        clock,
        Surroundings(settings, ids, Seals.from_key(key), keyring),
    )
    desk.actor = founder(founder_rid, form)
    try:
        desk.do_now(Found(settings, *first_people(form, founder_rid, slots)))
    finally:
        desk.close()
    return code


def _institution_id(code: str) -> UUID:
    """The institution's UUID, the same at every station of it: made from its 统一社会信用代码."""
    return named(_INSTITUTIONS, code)


_INSTITUTIONS = UUID("7f0c2a5e-51f4-5c8e-9d0a-3b8e6a4d1c20")
