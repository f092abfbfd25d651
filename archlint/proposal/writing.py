"""A proposal as the files of a first configuration, with comments for whoever edits them next."""

from collections.abc import Iterable, Iterator
from textwrap import fill

from archlint.config.editing import toml_line, yaml_line
from archlint.proposal.gates import WORKFLOWS
from archlint.proposal.propose import Proposal
from archlint.proposal.zones import Zone

SHEET = "archlint.toml"
RULES = "architecture/rules.yml"
_WIDTH = 110


def written(proposal: Proposal) -> dict[str, str]:
    """The text of each file, by its path below the root."""
    rules = "\n".join(_rules(proposal))
    sheet = "\n".join(_sheet(proposal, has_rules=bool(rules)))
    head = f"{yaml_line(RULES)}\n{_HEAD}"
    return {SHEET: sheet, **({RULES: f"{head}\nrules:\n{rules}"} if rules else {})}


_HEAD = """\
# The contracts of this repository, as they hold today. `archlint check` says where they no longer do.
# What a rule can say: docs/rules.md of archlint; an editor with the YAML language server completes it.\
"""


def _sheet(proposal: Proposal, *, has_rules: bool) -> Iterator[str]:
    yield toml_line()
    yield "# What archlint checks here: https://toml.io; an editor with Taplo completes it."
    yield 'packs = ["recommended"]            # import cycles, unresolved and undeclared imports, committed keys …'
    if has_rules:
        yield 'rules = ["architecture/*.yml"]     # relative to this file'
    yield 'exclude = [".archlint/**"]         # globs of files that are never looked at; these are for editors'
    if proposal.zones:
        yield ""
        yield "# Names for parts of the tree; rules say zone:NAME."
        yield "[zones]"
        yield from (f"{zone.name} = {_quoted(zone.glob)}" for zone in proposal.zones)
    yield ""


def _rules(proposal: Proposal) -> Iterator[str]:
    if len(proposal.layers.levels) > 1:
        yield _layers(proposal)
    if proposal.ceiling:
        yield _ceiling(proposal)
    if proposal.wired:
        yield _gates(proposal)


def _layers(proposal: Proposal) -> str:
    levels = proposal.layers.levels
    order = "\n".join(
        f"        - {_quoted(' | '.join(f'zone:{zone}' for zone in level))}" for level in levels
    )
    without = proposal.layers.unplaced
    circle = f"{', '.join(without)} import each other in a circle, or what does, and so have no level yet: archlint graph --zone"
    return f"""\
  # Upper layers import lower ones, as every import does today.
{_comment(circle) if without else ""}\
  - id: upward-import
    severity: error
    why: A lower layer that knows an upper one can no longer be changed, tested or moved without it.
    fix: Move what both need down, or hand it in from above.
    layers:
      order:
{order}
"""


def _ceiling(proposal: Proposal) -> str:
    path, lines = proposal.longest
    return f"""\
{_comment(f"No source file is longer today: {path} has {lines:,} code lines. Lower the ceiling as files are split.")}\
  - id: oversized-file
    severity: error
    message: "{{value}} code lines; the ceiling is {{ceiling}}"
    why: A file nobody can hold in their head collects what belongs elsewhere.
    fix: Split it along the reasons it changes for.
    files: ["**/*.{{ts,tsx,mts,cts,js,jsx,mjs,cjs,py,astro,svelte,vue}}"]
    ignores: ["**/*.d.ts", "**/*.min.js", "**/{{vendor,generated,__generated__,dist}}/**"]
    allow-empty: true
    size: {{ code-lines: {proposal.ceiling} }}
"""


def _gates(proposal: Proposal) -> str:
    unwired = f"No workflow runs {', '.join(proposal.unwired)}; add what should be a gate once one does."
    scripts = "\n".join(f"          - {_quoted(script)}" for script in proposal.wired)
    return f"""\
  # Scripts that check something, and that some workflow runs today.
{_comment(unwired) if proposal.unwired else ""}\
  - id: unwired-gate
    severity: error
    why: A gate that nothing runs passes for ever.
    fix: Run the script in a workflow, or take it off this list.
    workflow:
      files: [{_quoted(WORKFLOWS)}]
      gates:
        scripts:
{scripts}
"""


def _comment(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="  # ", subsequent_indent="  # ", break_long_words=False) + "\n"


def _quoted(text: str) -> str:
    """A double-quoted string of TOML and of YAML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def summary(proposal: Proposal) -> Iterable[str]:
    """What was seen, a line each."""
    yield f"zones: {_names(proposal.zones) or 'the tree has one part only'}"
    levels = " > ".join(" | ".join(level) for level in proposal.layers.levels)
    yield f"layers: {levels or 'no imports between zones'}"
    path, lines = proposal.longest
    yield f"longest file: {path} ({lines:,} code lines)" if path else "longest file: no source file was found"
    yield f"gates that a workflow runs: {', '.join(proposal.wired) or 'none'}"
    if proposal.unwired:
        yield f"gates that no workflow runs: {', '.join(proposal.unwired)}"


def _names(zones: tuple[Zone, ...]) -> str:
    return ", ".join(zone.name for zone in zones)
