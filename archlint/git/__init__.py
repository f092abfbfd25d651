"""Asks git, and only what cannot be done without it: what the index, a commit and a rename hold."""
