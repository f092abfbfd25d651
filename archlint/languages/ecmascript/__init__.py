"""What TypeScript, TSX and JavaScript have in common: literals, the names that receive them, and sinks."""
