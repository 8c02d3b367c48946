"""The screens of medication, driven as people drive them."""
