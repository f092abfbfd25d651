"""Files as written: TOML and YAML with the place of every value. Knows no key of archlint's own."""
