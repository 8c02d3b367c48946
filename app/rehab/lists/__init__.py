"""Lists of rehab, read once from resources/rehab (keys: FORMAT.md there); a bad file is refused with file and line.

disciplines        PT, OT, ST, 中医 …: badge, colour, who may hold them
items              programme items with their dose fields (`dose`), found by Chinese, pinyin, initials
contraindications  what forbids or warns of items by their nature; how it is known
stops              stop rules, held against values by app.rehab.rules.stopping
attendance         what became of a session, reasons, reactions, phrases
phases             how soon a plan is reviewed, what asks for it at once
surroundings       problems (ICF), aids, places
measures           what goals are measured by
templates          a plan for each condition (`template` is one of them)
entry              reading a file
"""

from app.rehab.lists.attendance import (
    Attendance,
    Reaction,
    attendances,
    phrases,
    reactions,
    reason_words,
    reasons_of,
    symptoms,
)
from app.rehab.lists.contraindications import Contraindication, Nature, asked_at, contraindications, natures
from app.rehab.lists.disciplines import Discipline, discipline_words, disciplines
from app.rehab.lists.dose import DoseField, Scale, dose_fields, scales
from app.rehab.lists.entry import About, about
from app.rehab.lists.items import Item, dose_words, find_items, item_words, items, items_of
from app.rehab.lists.measures import Measure, instrument_codes, measure_words, measures
from app.rehab.lists.phases import Occasion, Phase, occasion_of_incident, occasions, phases
from app.rehab.lists.stops import Condition, conditions, conditions_of, stop_rules
from app.rehab.lists.surroundings import Aid, Place, Problem, aids, find_aids, find_problems, places, problems
from app.rehab.lists.template import BY, Exercise, Precaution, Template, TemplateGoal, TemplateItem
from app.rehab.lists.templates import templates, templates_for

__all__ = [
    "BY", "About", "Aid", "Attendance", "Condition", "Contraindication", "Discipline", "DoseField",
    "Exercise", "Item", "Measure", "Nature", "Occasion", "Phase", "Place", "Precaution", "Problem",
    "Reaction", "Scale", "Template", "TemplateGoal", "TemplateItem", "about", "aids", "asked_at",
    "attendances", "conditions", "conditions_of", "contraindications", "discipline_words", "disciplines",
    "dose_fields", "dose_words", "find_aids", "find_items", "find_problems", "instrument_codes",
    "item_words", "items", "items_of", "measure_words", "measures", "natures", "occasion_of_incident",
    "occasions", "phases", "phrases", "places", "problems", "reactions", "reason_words", "reasons_of",
    "scales", "stop_rules", "symptoms", "templates", "templates_for",
]  # fmt: skip
