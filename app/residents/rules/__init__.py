"""What is true of people and their papers, whoever writes it down: numbers, dates, names, phones, beds, ages.

Standard library only. A reader (`read_…`) takes what was typed or found in a cell and gives the value back in its
one proper form, or raises `Wrong` with a Chinese sentence that says what is wrong with it.
"""

from app.residents.rules.ages import MAX_AGE, age_on, age_words, check_birth, doubt_birth
from app.residents.rules.archive import doubt_archive_number, read_archive_number
from app.residents.rules.beds import (
    MOVE_REASONS,
    NURSING_TYPES,
    check_move_reason,
    in_order,
    nursing_share,
    read_bed_names,
)
from app.residents.rules.dates import EPOCH_1900, EPOCH_1904, read_date
from app.residents.rules.folding import fold, squeeze, tidy
from app.residents.rules.id_number import IdNumber, check_digit, read_id_number
from app.residents.rules.kin import EMERGENCY, GUARDIAN, guardian_missing, guards, in_calling_order, is_minor
from app.residents.rules.likeness import Spoken, likeness, nearest
from app.residents.rules.masks import mask_id, mask_name, mask_phone
from app.residents.rules.names import read_name
from app.residents.rules.onset import is_partial, read_onset
from app.residents.rules.papers import Paper, read_paper
from app.residents.rules.phones import read_phone, read_phones
from app.residents.rules.places import PlacePath, place_name, read_place
from app.residents.rules.statements import AllergyEntry, AllergyStatement, read_allergies, read_diagnoses
from app.residents.rules.wristband import read_wristband, wristband_code
from app.residents.rules.wrong import Wrong

__all__ = [
    "EMERGENCY", "EPOCH_1900", "EPOCH_1904", "GUARDIAN", "MAX_AGE", "MOVE_REASONS", "NURSING_TYPES",
    "AllergyEntry", "AllergyStatement", "IdNumber", "Paper", "PlacePath", "Spoken", "Wrong", "age_on",
    "age_words", "check_birth", "check_digit", "check_move_reason", "doubt_archive_number", "doubt_birth", "fold",
    "guardian_missing", "guards", "in_calling_order", "in_order", "is_minor", "is_partial", "likeness",
    "mask_id", "mask_name", "mask_phone", "nearest", "nursing_share", "place_name", "read_allergies",
    "read_archive_number", "read_bed_names", "read_date", "read_diagnoses", "read_id_number", "read_name", "read_onset",
    "read_paper", "read_phone", "read_phones", "read_place", "read_wristband", "squeeze", "tidy", "wristband_code",
]  # fmt: skip
