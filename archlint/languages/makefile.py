"""Makefiles: their targets as scripts, each with the commands of its recipe."""

import re
from functools import cached_property

import msgspec

from archlint.facts import Demand, Facts, ScriptDemand
from archlint.languages import text
from archlint.languages.bash.modes import Mode
from archlint.languages.located import commands_in
from archlint.languages.make.lines import Line, LineKind, assignment, included, lines_of
from archlint.languages.make.variables import constants, recipe
from archlint.languages.wanted import asks
from archlint.model import Problem
from archlint.pipelines import Command, Script, Scripts
from archlint.source import Source

_RULE = re.compile(rb"([^:=]+?)\s*(?:&?::?)(?!=)([^;]*)(;.*)?", re.DOTALL)
_PREFIX = re.compile(rb"[@+\s-]*")
_MOST_RULES = 20_000


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    found = text.read(source, demands)
    if not asks(demands, ScriptDemand):
        return found
    reader = _Reader(source)
    scripts = reader.scripts()
    return msgspec.structs.replace(found, scripts=scripts, problems=tuple(reader.problems))


class _Rule(msgspec.Struct):
    """A rule of the file. Several may speak of one target."""

    targets: tuple[str, ...]
    requires: tuple[str, ...]
    start: int
    end: int
    recipe: list[Line] = msgspec.field(default_factory=list)


class _Reader:
    """Reads one file, line by line, then rule by rule."""

    def __init__(self, source: Source) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._lines = tuple(lines_of(source.data))
        self._constants = constants(self._lines)

    @cached_property
    def _mode(self) -> Mode:
        """Each line of a recipe is ``sh -c``, unless ``.SHELLFLAGS`` says more."""
        flags = [assignment(line) for line in self._lines if line.kind is LineKind.ASSIGNMENT]
        given = next((value for name, _, value in flags if name == ".SHELLFLAGS"), "")
        errexit = re.search(r"(?:^|\s)-\w*e", given) or "errexit" in given
        return Mode(errexit_off="" if errexit else ";", pipefail="pipefail" in given)

    def scripts(self) -> Scripts:
        """The targets, in order; those that begin with a dot tell make something else."""
        rules = self._rules()
        found: dict[str, Script] = {}
        for rule in rules:
            for target in rule.targets:
                if not re.match(r"\.[A-Z]", target):
                    found[target] = self._joined(found.get(target), rule, target)
        names = tuple(
            name for line in self._lines if line.kind is LineKind.INCLUDE for name in included(line)
        )
        is_whole = b"$(eval" not in self._source.data and b"define " not in self._source.data
        return Scripts(
            scripts=tuple(found.values()), includes=names, is_whole=is_whole and len(rules) < _MOST_RULES
        )

    def _rules(self) -> list[_Rule]:
        rules: list[_Rule] = []
        for line in self._lines:
            if line.kind is LineKind.RECIPE and rules:
                rules[-1].recipe.append(line)
            elif line.kind is LineKind.RULE and len(rules) < _MOST_RULES and (rule := self._rule(line)):
                rules.append(rule)
        return rules

    def _rule(self, line: Line) -> _Rule | None:
        match = _RULE.fullmatch(line.text)
        if match is None:
            return None
        targets, requires = (self._names(match[group]) for group in (1, 2))
        if any("=" in name for name in requires):  # `target: VAR = value` sets a variable
            requires = ()
        rule = _Rule(targets, tuple(name for name in requires if name != "|"), line.start, line.start)
        rule.end = line.start + len(match[1])
        if match[3]:
            start = line.start + match.start(3) + 1
            rule.recipe.append(Line(LineKind.RECIPE, start, line.end, match[3][1:], line.conditional))
        return rule

    def _names(self, written: bytes) -> tuple[str, ...]:
        """Names with the constants of the file in them."""
        known = re.sub(rb"\\\s*\n", b" ", written).decode(errors="replace")
        for name, expression in self._constants.items() if "$" in known else ():
            if re.fullmatch(r"'[^']*'", expression):
                known = known.replace(f"$({name})", expression[1:-1]).replace(
                    f"${{{name}}}", expression[1:-1]
                )
        return tuple(known.split())

    def _joined(self, earlier: Script | None, rule: _Rule, target: str) -> Script:
        commands = tuple(command for line in rule.recipe for command in self._commands(line, target))
        if earlier is None:
            return Script(target, self._source.lines.span(rule.start, rule.end), commands, rule.requires)
        requires = tuple(dict.fromkeys((*earlier.requires, *rule.requires)))
        return Script(target, earlier.span, earlier.commands + commands, requires)

    def _commands(self, line: Line, target: str) -> tuple[Command, ...]:
        prefix = _PREFIX.match(line.text)
        skipped = prefix.end() if prefix else 0
        content = recipe(self._source.data, (line.start + skipped, line.end), self._constants, target)
        found, problems = commands_in(self._source, content, self._mode)
        self.problems.extend(problems)
        softened = "-" if prefix and b"-" in prefix[0] else ""
        return tuple(
            msgspec.structs.replace(
                command,
                softened=softened or command.softened,
                conditional=command.conditional or line.conditional,
            )
            for command in found
        )
