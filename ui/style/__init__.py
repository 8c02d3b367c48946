"""The look: colour tokens, type, style sheet, icons, fonts."""
