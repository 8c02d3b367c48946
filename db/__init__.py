"""What is kept: the encrypted file, its tables and how they came to be. Knows nobody."""
