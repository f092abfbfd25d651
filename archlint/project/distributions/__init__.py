"""Which distributions of Python the files of a project declare, and which modules come from them. In memory and pure."""

from archlint.project.distributions.declared import Distributions, declaring_demand
from archlint.project.distributions.providers import providers_of

__all__ = ["Distributions", "declaring_demand", "providers_of"]
