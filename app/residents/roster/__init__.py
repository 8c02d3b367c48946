"""Reading an institution's own roster: any usual table file in, one verdict a row out, nothing written here.

    detect   what the file is, by its content: a picture stays a picture, whatever its name says
    table    its rows, one at a time, cells as they lie in the file (workbook reads XLSX)
    columns  which heading means which field; what we do not know is kept as a remark
    rows     one row as values, or as problems with row, column, value and reason
    verdict  new, unchanged or rejected: against the file itself and against the people already here
    report   the rejected rows as a file that can be mended and read again

Rows stream through all of it, so 200,000 rows need no more memory than the numbers already seen.
"""

from app.residents.roster.columns import Columns, find_columns
from app.residents.roster.detect import Detected, FileKind, detect
from app.residents.roster.person import read_row
from app.residents.roster.reading import Roster, open_roster
from app.residents.roster.report import write_report
from app.residents.roster.rows import Problem, RosterContact, RosterRow
from app.residents.roster.table import Table, TableRow, open_table
from app.residents.roster.values import Uncalculated
from app.residents.roster.verdict import Fate, Judge, Known, Nobody, Person, Verdict

__all__ = [
    "Columns", "Detected", "Fate", "FileKind", "Judge", "Known", "Nobody", "Person", "Problem", "Roster",
    "RosterContact", "RosterRow", "Table", "TableRow", "Uncalculated", "Verdict", "detect", "find_columns",
    "open_roster", "open_table", "read_row", "write_report",
]  # fmt: skip
