"""How Makefiles are read: lines, variables, rules with their recipes."""
