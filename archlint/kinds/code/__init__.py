"""What kinds share that judge code: how rules name calls, and which call is meant."""
