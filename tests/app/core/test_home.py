"""The home folder says in a sentence who may use it."""

from __future__ import annotations

import grp
from pathlib import Path

import pytest

from app.core.errors import Trouble
from app.core.home import Home


@pytest.mark.parametrize("ask", [lambda home: home.phase, lambda home: home.prepare()])
@pytest.mark.parametrize("group", ["carestation", "root"])
def test_who_may_not_work_here_is_told_the_way_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: object, group: str
) -> None:
    """A folder of a group names the command; without one, the way is another folder."""
    assert callable(ask)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refused)
    monkeypatch.setattr(Path, "write_bytes", refused)
    monkeypatch.setattr(Path, "group", lambda _path: group)
    with pytest.raises(Trouble) as caught:
        ask(Home(tmp_path))
    assert str(tmp_path) in caught.value.text
    way = "sudo adduser 账户名 carestation" if group == "carestation" else "--home"
    assert way in caught.value.remedy


def test_an_own_folder_asks_for_no_group(tmp_path: Path) -> None:
    """Whoever may write is not bothered."""
    home = Home(tmp_path / "new")
    home.prepare()
    assert home.root.is_dir()
    assert grp.getgrgid(home.root.stat().st_gid).gr_name == home.root.group()
