"""Makes a rule object ready to be tried on trees of one grammar, and says what in it cannot be right."""

from collections.abc import Iterator

import msgspec

from archlint.patterns.loosening import likely
from archlint.patterns.matchers import All, AnyOf, At, Kinds, Matcher, Never, Not, Nth, OfKind, OfText, Util
from archlint.patterns.position import step_and_offset
from archlint.patterns.reading import BadPatternError, Grammar, kinds_of, nearest_name, pattern_of
from archlint.patterns.regexes import search_regex
from archlint.patterns.relations import Follows, Has, Inside, Precedes, Reach
from archlint.patterns.rule import CodeRule, CodeSearch, NthChild, PatternText, Range, Relation
from archlint.patterns.selectors import BadSelectorError, is_selector, rule_of
from archlint.patterns.variables import single_names_in
from archlint.regexes import BadRegexError

Path = tuple[str | int, ...]
CodeMistake = tuple[Path, str]
"""Where in the rule object, and what is wrong there."""


class Compiled(msgspec.Struct, frozen=True):
    """A rule that is ready to be tried."""

    rule: Matcher
    constraints: dict[str, Matcher]
    mistakes: tuple[CodeMistake, ...]


def compiled(search: CodeSearch, grammar: Grammar) -> Compiled:
    """The rule for trees of the grammar. What is mistaken in it matches nothing."""
    compiler = _Compiler(grammar, search.utils)
    for name in search.utils:
        compiler.util(name, ("utils", name))
    rule = compiler.rule(search.rule, ("rule",))
    constraints = {
        name: compiler.rule(constraint, ("constraints", name))
        for name, constraint in sorted(search.constraints.items())
    }
    names = compiler.names
    for name in search.constraints:
        if name not in names:
            hint = nearest_name(name, names)
            compiler.mistakes.append(
                (("constraints", name), f'no pattern holds "${name}" for one node{hint}')
            )
    return Compiled(rule, constraints, tuple(compiler.mistakes))


class _Compiler(msgspec.Struct):
    grammar: Grammar
    written: dict[str, CodeRule]
    """The utility rules."""
    utils: dict[str, Matcher] = msgspec.field(default_factory=dict)
    names: set[str] = msgspec.field(default_factory=set)
    """Of the metavariables that patterns keep."""
    mistakes: list[CodeMistake] = msgspec.field(default_factory=list)
    open: list[str] = msgspec.field(default_factory=list)
    """The utility rules that are being read, with '' for each relation that leads on from one."""

    def rule(self, rule: CodeRule, path: Path) -> Matcher:
        """In the order in which ast-grep tries the parts: what one binds holds for the next."""
        parts = (*self._atomic(rule, path), *self._composite(rule, path), *self._relational(rule, path))
        if not parts:
            return self._mistake(path, "a rule object says what a node must be; this one says nothing")
        return parts[0] if len(parts) == 1 else All(parts, _common(parts))

    def util(self, name: str, path: Path) -> Matcher:
        """The utility rule of a name. One that leads back to itself may do so from another node alone."""
        if name in self.utils:
            return self.utils[name]
        if name not in self.written:
            return self._mistake(path, f'no utility rule "{name}"{nearest_name(name, self.written)}')
        if name in self.open:
            if "" in self.open[self.open.index(name) :]:
                return Util(name, self.utils)
            return self._mistake(path, f'the utility rule "{name}" leads to itself')
        self.open.append(name)
        self.utils[name] = found = self.rule(self.written[name], ("utils", name))
        self.open.pop()
        return found

    def _mistake(self, path: Path, message: str) -> Matcher:
        self.mistakes.append((path, message))
        return Never()

    def _atomic(self, rule: CodeRule, path: Path) -> Iterator[Matcher]:
        if rule.pattern is not None:
            yield self._pattern(rule.pattern, (*path, "pattern"))
        if rule.kind is not None:
            yield self._kind(rule.kind, (*path, "kind"))
        if rule.regex is not None:
            yield self._regex(rule.regex, (*path, "regex"))
        if rule.nth_child is not None:
            yield self._nth(rule.nth_child, (*path, "nthChild"))
        if rule.range is not None:
            yield self._range(rule.range, (*path, "range"))

    def _composite(self, rule: CodeRule, path: Path) -> Iterator[Matcher]:
        if rule.all is not None:
            parts = tuple(self.rule(part, (*path, "all", index)) for index, part in enumerate(rule.all))
            yield All(parts, _common(parts))
        if rule.any is not None:
            parts = tuple(self.rule(part, (*path, "any", index)) for index, part in enumerate(rule.any))
            yield AnyOf(parts, _united(parts))
        if rule.not_ is not None:
            yield Not(self.rule(rule.not_, (*path, "not")))
        if rule.matches is not None:
            yield self.util(rule.matches, (*path, "matches"))

    def _relational(self, rule: CodeRule, path: Path) -> Iterator[Matcher]:
        self.open.append("")
        if rule.inside is not None:
            yield Inside(*self._related(rule.inside, (*path, "inside")))
        if rule.has is not None:
            inner, reach, field = self._related(rule.has, (*path, "has"))
            yield Has(inner, reach, field, likely=likely(inner))
        if rule.precedes is not None:
            yield Precedes(*self._beside(rule.precedes, (*path, "precedes")))
        if rule.follows is not None:
            yield Follows(*self._beside(rule.follows, (*path, "follows")))
        self.open.pop()

    def _pattern(self, pattern: str | PatternText, path: Path) -> Matcher:
        written = PatternText(pattern) if isinstance(pattern, str) else pattern
        self.names |= single_names_in(written.context)
        try:
            return pattern_of(written, self.grammar)
        except BadPatternError as error:
            key = () if isinstance(pattern, str) else (error.key,)
            return self._mistake((*path, *key), str(error))

    def _kind(self, kind: str, path: Path) -> Matcher:
        try:
            if not is_selector(kind):
                return OfKind(kinds_of(kind.strip(), self.grammar))
            rule = rule_of(kind)
        except (BadPatternError, BadSelectorError) as error:
            return self._mistake(path, str(error))
        count = len(self.mistakes)
        found = self.rule(rule, path)
        self.mistakes[count:] = dict.fromkeys((path, message) for _, message in self.mistakes[count:])
        return found

    def _regex(self, regex: str, path: Path) -> Matcher:
        try:
            return OfText(search_regex(regex))
        except BadRegexError as error:
            return self._mistake(path, f"bad regular expression: {error}")

    def _nth(self, nth: int | str | NthChild, path: Path) -> Matcher:
        written = nth if isinstance(nth, NthChild) else NthChild(nth)
        place = step_and_offset(written.position)
        if place is None:
            return self._mistake(path, f'"{written.position}" is no position: 2, 2n+1, -n+3 are')
        of = self.rule(written.of_rule, (*path, "ofRule")) if written.of_rule is not None else None
        return Nth(*place, of, written.reverse, of.kinds if of else None)

    def _range(self, place: Range, path: Path) -> Matcher:
        start, end = place.start, place.end
        columns = (start.column or 0, end.column if end.column is not None else start.column or 0)
        if (start.line, columns[0]) > (end.line, columns[1]):
            return self._mistake(path, "a range ends behind its start")
        return At(place)

    def _related(self, relation: Relation, path: Path) -> tuple[Matcher, Reach, int | None]:
        number = None
        if relation.field is not None:
            number = self.grammar.language.field_id_for_name(relation.field)
            if number is None:
                fields = self.grammar.fields
                hint = nearest_name(relation.field, fields)
                self._mistake((*path, "field"), f'{self.grammar.name} has no field "{relation.field}"{hint}')
        return self.rule(relation, path), self._reach(relation, path), number

    def _beside(self, relation: Relation, path: Path) -> tuple[Matcher, Reach]:
        if relation.field is not None:
            self._mistake((*path, "field"), '"field" goes with "inside" and "has" alone')
        return self.rule(relation, path), self._reach(relation, path)

    def _reach(self, relation: Relation, path: Path) -> Reach:
        if isinstance(relation.stop_by, CodeRule):
            return Reach(is_end=False, stop=self.rule(relation.stop_by, (*path, "stopBy")))
        return Reach(is_end=relation.stop_by == "end")


def _common(parts: tuple[Matcher, ...]) -> Kinds:
    known = [part.kinds for part in parts if part.kinds is not None]
    return frozenset.intersection(*known) if known else None


def _united(parts: tuple[Matcher, ...]) -> Kinds:
    known = [part.kinds for part in parts if part.kinds is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None
