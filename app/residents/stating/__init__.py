"""What is stated of a resident: allergies and diagnoses, one by one, each change with its reason.

    forms      what a person says about one allergy or one diagnosis, checked
    fields     the forms on the screen as data, and what their values say
    revising   the revision that stands, the next one, the one that retracts, the taking back within minutes
    allergies  add, correct, retract, and the entry that none is known
    diagnoses  add, correct, retract

A correction and a retraction are revisions with a reason; the one before stays readable. "None known" is an entry
somebody made: no entry at all is *unknown*. An allergy that is added retracts it in the same act.
"""

from app.residents.stating.allergies import AddAllergy, CorrectAllergy, RetractAllergy, StateNoAllergy
from app.residents.stating.diagnoses import AddDiagnosis, CorrectDiagnosis, RetractDiagnosis
from app.residents.stating.forms import AllergyForm, DiagnosisForm
from app.residents.stating.revising import Seen
from app.residents.stating.taking_back import TakeBack

__all__ = [
    "AddAllergy",
    "AddDiagnosis",
    "AllergyForm",
    "CorrectAllergy",
    "CorrectDiagnosis",
    "DiagnosisForm",
    "RetractAllergy",
    "RetractDiagnosis",
    "Seen",
    "StateNoAllergy",
    "TakeBack",
]
