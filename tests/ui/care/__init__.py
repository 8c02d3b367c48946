"""The screens of care, driven as people drive them."""
