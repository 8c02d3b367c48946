"""Buildings, floors, rooms and beds as something to keep in order, and residents who change beds.

    acts      beds added (with the room, floor and building they lie in), a place renamed, a bed type set
    moving    a resident moved to another bed: the one place where a stay gets another bed
    plan      a list of beds as institutions keep it, read row by row
    plan_import   the question and the order of taking such a list in

Identities are those of `app.residents.beds`: two stations that add the same bed offline make the same record. A place
without beds is not kept: it would be on no board. Retiring a bed waits until the table can say it.
"""

from app.residents.places.acts import AddBeds, Added, ChangePlace
from app.residents.places.moving import MoveBed, Moved

__all__ = ["AddBeds", "Added", "ChangePlace", "MoveBed", "Moved"]
