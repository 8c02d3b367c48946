"""Entries of those journals that FHIR has a shape for to and from its resources."""

from app.journals.fhir.mapper import EntryMapper

__all__ = ["EntryMapper"]
