"""How component files are read: markup with code in it, found by a scan and handed to the readers of each."""
