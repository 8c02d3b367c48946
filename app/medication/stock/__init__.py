"""The medicine cupboard: what residents brought and what the ward has, by lot; pill boxes, controlled books, fridge.

balance    shelves: what came, minus what went, minus what doses of this station took; a count stands before it all
use        what running orders take a day
keeping    what every act shares; moving, counting: the acts
own        自备药: the family's agreement
boxes      摆药: filled by one, checked by another; issuing: 发药 for days to come
stores     temperatures
queries    cupboard, ledger, alarms, controlled medicines, boxes, what was issued

A shelf never stands in the way of giving: a negative one is loud, and a count sets it right.
"""
