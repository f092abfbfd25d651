"""Kinds written as selectors, as in CSS: ``call_expression > identifier``, ``pair:has(number)``. To rule objects."""

import re
from collections.abc import Iterator

from archlint.patterns.rule import CodeRule, NthChild, Relation

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][\w-]*)|(?P<pseudo>:[a-z-]+)\s*\(|(?P<mark>[>+~,)])|(?P<other>\S))"
)
_NTH = re.compile(r"(?P<position>[^()]*?)(?:\s+of\b|(?=\)))")
_DEEPEST = 16


class BadSelectorError(ValueError):
    """What is no selector."""


def is_selector(kind: str) -> bool:
    """Whether more than one kind is named, or a condition."""
    return re.search(r"[^\w-]", kind.strip()) is not None


def rule_of(selector: str) -> CodeRule:
    """The rule object that means the same. Raises BadSelectorError."""
    reader = _Reader(selector)
    rule = reader.list()
    if reader.at < len(selector.rstrip()):
        raise BadSelectorError(f'no selector goes on with "{selector[reader.at :].strip()[0]}"')
    return rule


class _Reader:
    """A selector, and how far it is read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0
        self._depth = 0

    def list(self) -> CodeRule:
        """Alternatives with commas between."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadSelectorError(f"a selector nests at most {_DEEPEST} deep")
        rules = [self._complex()]
        while self._take(","):
            rules.append(self._complex())
        self._depth -= 1
        return rules[0] if len(rules) == 1 else CodeRule(any=tuple(rules))

    def _complex(self) -> CodeRule:
        rule = self._compound()
        while True:
            mark = next((mark for mark in ">+~" if self._take(mark)), "")
            token = self._peek()
            if not mark and (token is None or not (token["name"] or token["pseudo"])):
                return rule
            rule = CodeRule(all=(self._compound(), _related(mark, rule)))

    def _compound(self) -> CodeRule:
        parts = [*self._parts()]
        if not parts:
            token = self._peek()
            found = f'"{token[0].strip()}"' if token else "the end"
            raise BadSelectorError(f"expected a kind of node or a condition such as :has(…), found {found}")
        return parts[0] if len(parts) == 1 else CodeRule(all=tuple(parts))

    def _parts(self) -> Iterator[CodeRule]:
        token = self._peek()
        if token is not None and token["name"]:
            self.at = token.end()
            yield CodeRule(kind=token["name"])
        while (token := self._peek()) is not None and token["pseudo"]:
            self.at = token.end()
            yield self._condition(token["pseudo"])
            if not self._take(")"):
                raise BadSelectorError(f'"{token["pseudo"]}(" is not closed')

    def _condition(self, pseudo: str) -> CodeRule:
        match pseudo:
            case ":has":
                return CodeRule(has=Relation(all=(self.list(),), stop_by="end"))
            case ":not":
                return CodeRule(not_=self.list())
            case ":is":
                return self.list()
            case ":nth-child" | ":nth-last-child":
                return self._nth(is_reverse=pseudo == ":nth-last-child")
        raise BadSelectorError(
            f'no condition "{pseudo}"; known: :has, :not, :is, :nth-child, :nth-last-child'
        )

    def _nth(self, *, is_reverse: bool) -> CodeRule:
        match = _NTH.match(self._text, self.at)
        if match is None:
            raise BadSelectorError("expected a position such as 2n+1")
        self.at = match.end()
        of = self.list() if match[0] != match["position"] else None
        return CodeRule(nth_child=NthChild(match["position"].strip(), of, is_reverse))

    def _peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self._text, self.at)

    def _take(self, mark: str) -> bool:
        token = self._peek()
        if token is None or token["mark"] != mark:
            return False
        self.at = token.end()
        return True


def _related(mark: str, rule: CodeRule) -> CodeRule:
    match mark:
        case ">":
            return CodeRule(inside=Relation(all=(rule,)))
        case "+":
            return CodeRule(follows=Relation(all=(rule,)))
        case "~":
            return CodeRule(follows=Relation(all=(rule,), stop_by="end"))
    return CodeRule(inside=Relation(all=(rule,), stop_by="end"))
