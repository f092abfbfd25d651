"""What a script defines, calls, builds and tests."""
