"""Where the specifiers of ECMAScript and TypeScript lead. In memory and pure."""

from archlint.project.modules.demand import config_demand
from archlint.project.modules.resolver import Modules
from archlint.project.modules.targets import Manner, Target
from archlint.project.modules.values import is_config

__all__ = ["Manner", "Modules", "Target", "config_demand", "is_config"]
