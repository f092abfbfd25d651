"""Small TypeScript programs: generated, written out, and interpreted, without any of archlint's own code."""
