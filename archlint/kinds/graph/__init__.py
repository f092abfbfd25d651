"""What the kinds that judge the import graph share: which edges count, which files are meant, how a way is told."""
