"""The residents' screens, driven by clicks and keys inside the real frame."""
