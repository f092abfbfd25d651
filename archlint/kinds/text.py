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
    require: str | tuple[str, ...] = ()
    """Every file must match this, or each of these."""

    @property
    def required(self) -> tuple[str, ...]:
        """One or several expressions, as several."""
        return (self.require,) if isinstance(self.require, str) else self.require


def demand(rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """The matches of either expression."""
    patterns = (rule.options.forbid, *rule.options.required)
    return tuple(TextDemand(rule.scope, pattern) for pattern in patterns if pattern)


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each forbidden match, and one for each file that lacks the required one."""
    options = rule.options
    for facts in project.facts(rule.scope):
        for match in facts.matches:
            if match.pattern == options.forbid:
                text = f"text matching /{match.pattern}/ is forbidden here"
                place = Place(facts.path, match.span)
                yield Hit(place, text, f"forbid {match.pattern}", {"pattern": match.pattern})
        matched = {match.pattern for match in facts.matches}
        for pattern in options.required:
            if pattern not in matched:
                text = f"no text matches /{pattern}/, which is required here"
                yield Hit(Place(facts.path, WHOLE_FILE), text, f"require {pattern}", {"pattern": pattern})


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """Neither expression given, or one that cannot be run."""
    if not options.forbid and not any(options.required):
        yield (), "text needs forbid or require"
    for name, pattern in (("forbid", options.forbid), *(("require", each) for each in options.required)):
        try:
            compile_regex(pattern or "")
        except BadRegexError as error:
            yield (name,), f"bad regular expression: {error}"


KIND = Kind(
    name="text",
    says="text that is forbidden or required, for anything without a grammar",
    options=Options,
    needs=Family.TEXT,
    fields=("pattern",),
    demand=demand,
    check=check,
    mistakes=mistakes,
)
