"""How the file came to be, one step at a time; a step imports nothing of the project."""
