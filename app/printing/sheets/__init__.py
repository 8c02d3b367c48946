"""The official forms, one module each."""
