"""The elements of the R4 resources a station sends: which there are, which must be there, which codes they take."""

from __future__ import annotations

ANY = "id meta implicitRules language text contained extension modifierExtension resourceType"

# A star marks what is a list.
_NAMES = {
    "Organization": """active address* alias* contact* endpoint* identifier* name partOf telecom* type*""",
    "Device": """contact* definition deviceName* distinctIdentifier expirationDate identifier* location lotNumber
        manufactureDate manufacturer modelNumber note* owner parent partNumber patient property* safety*
        serialNumber specialization* status statusReason* type udiCarrier* url version*""",
    "Practitioner": """active address* birthDate communication* gender identifier* name* photo* qualification*
        telecom*""",
    "Location": """address alias* availabilityExceptions description endpoint* hoursOfOperation* identifier*
        managingOrganization mode name operationalStatus partOf physicalType position status telecom* type*""",
    "Patient": """active address* birthDate communication* contact* deceasedBoolean deceasedDateTime gender
        generalPractitioner* identifier* link* managingOrganization maritalStatus multipleBirthBoolean
        multipleBirthInteger name* photo* telecom*""",
    "EpisodeOfCare": """account* careManager diagnosis* identifier* managingOrganization patient period referralRequest*
        status statusHistory* team* type*""",
    "RelatedPerson": """active address* birthDate communication* gender identifier* name* patient period photo*
        relationship* telecom*""",
    "Coverage": """beneficiary class* contract* costToBeneficiary* dependent identifier* network order payor* period
        policyHolder relationship status subrogation subscriber subscriberId type""",
    "Encounter": """account* appointment* basedOn* class classHistory* diagnosis* episodeOfCare* hospitalization
        identifier* length location* partOf participant* period priority reasonCode* reasonReference* serviceProvider
        serviceType status statusHistory* subject type*""",
    "Consent": """category* dateTime identifier* organization* patient performer* policy* policyRule provision scope
        sourceAttachment sourceReference status verification*""",
    "Flag": """author category* code encounter identifier* period status subject""",
    "DocumentReference": """authenticator author* category* content* context custodian date description docStatus
        identifier* masterIdentifier relatesTo* securityLabel* status subject type""",
    "AdverseEvent": """actuality category* contributor* date detected encounter event identifier location outcome
        recordedDate recorder referenceDocument* resultingCondition* seriousness severity study* subject
        subjectMedicalHistory* suspectEntity*""",
    "Condition": """abatementAge abatementDateTime abatementPeriod abatementRange abatementString asserter bodySite*
        category* clinicalStatus code encounter evidence* identifier* note* onsetAge onsetDateTime
        onsetPeriod onsetRange onsetString recordedDate recorder severity stage* subject verificationStatus""",
    "AllergyIntolerance": """asserter category* clinicalStatus code criticality encounter identifier* lastOccurrence
        note* onsetAge onsetDateTime onsetPeriod onsetRange onsetString patient reaction* recordedDate recorder
        type verificationStatus""",
    "Medication": """amount batch code form identifier* ingredient* manufacturer status""",
    "RequestGroup": """action* author authoredOn basedOn* code encounter groupIdentifier identifier*
        instantiatesCanonical* instantiatesUri* intent note* priority reasonCode* reasonReference* replaces* status
        subject""",
    "MedicationRequest": """authoredOn basedOn* category* courseOfTherapyType detectedIssue* dispenseRequest
        doNotPerform dosageInstruction* encounter eventHistory* groupIdentifier identifier* instantiatesCanonical*
        instantiatesUri*
        insurance* intent medicationCodeableConcept medicationReference note* performer performerType priorPrescription
        priority reasonCode* reasonReference* recorder reportedBoolean reportedReference requester status statusReason
        subject substitution supportingInformation*""",
    "ClinicalImpression": """assessor code date description effectiveDateTime effectivePeriod encounter finding*
        identifier* investigation* note* previous problem* prognosisCodeableConcept* prognosisReference* protocol*
        status statusReason subject summary supportingInfo*""",
    "Goal": """achievementStatus addresses* category* description expressedBy identifier* lifecycleStatus note*
        outcomeCode* outcomeReference* priority startCodeableConcept startDate statusDate statusReason subject
        target*""",
    "CarePlan": """activity* addresses* author basedOn* careTeam* category* contributor* created description encounter
        goal* identifier* instantiatesCanonical* instantiatesUri* intent note* partOf* period replaces* status subject
        supportingInfo* title""",
    "ServiceRequest": """asNeededBoolean asNeededCodeableConcept authoredOn basedOn* bodySite* category* code
        doNotPerform encounter identifier* instantiatesCanonical* instantiatesUri* insurance* intent locationCode*
        locationReference* note* occurrenceDateTime occurrencePeriod occurrenceTiming orderDetail* patientInstruction
        performer* performerType priority quantityQuantity quantityRange quantityRatio reasonCode* reasonReference*
        relevantHistory* replaces* requester requisition specimen* status subject supportingInfo*""",
    "Procedure": """asserter basedOn* bodySite* category code complication* complicationDetail* encounter focalDevice*
        followUp* identifier* instantiatesCanonical* instantiatesUri* location note* outcome partOf* performedAge
        performedDateTime performedPeriod performedRange performedString performer* reasonCode* reasonReference*
        recorder report* status statusReason subject usedCode* usedReference*""",
    "MedicationDispense": """authorizingPrescription* category context daysSupply destination detectedIssue*
        dosageInstruction* eventHistory* identifier* location medicationCodeableConcept medicationReference note*
        partOf* performer* quantity receiver* status statusReasonCodeableConcept statusReasonReference subject
        substitution
        supportingInformation* type whenHandedOver whenPrepared""",
    "MedicationAdministration": """category context device* dosage effectiveDateTime effectivePeriod eventHistory*
        identifier* instantiates* medicationCodeableConcept medicationReference note* partOf* performer* reasonCode*
        reasonReference* request status statusReason* subject supportingInformation*""",
    "DetectedIssue": """author code detail evidence* identifiedDateTime identifiedPeriod identifier* implicated*
        mitigation* patient reference severity status""",
    "Observation": """basedOn* bodySite category* code component* dataAbsentReason derivedFrom* device effectiveDateTime
        effectiveInstant effectivePeriod effectiveTiming encounter focus* hasMember* identifier*
        interpretation* issued method note* partOf* performer* referenceRange* specimen status subject
        valueBoolean valueCodeableConcept valueDateTime valueInteger valuePeriod valueQuantity valueRange
        valueRatio valueSampledData valueString valueTime""",
    "Questionnaire": """approvalDate code* contact* copyright date derivedFrom* description effectivePeriod experimental
        identifier* item* jurisdiction* lastReviewDate name publisher purpose status subjectType* title url useContext*
        version""",
    "RiskAssessment": """basedOn basis* code condition encounter identifier* method mitigation note* occurrenceDateTime
        occurrencePeriod parent performer prediction* reasonCode* reasonReference* status subject""",
    "Communication": """about* basedOn* category* encounter identifier* inResponseTo* instantiatesCanonical*
        instantiatesUri* medium* note* partOf* payload* priority reasonCode* reasonReference* received recipient* sender
        sent status statusReason subject topic""",
    "Task": """authoredOn basedOn* businessStatus code description encounter executionPeriod focus for groupIdentifier
        identifier* input* instantiatesCanonical instantiatesUri insurance* intent lastModified location note* output*
        owner partOf* performerType* priority reasonCode reasonReference relevantHistory* requester restriction status
        statusReason""",
    "QuestionnaireResponse": """author authored basedOn* encounter identifier item* partOf* questionnaire source
        status subject""",
    "Provenance": """activity agent* entity* location occurredDateTime occurredPeriod policy* reason* recorded
        signature* target*""",
}
KNOWN = {type_: frozenset(f"{ANY} {names}".replace("*", "").split()) for type_, names in _NAMES.items()}
LISTS = {
    type_: frozenset(name.rstrip("*") for name in names.split() if name.endswith("*"))
    for type_, names in _NAMES.items()
}

# A dot goes into every member of a list.
REQUIRED = {
    "Patient": ("link.other", "link.type", "communication.language"),
    "Practitioner": ("qualification.code",),
    "EpisodeOfCare": (
        "status",
        "patient",
        "statusHistory.status",
        "statusHistory.period",
        "diagnosis.condition",
    ),
    "Condition": ("subject",),
    "RelatedPerson": ("patient",),
    "Coverage": ("status", "beneficiary", "payor", "class.type", "class.value"),
    "Encounter": ("status", "class"),
    "Consent": ("status", "scope", "category"),
    "Flag": ("status", "code", "subject"),
    "DocumentReference": ("status", "content", "content.attachment"),
    "AdverseEvent": ("actuality", "subject"),
    "AllergyIntolerance": ("patient", "reaction.manifestation"),
    "Observation": ("status", "code", "component.code"),
    "Questionnaire": ("status", "item.linkId", "item.type"),
    "QuestionnaireResponse": ("status", "item.linkId"),
    "RiskAssessment": ("status", "subject"),
    "Communication": ("status",),
    "Medication": ("ingredient.itemCodeableConcept",),
    "RequestGroup": ("status", "intent"),
    "MedicationRequest": ("status", "intent", "subject"),
    "ClinicalImpression": ("status", "subject", "investigation.code"),
    "Goal": ("lifecycleStatus", "description", "subject"),
    "CarePlan": ("status", "intent", "subject"),
    "ServiceRequest": ("status", "intent", "subject"),
    "Procedure": ("status", "subject", "performer.actor"),
    "MedicationDispense": ("status", "performer.actor"),
    "MedicationAdministration": ("status", "subject", "performer.actor"),
    "DetectedIssue": ("status", "mitigation.action"),
    "Task": ("status", "intent"),
    "Provenance": ("target", "recorded", "agent", "agent.who", "entity.role", "entity.what"),
    "Device": ("deviceName.name", "deviceName.type"),
}

GENDERS = frozenset(["male", "female", "other", "unknown"])
OBSERVED = frozenset(
    ["registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown"]
)
REQUESTED = frozenset(["draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"])
ORDERED = frozenset(
    [
        "proposal",
        "plan",
        "directive",
        "order",
        "original-order",
        "reflex-order",
        "filler-order",
        "instance-order",
        "option",
    ]
)
CODES = {
    ("Patient", "gender"): GENDERS,
    ("Practitioner", "gender"): GENDERS,
    ("Device", "status"): frozenset(["active", "inactive", "entered-in-error", "unknown"]),
    ("Location", "status"): frozenset(["active", "suspended", "inactive"]),
    ("Location", "mode"): frozenset(["instance", "kind"]),
    ("EpisodeOfCare", "status"): frozenset(
        ["planned", "waitlist", "active", "onhold", "finished", "cancelled", "entered-in-error"]
    ),
    ("Observation", "status"): OBSERVED,
    ("QuestionnaireResponse", "status"): frozenset(
        ["in-progress", "completed", "amended", "entered-in-error", "stopped"]
    ),
    ("Questionnaire", "status"): frozenset(["draft", "active", "retired", "unknown"]),
    ("RiskAssessment", "status"): OBSERVED,
    ("Communication", "status"): frozenset(
        [
            "preparation",
            "in-progress",
            "not-done",
            "on-hold",
            "stopped",
            "completed",
            "entered-in-error",
            "unknown",
        ]
    ),
    ("Task", "status"): frozenset(
        [
            "draft",
            "requested",
            "received",
            "accepted",
            "rejected",
            "ready",
            "cancelled",
            "in-progress",
            "on-hold",
            "failed",
            "completed",
            "entered-in-error",
        ]
    ),
    ("Task", "intent"): frozenset(
        [
            "unknown",
            "proposal",
            "plan",
            "order",
            "original-order",
            "reflex-order",
            "filler-order",
            "instance-order",
            "option",
        ]
    ),
    ("Encounter", "status"): frozenset(
        [
            "planned",
            "arrived",
            "triaged",
            "in-progress",
            "onleave",
            "finished",
            "cancelled",
            "entered-in-error",
            "unknown",
        ]
    ),
    ("Medication", "status"): frozenset(["active", "inactive", "entered-in-error"]),
    ("RequestGroup", "status"): REQUESTED,
    ("MedicationRequest", "status"): frozenset(
        [
            "active",
            "on-hold",
            "cancelled",
            "completed",
            "entered-in-error",
            "stopped",
            "draft",
            "unknown",
        ]
    ),
    ("MedicationRequest", "intent"): frozenset(
        [
            "proposal",
            "plan",
            "order",
            "original-order",
            "reflex-order",
            "filler-order",
            "instance-order",
            "option",
        ]
    ),
    ("MedicationDispense", "status"): frozenset(
        [
            "preparation",
            "in-progress",
            "cancelled",
            "on-hold",
            "completed",
            "entered-in-error",
            "stopped",
            "declined",
            "unknown",
        ]
    ),
    ("MedicationAdministration", "status"): frozenset(
        ["in-progress", "not-done", "on-hold", "completed", "entered-in-error", "stopped", "unknown"]
    ),
    ("DetectedIssue", "status"): OBSERVED,
    ("ClinicalImpression", "status"): frozenset(["in-progress", "completed", "entered-in-error"]),
    ("Goal", "lifecycleStatus"): frozenset(
        [
            "proposed",
            "planned",
            "accepted",
            "active",
            "on-hold",
            "completed",
            "cancelled",
            "entered-in-error",
            "rejected",
        ]
    ),
    ("CarePlan", "status"): REQUESTED,
    ("CarePlan", "intent"): frozenset(["proposal", "plan", "order", "option"]),
    ("ServiceRequest", "status"): REQUESTED,
    ("ServiceRequest", "intent"): ORDERED,
    ("Procedure", "status"): frozenset(
        [
            "preparation",
            "in-progress",
            "not-done",
            "on-hold",
            "stopped",
            "completed",
            "entered-in-error",
            "unknown",
        ]
    ),
    ("Coverage", "status"): frozenset(["active", "cancelled", "draft", "entered-in-error"]),
    ("Consent", "status"): frozenset(
        ["draft", "proposed", "active", "rejected", "inactive", "entered-in-error"]
    ),
    ("Flag", "status"): frozenset(["active", "inactive", "entered-in-error"]),
    ("DocumentReference", "status"): frozenset(["current", "superseded", "entered-in-error"]),
    ("AdverseEvent", "actuality"): frozenset(["actual", "potential"]),
    ("AllergyIntolerance", "criticality"): frozenset(["low", "high", "unable-to-assess"]),
    ("AllergyIntolerance", "type"): frozenset(["allergy", "intolerance"]),
}
