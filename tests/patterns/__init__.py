"""Rules for code, and what ast-grep itself makes of them."""
