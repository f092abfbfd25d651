"""What earlier runs found out about files, kept on disk. Any doubt is a miss, and a failure is a notice."""

from archlint.cache.cache import Cache
from archlint.cache.store import Usage, clear, usage

__all__ = ["Cache", "Usage", "clear", "usage"]
