"""The hospital's list and its photograph as they stand, and joined with what somebody else saved meanwhile."""

from __future__ import annotations

from dataclasses import replace

from app.medication.reconciling import Listed, Reconciliation


def listed_of(sheet: Reconciliation) -> tuple[Listed, ...]:
    """The hospital's list as it stands."""
    return tuple(one.line for one in sheet.rows if one.line is not None)


def kept_paper(sheet: Reconciliation) -> tuple[str, ...]:
    """The photographed list, as its field holds it."""
    return (sheet.paper,) if sheet.paper else ()


def joined(
    typed: tuple[Listed, ...], stood: tuple[Listed, ...], stands: tuple[Listed, ...]
) -> tuple[list[Listed], tuple[Listed, ...]]:
    """What is typed with what somebody else saved meanwhile: their lines for those nobody touched here, and the new
    ones, which come second alone as well."""
    known = {one.key for one in stood}
    ours = [one for one in typed if one.key not in known or one not in stood]
    edited = {one.key for one in ours if one.key}
    dropped = known - {one.key for one in typed}
    bare = {replace(one, key="") for one in (*typed, *stood)}
    theirs = [one for one in stands if one.key not in edited | dropped]
    new = tuple(one for one in theirs if one.key not in known and replace(one, key="") not in bare)
    return [*theirs, *ours], new
