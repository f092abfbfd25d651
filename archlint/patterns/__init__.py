"""Code patterns: ast-grep's rule object, matched on tree-sitter trees. Knows no file, no rule of archlint's own."""
