"""archlint holds a polyglot monorepo to the architecture its documents describe."""

__version__ = "0.1.0"

__all__ = ["__version__"]
