"""Medication 用药: the drug list, orders, what is to be given when, what became of it, stock and prescriptions.

rules          pure: amounts, medicines, frequencies, slots, order states, outcomes, PRN limits
drugs          the drug list of the program and the institution's own, found by Chinese, pinyin, initials, barcode
"""
