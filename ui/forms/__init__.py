"""Forms drawn from data: one small file per kind of field."""
