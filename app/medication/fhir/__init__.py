"""Medication on the platform: medicines, orders, doses, skin tests, prescriptions, what was put out and decided."""

from app.medication.fhir.dispense import DispenseMapper
from app.medication.fhir.doses import DoseMapper
from app.medication.fhir.drug import DrugMapper
from app.medication.fhir.matter import MatterMapper
from app.medication.fhir.order import OrderMapper
from app.medication.fhir.own_drug import OwnDrugMapper
from app.medication.fhir.prescription import PrescriptionMapper
from app.medication.fhir.reconciled import DecisionMapper, ReconciliationMapper
from app.medication.fhir.skin_test import SkinTestMapper
from app.medication.fhir.statement import MedStatementMapper

__all__ = [
    "DecisionMapper",
    "DispenseMapper",
    "DoseMapper",
    "DrugMapper",
    "MatterMapper",
    "MedStatementMapper",
    "OrderMapper",
    "OwnDrugMapper",
    "PrescriptionMapper",
    "ReconciliationMapper",
    "SkinTestMapper",
]
