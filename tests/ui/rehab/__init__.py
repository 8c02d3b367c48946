"""The screens of rehab, driven as people drive them."""
