"""Instruments as data: the model, its files, and whether a file holds together. Pure: no file but its own is read.

    resources/instruments/x.toml ─► read (read_items, read_levels, read_fields, read_cases) ─► model
                                       │                (items, facts, levels, quantities)
                                       └─► soundness (banding, reach): refused with file, place and reason

A new instrument is one file; what the format cannot say extends the format here, never the code of one instrument.
"""

from app.assessments.instruments.facts import Choice, Fact, Field, Section, fact_of, spoken
from app.assessments.instruments.items import Dimension, Item, Option, labelled
from app.assessments.instruments.levels import Change, Due, Every, Level, RiskSign, Scale, Verdict
from app.assessments.instruments.model import (
    UNABLE,
    Case,
    Expected,
    Instrument,
)
from app.assessments.instruments.quantities import LeastChange, Measured, Quantity, plain
from app.assessments.instruments.read import parse_instrument, read_instrument, shipped

__all__ = (
    "UNABLE",
    "Case",
    "Change",
    "Choice",
    "Dimension",
    "Due",
    "Every",
    "Expected",
    "Fact",
    "Field",
    "Instrument",
    "Item",
    "LeastChange",
    "Level",
    "Measured",
    "Option",
    "Quantity",
    "RiskSign",
    "Scale",
    "Section",
    "Verdict",
    "fact_of",
    "labelled",
    "parse_instrument",
    "plain",
    "read_instrument",
    "shipped",
    "spoken",
)
