"""On what it depends what a script does."""
