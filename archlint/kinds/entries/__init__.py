"""What kinds that judge documents share: paths to entries, the walk along them, scalars, sides to compare."""
