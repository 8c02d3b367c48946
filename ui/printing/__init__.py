"""The screen for paper: preview of exactly the file that is printed or saved."""
