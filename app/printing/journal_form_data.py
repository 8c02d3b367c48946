"""From the latest entry of a journal to its printed form."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.clock import local
from app.core.errors import Refusal
from app.core.form import Kind
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.journals.journal_file import journal_called
from app.journals.queries.pages import LastEntry, last_entry
from app.journals.words import said
from app.printing.journal_sheet_data import specs, whose
from app.printing.sheets.journal_form import Asked, JournalForm
from app.residents.queries import Chart
from app.residents.queries.chart import chart


@dataclass(frozen=True)
class JournalFormOf(Question[JournalForm]):
    """The latest entry of the journal of a sheet (`specs`)."""

    resident: UUID
    sheet: str


@answers(JournalFormOf)
def journal_form_of(reader: Reader, question: JournalFormOf) -> JournalForm:
    """Refuses where there is no entry yet."""
    reader.require(Right.PRINT_RECORDS)
    spec, person = specs()[question.sheet], chart(reader, Chart(question.resident))
    journal = journal_called(spec.journals[0])
    entry = last_entry(reader, LastEntry(question.resident, journal.code))
    if entry is None:
        raise Refusal(f"{person.name} 还没有{journal.title}。")
    words, zone = said(journal, entry.content), reader.settings.zone
    note = [f"更正（{entry.reason}）"] if entry.corrected else []
    note += [f"补录于 {local(zone, entry.recorded_at):%Y-%m-%d %H:%M}"] if entry.late else []
    return JournalForm(
        title=spec.title,
        whose=whose(reader, person),
        at=local(zone, entry.at).replace(tzinfo=None),
        by=entry.by,
        note="；".join(note),
        fields=tuple(
            Asked(field.label, words.get(field.key, ""), field.wide or field.kind is Kind.LINES)
            for field in journal.fields
        ),
        printed_at=local(zone, reader.now),
        printed_by=reader.actor.name,
    )
