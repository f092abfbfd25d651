"""Joins what the code of files defines and calls."""
