"""The platform's language: HL7 FHIR R4 (4.0.1) as plain dicts, with no subject in it.

Plain dicts and orjson, not a model library: validating models cost 85 times as much and a second to import; tests
validate every mapper's output instead. What our elements look like on the wire:

* `identifier` {system `urn:uuid:<institution>`, value `<rid>`} is a resource's identity; types that have none
  (Provenance) carry a `meta.tag` {system `urn:uuid:<institution>:rid`, code `<rid>`} instead.
* `meta.tag` {system `urn:carestation:institution`, code `<institution>`} stands on every resource: pull asks for it.
* `extension` `urn:carestation:revision` keeps the envelope: which revision, of which station, by whom, when, why.
* A type may be shared (Observation: vital signs, levels, laboratory results, findings): it is pulled once, and a body
  belongs to the kind it is known under here, else to the one it names (`KIND`), else to the one whose mapper `claims`
  it by what it says.
* Of a kind whose stations keep apart (doses, training sessions), every revision of every station is a resource of its
  own: two stations that recorded the same slot both stay, and what a later revision stands instead of is entered in
  error.
* What FHIR has no element for stands field by field in extensions (`fields`); where the same is said in an element
  of FHIR's own, that one counts as soon as another program has changed it.
* References are `Type/urn:uuid:<rid>` here and become `Type/<server id>` only while sending (`reference`).
"""

from app.fhir.carrying import Envelope, envelope_of, revised
from app.fhir.identity import House, identified, rid_of, tagged
from app.fhir.merging import merged
from app.fhir.part import KIND, Arrival, Held, Mapper, NotYet, Part, Revision, Taken, claimant
from app.fhir.reference import Ref, local, localised, references, resolved

__all__ = [
    "KIND",
    "Arrival",
    "Envelope",
    "Held",
    "House",
    "Mapper",
    "NotYet",
    "Part",
    "Ref",
    "Revision",
    "Taken",
    "claimant",
    "envelope_of",
    "identified",
    "local",
    "localised",
    "merged",
    "references",
    "resolved",
    "revised",
    "rid_of",
    "tagged",
]
