"""The people of the house: residents, their places and stays, and the roster they come from."""
