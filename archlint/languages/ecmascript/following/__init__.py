"""Follows constants from where they are written, through names, to where they act."""
