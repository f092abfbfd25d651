"""What earlier runs found out about files, kept on disk. Any doubt is a miss, and a failure is a notice."""
