"""Kind ``text``: a regular expression that is forbidden, or required, in the text of files."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand, Facts
from archlint.model import WHOLE_FILE, Hit, Outcome, Place, Rule
from archlint.project import Project
from archlint.regexes import BadRegexError, compile_regex
from archlint.searches import TextDemand


class Per(StrEnum):
    """What must match what is required."""

    FILE = "file"
    RULE = "rule"


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """For anything without a grammar. ``^`` and ``$`` match at line ends; matching takes linear time."""

    forbid: str | None = None
    """No file may match this."""
    require: str | tuple[str, ...] | dict[str, str] = ()
    """Every file must match this, or each of these. With names, messages call them so."""
    per: Per = Per.FILE
    """Whether ``require`` speaks of every file, or of the rule's files together."""

    @property
    def required(self) -> dict[str, str]:
        """One or several expressions, by what messages call them."""
        if isinstance(self.require, dict):
            return self.require
        several = (self.require,) if isinstance(self.require, str) else self.require
        return {f"text matching /{each}/": each for each in several}


def demand(rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """The matches of either expression."""
    patterns = (rule.options.forbid, *rule.options.required.values())
    return tuple(TextDemand(rule.scope, pattern) for pattern in patterns if pattern)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each forbidden match, and one for each file that lacks the required one."""
    options = rule.options
    files = tuple(project.facts(rule.scope))
    for facts in files:
        for match in facts.matches:
            if match.pattern == options.forbid:
                text = f"text matching /{match.pattern}/ is forbidden here"
                place = Place(facts.path, match.span)
                yield Hit(place, text, f"forbid {match.pattern}", {"pattern": match.pattern, "name": ""})
    for name, pattern in options.required.items():
        lacking = [facts for facts in files if all(match.pattern != pattern for match in facts.matches)]
        if options.per is Per.RULE:
            # What was not read may have it.
            is_known = len(lacking) == len(files) and all(map(_is_whole, files))
            lacking = lacking[:1] if is_known else []
        for facts in lacking:
            where = "here" if options.per is Per.FILE else "in one of the rule's files"
            text = f"there is no {name}, which is required {where}"
            fields = {"pattern": pattern, "name": name}
            yield Hit(Place(facts.path, WHOLE_FILE), text, f"require {pattern}", fields)


def _is_whole(facts: Facts) -> bool:
    return facts.outcome is Outcome.ANALYSED


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Neither expression given, or one that cannot be run."""
    if not options.forbid and not any(options.required.values()):
        yield (), "text needs forbid or require"
    if options.per is Per.RULE and not options.require:
        yield ("per",), "'per' says of whom something is required; it goes with require"
    for name, pattern in (
        ("forbid", options.forbid),
        *(("require", each) for each in options.required.values()),
    ):
        try:
            compile_regex(pattern or "")
        except BadRegexError as error:
            yield (name,), f"bad regular expression: {error}"


KIND = Kind(
    name="text",
    says="text that is forbidden or required, for anything without a grammar",
    options=Options,
    needs=Family.TEXT,
    fields=("pattern", "name"),
    demand=demand,
    check=check,
    mistakes=mistakes,
    local=lambda options: not options.require or options.per is Per.FILE,
)
