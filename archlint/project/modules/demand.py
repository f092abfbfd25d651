"""Which documents have to be read before specifiers can be resolved."""

from archlint.facts import Demand, EntryDemand
from archlint.model import Scope
from archlint.project.modules.resolver import Modules
from archlint.project.project import Project

_DOCUMENTS = (
    "**/package.json",
    "**/tsconfig*.json",
    "**/jsconfig*.json",
    "**/pnpm-workspace.{yaml,yml}",
    "**/deno.{json,jsonc}",
    "**/{lerna,rush}.json",
)
_MOST_MORE = 256


def config_demand(project: Project) -> tuple[Demand, ...]:
    """What to ask for, given what is known: the documents by their usual names, then those that these name.

    To be asked again, round by round, until nothing is added. Of configurations with unusual names no more than
    some hundreds are followed.
    """
    known = EntryDemand(Scope(files=_DOCUMENTS))
    more = tuple(sorted(project.once(Modules).unread_configs()))[:_MOST_MORE]
    return (known, EntryDemand(Scope(files=more))) if more else (known,)
