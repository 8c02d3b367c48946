"""Whose name is marked as easily taken for whose, and whose is not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from app.residents.mistaken import similar, taken_for


@dataclass(frozen=True)
class One:
    rid: UUID
    name: str


def _people(*names: str) -> list[One]:
    return [One(UUID(int=place), name) for place, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("李桂兰", "李桂兰"),
        ("李桂兰", "李贵兰"),  # sounds the same
        ("张桂兰", "章桂兰"),
        ("王芳", "王方"),
        ("李秀英", "李秀音"),  # ing, in
        ("陈志明", "陈自明"),  # zh, z
        ("刘兰芝", "刘南芝"),  # l, n
        ("欧阳淑华", "欧阳书华"),
        ("欧阳淑珍", "欧阳淑正"),
    ],
)
def test_names_that_are_taken_for_each_other(name: str, other: str) -> None:
    assert len(similar(_people(name, other, "赵树仁"))) == 2


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("李桂兰", "周桂兰"),  # only the given name is shared
        ("李桂兰", "李桂珍"),  # the other character sounds otherwise
        ("李秀英", "李淑音"),
        ("李志英", "李自音"),  # two characters differ
        ("方安", "范昂"),
        ("欧阳淑华", "欧淑华"),
    ],
)
def test_names_that_are_not(name: str, other: str) -> None:
    assert similar(_people(name, other)) == frozenset()


def test_each_is_told_for_whom() -> None:
    one, two, three, _four = people = _people("李桂兰", "李贵兰", "李桂南", "王素芬")
    found = taken_for(people)
    assert found[one.rid] == {two.rid, three.rid}
    assert found[two.rid] == {one.rid}
    assert found[three.rid] == {one.rid}
