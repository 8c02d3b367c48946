"""The drug list: the medicines of the program, and what the institution added."""
