"""Partners 协作机构, what is agreed with them, the station's own papers, doctors who come.

lists      what there is to choose from: partners.toml
"""
