"""What a rule object says as it is written, before anything is parsed."""

from collections.abc import Iterator

from archlint.patterns.rule import CodeRule, CodeSearch, NthChild, Relation
from archlint.patterns.variables import names_in


def names_kept(search: CodeSearch) -> tuple[str, ...]:
    """The names of the metavariables that patterns keep, sorted."""
    names = {name for rule in rules_in(search) for name in names_in(_pattern(rule))}
    return tuple(sorted(names))


def rules_in(search: CodeSearch) -> Iterator[CodeRule]:
    """The rule object and all in it and beside it."""
    pending = [search.rule, *search.constraints.values(), *search.utils.values()]
    while pending:
        rule = pending.pop()
        yield rule
        pending.extend(_below(rule))


def _below(rule: CodeRule) -> Iterator[CodeRule]:
    yield from rule.all or ()
    yield from rule.any or ()
    of = rule.nth_child.of_rule if isinstance(rule.nth_child, NthChild) else None
    stop = rule.stop_by if isinstance(rule, Relation) and isinstance(rule.stop_by, CodeRule) else None
    for each in (rule.not_, rule.inside, rule.has, rule.precedes, rule.follows, of, stop):
        if each is not None:
            yield each


def _pattern(rule: CodeRule) -> str:
    if rule.pattern is None:
        return ""
    return rule.pattern if isinstance(rule.pattern, str) else rule.pattern.context
