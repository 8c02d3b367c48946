"""The drug list: what the program ships (resources/drugs), and what the institution adds, changes and withdraws.

classes    classes of medicines, the wider ones of each, words of allergy they answer to
reading    files, forms and tables to medicines, refused with file, line and key (entry reads key by key)
catalogue  the list of a station: `drug_list`, `drug_called` to order by, `drug_known` for old records
search     finding while typing; queries asks it
own        AddDrug, ChangeDrug, WithdrawDrug; writing is a medicine as content
importing  a table of the institution (table, sizes, forms read its rows)
"""
