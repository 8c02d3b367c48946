"""What must stand beside what is there, and what is missing would be noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.house import rooms
from tests.house.tree import paths, sources

Check = Callable[[rooms.Files], Iterator[str]]

MAKE = ".PHONY: help\nhelp: ## list these targets\n"
PROJECT = (
    '[project]\nversion = "1.2.0"\ndependencies = ["orjson>=3"]\n[project.optional-dependencies]\ndev = []\n'
)
PINNED = "orjson==3.13.0 \\\n    --hash=sha256:00\n    # via carestation (pyproject.toml)\n"
GIFTS = {"resources/icons/bed.svg": "", "resources/icons/LICENSE": ""}
ACTS = {
    "app/vitals/service.py": "",
    "ui/vitals/x.py": "",
    "tests/app/vitals/x.py": "",
    "db/models/vitals.py": "",
}

GOOD: tuple[tuple[Check, Mapping[str, str]], ...] = (
    (rooms.every_subject_has_its_rooms, ACTS),
    (rooms.nothing_lies_about, ACTS),
    (rooms.every_gift_has_its_licence, GIFTS),
    (rooms.help_lists_every_target, {"Makefile": MAKE}),
    (rooms.documents_are_true, {"Makefile": MAKE, "README.md": "`make help`", "CONTRIBUTING.md": ""}),
    (rooms.changelog_knows_this_version, {"pyproject.toml": PROJECT, "CHANGELOG.md": "## 1.2.0\n"}),
    (
        rooms.locks_follow_pyproject,
        {"pyproject.toml": PROJECT, "packaging/locks/run.txt": PINNED, "packaging/locks/dev.txt": PINNED},
    ),
)
BAD: tuple[tuple[Check, Mapping[str, str]], ...] = (
    (rooms.nothing_lies_about, {"notes.txt": ""}),
    (rooms.every_subject_has_its_rooms, {"ui/vitals/x.py": ""}),
    (rooms.every_subject_has_its_rooms, {"app/vitals/service.py": ""}),
    (rooms.every_gift_has_its_licence, {"resources/icons/person.svg": "", "resources/bed.svg": ""}),
    (
        rooms.every_gift_has_its_licence,
        {"resources/fonts/A-Bold.ttf": "", "resources/fonts/B.LICENSE.txt": ""},
    ),
    (rooms.help_lists_every_target, {"Makefile": MAKE + "bench: setup\n"}),
    (rooms.documents_are_true, {"README.md": "Call `make tea`."}),
    (rooms.documents_are_true, {"README.md": "It stands in `app/tea/`."}),
    (rooms.changelog_knows_this_version, {"CHANGELOG.md": "## 1.1.0\n"}),
    (rooms.changelog_knows_this_version, {"app/__init__.py": '__version__ = "1.1.0"\n'}),
    (rooms.locks_follow_pyproject, {"packaging/locks/run.txt": PINNED.replace("3.13.0", "3.12.0")}),
    (rooms.locks_follow_pyproject, {"packaging/locks/dev.txt": "--index-url somewhere\n" + PINNED}),
    (rooms.locks_follow_pyproject, {"pyproject.toml": PROJECT.replace("orjson", "ujson")}),
)
# A room is missing when it is taken out of what would be complete.
MISSING = {
    rooms.every_subject_has_its_rooms: ("ui/vitals/x.py", "tests/app/vitals/x.py", "db/models/vitals.py"),
    rooms.every_gift_has_its_licence: ("resources/icons/LICENSE",),
}


def _id(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize("check", [check for check, _ in GOOD], ids=_id)
def test_the_house_keeps(check: Check) -> None:
    """Nothing is missing in this house."""
    files = dict.fromkeys(paths(), "") | {source.path: source.text for source in sources()}
    complaints = list(check(files))
    assert not complaints, "\n".join(["", check.__doc__ or "", *complaints])


@pytest.mark.parametrize(("check", "files"), GOOD, ids=_id)
def test_a_complete_house_is_left_in_peace(check: Check, files: Mapping[str, str]) -> None:
    """A check complains about nothing where nothing is wrong."""
    assert not list(check(files))


@pytest.mark.parametrize(("check", "change"), BAD, ids=_id)
def test_is_seen(check: Check, change: Mapping[str, str]) -> None:
    """One wrong thing in a house that is right otherwise."""
    files = {} if check is rooms.every_subject_has_its_rooms else dict(GOOD)[check]
    assert list(check({**files, **change}))


@pytest.mark.parametrize(
    ("check", "room"), [(check, room) for check, gone in MISSING.items() for room in gone], ids=_id
)
def test_a_missing_room_is_seen(check: Check, room: str) -> None:
    """Take one room away and the house is not complete."""
    files = {path: text for path, text in dict(GOOD)[check].items() if path != room}
    assert list(check(files))
