"""What must stand beside what: a subject's rooms, licences, commands that exist, locks that follow pyproject."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

# What stands in app/ and ui/ and is no subject.
FLOORS = {"cli", "core", "demo", "fhir", "printing", "sync", "forms", "kit", "places", "shell", "style"}
NO_TABLES = {"today", "figures"}  # they show what other subjects keep

TOP = {
    ".ci", "app", "db", "packaging", "resources", "tests", "ui",
    ".editorconfig", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile",
    "README.md", "pyproject.toml",
}  # fmt: skip
FONTS = {".ttf", ".otf", ".ttc", ".woff2"}
PICTURES = {".svg"}
LICENCE = re.compile(r"(licen[cs]e|copying|ofl)", re.IGNORECASE)

TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
EXPLAINED = re.compile(r"^([a-z][a-z-]*):.*## \S", re.MULTILINE)
COMMAND = re.compile(r"\bmake ([a-z][a-z-]*)\b")
FENCED = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
PLACE = re.compile(r"^(?:app|ui|db|tests|packaging|resources)/[\w./-]*$")

PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\S+) \\$")
WANTED = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)")

Files = Mapping[str, str]  # path → text (empty for what is not text)


def every_subject_has_its_rooms(files: Files) -> Iterator[str]:
    """A subject that acts has its tables, screens and tests under the same name, and no room is without a subject."""
    acting = {path.split("/")[1] for path in files if re.match(r"app/\w+/service(\.py|/)", path)} - FLOORS
    for subject in sorted(acting):
        rooms = [f"ui/{subject}/", f"tests/app/{subject}/"]
        rooms += [] if subject in NO_TABLES else [f"db/models/{subject}"]
        for room in rooms:
            if not any(path.startswith(room) for path in files):
                yield f"app/{subject} has no {room}"
    for layer in ("ui", "tests/app"):
        depth = layer.count("/") + 1
        there = {
            path.split("/")[depth]
            for path in files
            if path.startswith(f"{layer}/") and path.count("/") > depth
        }
        for subject in sorted(there - FLOORS):
            if not any(path.startswith(f"app/{subject}/") for path in files):
                yield f"{layer}/{subject} belongs to no subject in app/"


def nothing_lies_about(files: Files) -> Iterator[str]:
    """The top of the house holds what it was built with; a new file there was left by mistake or wants a room."""
    for top in sorted({path.split("/")[0] for path in files} - TOP):
        yield f"{top} lies at the top of the house"


def every_gift_has_its_licence(files: Files) -> Iterator[str]:
    """Fonts and pictures in resources/ that others made keep their licence beside them.

    Pictures share the licence of their collection (`lucide.LICENSE.txt`); each family of fonts has its own
    (`NotoSansSC.LICENSE.txt`).
    """
    for path in files:
        gift = PurePosixPath(path)
        if gift.parts[0] != "resources" or gift.suffix not in FONTS | PICTURES:
            continue
        family = re.split(r"[-.]", gift.name)[0] if gift.suffix in FONTS else ""
        beside = [file.name for file in map(PurePosixPath, files) if file.parent == gift.parent]
        if not any(name.startswith(family) and LICENCE.search(name) for name in beside):
            yield f"{path} is other people's work and stands there without its licence"


def help_lists_every_target(files: Files) -> Iterator[str]:
    """`make help` knows every target, and every target is a habit, not a file."""
    makefile = files["Makefile"]
    phony = set(re.findall(r"[\w-]+", "".join(re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE))))
    for target in TARGET.findall(makefile):
        if target not in EXPLAINED.findall(makefile):
            yield f"target {target} has no ## line, so help does not list it"
        if target not in phony:
            yield f"target {target} is not .PHONY"


def documents_are_true(files: Files) -> Iterator[str]:
    """Commands and places that README and CONTRIBUTING name exist."""
    targets = set(TARGET.findall(files["Makefile"]))
    for name in ("README.md", "CONTRIBUTING.md"):
        code = "\n".join(part.strip("`") for part in FENCED.findall(files[name]))
        for target in COMMAND.findall(code):
            if target not in targets:
                yield f"{name} names `make {target}`, which is not there"
        for word in code.split():
            if PLACE.match(word) and "x." not in word and not any(path.startswith(word) for path in files):
                yield f"{name} names {word}, which is not there"


def changelog_knows_this_version(files: Files) -> Iterator[str]:
    """The newest entry is this version's, or what is not yet released."""
    version = tomllib.loads(files["pyproject.toml"])["project"]["version"]
    headings = re.findall(r"^## (.+)$", files["CHANGELOG.md"], re.MULTILINE)
    if not headings or not (headings[0] == "Not yet released" or headings[0].startswith(version)):
        yield f"CHANGELOG.md begins with {headings[:1]} and the version is {version}"
    said = re.search(r'^__version__ = "(.+)"$', files.get("app/__init__.py", ""), re.MULTILINE)
    if said and said[1] != version:
        yield f"app says it is {said[1]} and pyproject.toml says {version}"


def locks_follow_pyproject(files: Files) -> Iterator[str]:
    """Each lock pins exactly what pyproject.toml asks for, with hashes and without an index; run is part of dev."""
    project = tomllib.loads(files["pyproject.toml"])["project"]
    run, dev = files["packaging/locks/run.txt"], files["packaging/locks/dev.txt"]
    asked = _names(project["dependencies"])
    yield from (f"run.txt: {problem}" for problem in _lock_problems(run, asked))
    asked |= _names(project["optional-dependencies"]["dev"])
    yield from (f"dev.txt: {problem}" for problem in _lock_problems(dev, asked))
    for name, version in sorted(_pins(run).items()):
        if _pins(dev).get(name) != version:
            yield f"run.txt pins {name} {version} and dev.txt {_pins(dev).get(name)}"


def _lock_problems(lock: str, asked: set[str]) -> Iterator[str]:
    direct = set()
    name = ""
    for line in lock.splitlines():
        if pin := PIN.match(line):
            name = pin["name"]
        elif "carestation (pyproject.toml)" in line:
            direct.add(name)
        elif line.startswith(("-", "http")) or "://" in line or (line and line[0] not in " #"):
            yield f"“{line}” is neither a hashed pin nor a comment"
    if direct != asked:
        yield f"does not follow pyproject.toml ({', '.join(sorted(direct ^ asked))}): make lock"


def _pins(lock: str) -> dict[str, str]:
    return {pin["name"]: pin["version"] for line in lock.splitlines() if (pin := PIN.match(line))}


def _names(requirements: Collection[str]) -> set[str]:
    found = [WANTED.match(requirement) for requirement in requirements]
    return {re.sub(r"[-_.]+", "-", name["name"]).lower() for name in found if name}
