"""Kind ``text``: a regular expression that is forbidden, or required, in the text of files."""

from collections.abc import Iterator

import msgspec

from archlint.extend import Family, Kind, OptionMistake
from archlint.facts import Demand, TextDemand
from archlint.model import WHOLE_FILE, Hit, Place, Rule
from archlint.project import Project
from archlint.regexes import BadRegexError, compile_regex


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """For anything without a grammar. ``^`` and ``$`` match at line ends; matching takes linear time."""

    forbid: str | None = None
    """No file may match this."""
    require: str | tuple[str, ...] | dict[str, str] = ()
    """Every file must match this, or each of these. With names, messages call them so."""

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
    for facts in project.facts(rule.scope):
        for match in facts.matches:
            if match.pattern == options.forbid:
                text = f"text matching /{match.pattern}/ is forbidden here"
                place = Place(facts.path, match.span)
                yield Hit(place, text, f"forbid {match.pattern}", {"pattern": match.pattern, "name": ""})
        matched = {match.pattern for match in facts.matches}
        for name, pattern in options.required.items():
            if pattern not in matched:
                text = f"there is no {name}, which is required here"
                fields = {"pattern": pattern, "name": name}
                yield Hit(Place(facts.path, WHOLE_FILE), text, f"require {pattern}", fields)


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Neither expression given, or one that cannot be run."""
    if not options.forbid and not any(options.required.values()):
        yield (), "text needs forbid or require"
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
)
