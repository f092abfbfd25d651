"""The joined view of the repository: what kinds judge."""

from archlint.project.project import Project

__all__ = ["Project"]
