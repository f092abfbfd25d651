"""The joined view of the repository: what kinds judge."""

from archlint.project.execution import Execution, Resolved, Site, told_step
from archlint.project.executions import executions, reached, started
from archlint.project.project import Project
from archlint.project.words import told, unwrapped

__all__ = [
    "Execution",
    "Project",
    "Resolved",
    "Site",
    "executions",
    "reached",
    "started",
    "told",
    "told_step",
    "unwrapped",
]
