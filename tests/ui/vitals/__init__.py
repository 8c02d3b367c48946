"""The screens of vital signs, driven by clicks and keys inside the real frame."""
