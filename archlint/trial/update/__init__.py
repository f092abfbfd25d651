"""Writes what rules say into what is expected of them: ``expect`` of examples, and markers in comments."""
