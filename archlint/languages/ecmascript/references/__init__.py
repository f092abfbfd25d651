"""What a script points at: places where one may be, found in the bytes, and what its tree says of each."""
