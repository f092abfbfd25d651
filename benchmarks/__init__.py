"""Measurements. Never part of the tests: a timing says something about a machine, not about right and wrong."""
