"""Journals 记录: one engine, many journals as data.

A journal is one file in `resources/journals/`, and nothing of a single journal is in code.

    journal, journal_file, journal_fields   what a file says, and how a bad one is refused
    asking      the form of an entry as data; the content its values make, checked
    words       the line, the signs, the day something is due
    service     write an entry, end what holds           amending   correct, retract, take back, wrong resident
    revising    the next revision; what a new entry puts an end to
    fhir        to the platform and back
    queries     pages of a journal, what holds, what is due, sums, versions of one entry, the timeline

An entry says what happened at a moment, or what holds from a day on until it is ended or the next one takes its place.
Nothing is overwritten: a correction, an end and a retraction are revisions with a reason. Values are kept as forms keep
them (texts; several choices, marks and photos as lists), under the keys of the file.
"""

from app.journals.amending import CorrectEntry, RetractEntry, TakeBackEntry, WrongResident
from app.journals.service import AddEntries, AddEntry, EndEntry
from app.residents.stating import Seen

__all__ = [
    "AddEntries",
    "AddEntry",
    "CorrectEntry",
    "EndEntry",
    "RetractEntry",
    "Seen",
    "TakeBackEntry",
    "WrongResident",
]
