"""Pieces every view is made of: badges, cards, rows, errands, bulletin, notice line."""
