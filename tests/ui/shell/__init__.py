"""Screens round the views, driven as a person drives them."""
