"""Follows constants from file to file: what files lend each other, and whom to ask for it."""
