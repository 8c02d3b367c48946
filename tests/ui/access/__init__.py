"""Screens of people and rights, driven as a person drives them."""
