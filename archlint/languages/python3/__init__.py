"""What is read from Python: literals, the names that receive them, imports, and sinks. The only home of libcst."""
