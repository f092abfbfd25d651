"""Looks at a tree and says which contracts hold in it already."""

from typing import Any

import msgspec

from archlint.discover import discover
from archlint.evaluate import evaluate
from archlint.kinds import KIND_OF
from archlint.kinds.workflow.options import Gates
from archlint.learn import Progress, learn
from archlint.limits import Limits
from archlint.model import Origin, Rule, Scope
from archlint.project import Project
from archlint.proposal.gates import WORKFLOWS, gate_scripts
from archlint.proposal.layers import Layers, layers_of
from archlint.proposal.zones import Zone, is_source, zones_of
from archlint.run import Request
from archlint.workers.pool import Workers

_LOWEST_CEILING = 400
_STEP = 50
_NOWHERE = Origin("", 1, 1, "")
_NOT_OURS = ("**/*.d.ts", "**/*.min.js", "**/{vendor,generated,__generated__,dist}/**")


class Proposal(msgspec.Struct, frozen=True):
    """What a first configuration may say. An empty part has nothing to say of this tree."""

    zones: tuple[Zone, ...]
    layers: Layers
    ceiling: int
    """Code lines that no source file passes today."""
    longest: tuple[str, int]
    """The file with most code lines; ``('', 0)`` if there is none."""
    wired: tuple[str, ...]
    """Scripts that check something and that some workflow runs."""
    unwired: tuple[str, ...]
    """Those that no workflow runs."""


def propose(request: Request, progress: Progress = lambda _done, _total: None) -> Proposal:
    """What holds in a tree, whatever a configuration around it says. Writes nothing."""
    root = request.root or request.cwd
    listing = discover(root, ())
    project = Project(listing.paths, {}, left_out=listing.left_out)
    with Workers(root, Limits(), request.jobs) as workers:
        asking = (_rule("acyclic"), _rule("size", scope=Scope(ignores=_NOT_OURS), lines=1))
        known = learn(workers, asking, project, None, progress).project
        scripts = gate_scripts(known)
        gates = {
            script: _rule("workflow", files=(WORKFLOWS,), gates=Gates(scripts=script)) for script in scripts
        }
        known = learn(workers, tuple(gates.values()), known, None, progress).project
    zones = zones_of(known)
    longest = _longest(known)
    has_workflows = bool(known.selected(WORKFLOWS))
    held = {script for script, rule in gates.items() if has_workflows and not evaluate((rule,), known)}
    return Proposal(
        zones=zones,
        layers=layers_of(known, zones),
        ceiling=max(_LOWEST_CEILING, -(-longest[1] // _STEP) * _STEP) if longest[1] else 0,
        longest=longest,
        wired=tuple(script for script in scripts if script in held),
        unwired=tuple(script for script in scripts if script not in held),
    )


def _rule(kind: str, *, scope: Scope | None = None, **options: object) -> Rule[Any]:
    return Rule(
        kind, kind, KIND_OF[kind].options(**options), _NOWHERE, scope=scope or Scope(), allow_empty=True
    )


def _longest(project: Project) -> tuple[str, int]:
    facts = project.facts(Scope(ignores=_NOT_OURS))
    sizes = [
        (each.measures.code_lines, each.path) for each in facts if each.measures and is_source(each.path)
    ]
    lines, path = max(sizes, default=(0, ""))
    return path, lines
