"""The people of the house: residents, their places and stays, what is stated of them, and their roster."""
