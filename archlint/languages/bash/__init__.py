"""How shell text is read: words, chains of commands, options of the shell, and the walk that joins them."""
