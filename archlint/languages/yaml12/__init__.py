"""How YAML syntax becomes values: the text of scalars, and the paths of nodes."""
