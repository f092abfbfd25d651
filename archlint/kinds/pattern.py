"""Kind ``pattern``: code that is forbidden, or required, told by a rule object as ast-grep has it."""

from collections.abc import Iterator
from hashlib import sha256

import msgspec

from archlint.extend import Code, Family, Kind, OptionMistake
from archlint.facts import Demand, Facts
from archlint.kinds.names import is_around
from archlint.model import WHOLE_FILE, Hit, Place, Remark, Rule
from archlint.patterns.dialects import LANGUAGE_NAMES, WITHOUT_GRAMMAR, grammars_of, may_hold
from archlint.patterns.rule import CodeRule, CodeSearch
from archlint.patterns.transforming import Transform, transform_mistakes, transformed
from archlint.patterns.written import names_kept
from archlint.project import Project
from archlint.searches import CodeMatch, PatternDemand

_LONGEST_SHOWN = 80
_MOST_RELATED = 20


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """A rule object with what it refers to, and how often its code may stand where."""

    language: str | None = None
    """That of the code. Without one, TypeScript, TSX and JavaScript, also in pages."""
    forbid: CodeRule | None = None
    """No file may hold such code."""
    require: CodeRule | None = None
    """Every file must hold such code."""
    constraints: dict[str, CodeRule] = {}
    """What metavariables must be, by their names."""
    utils: dict[str, CodeRule] = {}
    """Rule objects that ``matches`` may name."""
    transform: dict[str, Transform] = {}
    """Metavariables for messages, made of others."""
    counts: dict[str, int] = {}
    """How often exactly the code stands in a file, by its path."""
    ratchet: bool = False
    """Counts are what is left of something that goes away: they may only shrink."""

    @property
    def search(self) -> CodeSearch:
        """All that says which code is meant."""
        return CodeSearch(self.forbid or self.require or CodeRule(), self.constraints, self.utils)


def demand(rule: Rule[Options], _project: Project) -> tuple[Demand, ...]:
    """The code that is meant, in the rule's files."""
    search = msgspec.json.encode(rule.options.search, order="deterministic")
    grammars = grammars_of(rule.options.language)
    return (PatternDemand(rule.scope, _key(rule.options), grammars, search.decode()),)


def _key(options: Options) -> str:
    content = msgspec.json.encode((grammars_of(options.language), options.search), order="deterministic")
    return sha256(content).hexdigest()[:16]


def check(rule: Rule[Options], project: Project) -> Iterator[Hit]:
    """A hit at each place that is forbidden, for each file that lacks what is required, and for each wrong count."""
    key, options = _key(rule.options), rule.options
    for facts in project.facts(rule.scope):
        found = [match for match in facts.searched if match.pattern == key and _is_inside(rule, match)]
        if facts.path in options.counts:
            yield from _counted(rule, facts, found)
        elif options.forbid is not None:
            yield from (_forbidden(rule, facts, match) for match in found)
        elif not (found or facts.problems) and _may_hold(rule, facts.path):
            yield _missing(rule, facts)


def _counted(rule: Rule[Options], facts: Facts, found: list[CodeMatch]) -> Iterator[Hit]:
    allowed, options = rule.options.counts[facts.path], rule.options
    if len(found) == allowed or (len(found) < allowed and facts.problems):
        return  # what was not read may hold the rest
    fields = _fields(
        rule, found[allowed] if len(found) > allowed else None, f"{len(found):,}", f"{allowed:,}"
    )
    if len(found) > allowed:
        limit = "the count may only shrink" if options.ratchet else "exactly"
        text = f"{len(found):,} places hold such code; {limit}: {allowed:,}"
        related = [Remark(Place(facts.path, match.span), "one of them") for match in found[:_MOST_RELATED]]
        place = Place(facts.path, found[allowed].span)
        yield Hit(place, text, f"count {rule.id}", fields, tuple(related))
        return
    what = "an allowance that is not needed any more" if options.ratchet else "too few"
    text = f"{what}: {len(found):,} places hold such code, the rule counts {allowed:,}; write {len(found):,}"
    yield Hit(Place(facts.path, WHOLE_FILE), text, f"count {rule.id}", fields)


def _forbidden(rule: Rule[Options], facts: Facts, match: CodeMatch) -> Hit:
    text = f"code that is forbidden here: {_shown(match.text)}"
    return Hit(Place(facts.path, match.span), text, f"forbid {match.text}", _fields(rule, match))


def _missing(rule: Rule[Options], facts: Facts) -> Hit:
    text = "there is no such code here, and it is required"
    return Hit(Place(facts.path, WHOLE_FILE), text, "require", _fields(rule, None))


def _fields(
    rule: Rule[Options], match: CodeMatch | None, count: str = "1", allowed: str = "0"
) -> dict[str, str]:
    names = dict.fromkeys(names_kept(rule.options.search), "")
    captured = dict(match.captures) if match else {}
    code = _shown(match.text) if match else ""
    made = transformed(rule.options.transform, captured)
    return {**names, **captured, **made, "code": code, "count": count, "allowed": allowed}


def _shown(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def _is_inside(rule: Rule[Options], match: CodeMatch) -> bool:
    return rule.inside is None or is_around(rule.inside.function, match.functions)


def _may_hold(rule: Rule[Options], path: str) -> bool:
    return may_hold(path, grammars_of(rule.options.language))


def vacuous(rule: Rule[Options], project: Project) -> Iterator[str]:
    """Files that hold no code of the language, and counts of files that are not there."""
    paths = project.files(rule.scope)
    if rule.scope.files and not any(_may_hold(rule, path) for path in paths):
        yield f"none of its files holds {rule.options.language or 'scripts'}"
    for path in rule.options.counts:
        if path not in paths:
            yield f"counts names '{path}', which is none of its files"


def mistakes(options: Options) -> Iterator[OptionMistake]:
    """What types cannot say about the options. The rule object itself is read elsewhere."""
    if (options.forbid is None) == (options.require is None):
        yield (), "pattern needs forbid or require, and not both"
    if options.language is not None and not grammars_of(options.language):
        known = ", ".join(LANGUAGE_NAMES)
        is_read = options.language.lower() in WITHOUT_GRAMMAR
        what = "patterns are not read in" if is_read else "no language is called"
        yield ("language",), f'{what} "{options.language}"; known: {known}'
    yield from transform_mistakes(options.transform, names_kept(options.search))
    for path, count in options.counts.items():
        if count < 0:
            yield ("counts", path), "a count is zero or more"
    if options.ratchet and (options.forbid is None or not options.counts):
        yield ("ratchet",), "a ratchet goes with forbid and counts"


def code(options: Options) -> Code | None:
    """The rule object, to be read."""
    if (options.forbid is None) == (options.require is None):
        return None
    key = "forbid" if options.forbid is not None else "require"
    return Code(key, options.search, grammars_of(options.language))


def own_fields(options: Options) -> tuple[str, ...]:
    """The metavariables."""
    return (*names_kept(options.search), *options.transform)


KIND = Kind(
    name="pattern",
    says="code that is forbidden or required, told by a rule object as ast-grep has it",
    options=Options,
    needs=Family.PATTERNS,
    fields=("code", "count", "allowed"),
    demand=demand,
    check=check,
    vacuous=vacuous,
    mistakes=mistakes,
    code=code,
    own_fields=own_fields,
    knows_functions=True,
)
