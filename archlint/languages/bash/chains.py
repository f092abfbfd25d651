"""Shell statements as chains: commands joined by ``|``, ``&&`` and ``||``, and whether their failure can show.

tree-sitter-bash 0.25.1 nests the operators wrongly where redirections and here-documents are mixed in (``a | b
|| c``, ``a <<E || b``). A chain is flat in the text, so it is taken apart to its links and grouped again here.
"""

from collections import deque
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace
from tree_sitter import Node as Syntax

from archlint.languages.bash.words import word

_LONGEST_RETRY = 200
_CHAINS = frozenset({"list", "pipeline"})
_WORDS = frozenset(
    {
        "ansi_c_string", "arithmetic_expansion", "brace_expression", "command_name", "command_substitution",
        "concatenation", "expansion", "number", "process_substitution", "raw_string", "regex",
        "simple_expansion", "string", "translated_string", "word",
    }
)  # fmt: skip
_GROUPS = frozenset({"compound_statement", "subshell"})
_ASSIGNMENTS = frozenset({"variable_assignment", "variable_assignments"})


class Link(msgspec.Struct, frozen=True):
    """A command, or a compound one, without its redirections; they are in ``redirections``."""

    syntax: Syntax
    negated: bool = False
    redirections: tuple[Syntax, ...] = ()


class Pipeline(msgspec.Struct, frozen=True):
    """Links joined by ``|``, and the ``&&`` or ``||`` before them; '' at the beginning of a chain."""

    operator: str
    links: tuple[Link, ...]

    @property
    def negated(self) -> bool:
        """Whether ``!`` turns its status around."""
        return self.links[0].negated


def pipelines(statement: Syntax) -> list[Pipeline]:
    """A statement as the pipelines it joins by ``&&`` and ``||``."""
    found: list[Pipeline] = []
    operator, links = "", list[Link]()
    for token in _tokens(statement):
        if isinstance(token, Link):
            links.append(token)
        elif token in ("&&", "||"):
            found.append(Pipeline(operator, tuple(links)))
            operator, links = token, []
    return [*found, Pipeline(operator, tuple(links))] if links else found


def _tokens(statement: Syntax) -> Iterator[Link | str]:
    """The links of a chain and the operators between them, as they are written."""
    pending: list[Link | str] = [Link(statement)]
    while pending:
        token = pending.pop()
        parts = _parts(token) if isinstance(token, Link) else []
        pending.extend(reversed(parts))
        if not parts:
            yield token


def _parts(link: Link) -> list[Link | str]:
    """What a link is made of; nothing if it is one command."""
    syntax = link.syntax
    if syntax.type in _CHAINS:
        first, *rest = [_part(child) for child in syntax.children if child.type != "comment"]
        return _redirected([_negated(first, link.negated), *rest], link.redirections)
    if syntax.type == "negated_command":
        return [Link(syntax.named_children[-1], not link.negated, link.redirections)]
    body = syntax.child_by_field_name("body") if syntax.type == "redirected_statement" else None
    if body is None:
        return []
    redirections = tuple(syntax.children_by_field_name("redirect"))
    after = [part for redirection in redirections for part in _after_heredoc(redirection)]
    return [Link(body, link.negated, (*redirections, *link.redirections)), *after]


def _part(child: Syntax) -> Link | str:
    return Link(child) if child.is_named else child.type


def _negated(part: Link | str, negated: bool) -> Link | str:  # noqa: FBT001 -- the value handed on, no mode
    return replace(part, negated=negated or part.negated) if isinstance(part, Link) else part


def _redirected(parts: list[Link | str], redirections: tuple[Syntax, ...]) -> list[Link | str]:
    last = parts[-1]
    return [*parts[:-1], replace(last, redirections=redirections)] if isinstance(last, Link) else parts


def _after_heredoc(redirection: Syntax) -> list[Link | str]:
    """``|| b`` in ``a <<EOF || b``: the grammar puts it inside the redirection."""
    if redirection.type != "heredoc_redirect":
        return []
    found: list[Link | str] = []
    for index, child in enumerate(redirection.children):
        if redirection.field_name_for_child(index) in ("operator", "right"):
            found.append(_part(child))
        elif child.type == "pipeline":
            found.extend(map(_part, child.children))
    return found


def arguments(link: Link) -> list[Syntax]:
    """The syntax of a command's words, none of anything else. Those after ``>file`` are its own too, whatever the grammar says."""
    if link.syntax.type != "command":
        return []
    words = [child for child in link.syntax.named_children if child.type in _WORDS]
    for redirection in link.redirections:
        words.extend(redirection.children_by_field_name("destination")[1:])
    return words


def words(link: Link) -> tuple[str | None, ...]:
    """Program and arguments of a command."""
    return tuple(word(argument) for argument in arguments(link))


def surely_fails(pipeline: Pipeline, text: "Outcomes") -> bool:
    """Whether a pipeline that runs after a failure fails too, or ends the text with a failure."""
    last = pipeline.links[-1]
    if pipeline.negated:
        return False
    if last.syntax.type in _GROUPS:
        return any(exits_with_failure(statement, text) for statement in statements_of(last.syntax))
    if last.syntax.type in _ASSIGNMENTS:
        return not text.kept.isdisjoint(_assigned(last.syntax))
    return words(last) in (("exit",), ("return",), ("false",)) or exits_with_failure(last.syntax, text)


class Outcomes(msgspec.Struct, frozen=True):
    """What a text says elsewhere about failures."""

    kept: frozenset[str] = frozenset()
    """Variables whose value it exits with."""
    failing: frozenset[str] = frozenset()
    """Functions of its own that exit with a failure."""


def statements_of(group: Syntax) -> list[Syntax]:
    """The statements of a group or a body, in order."""
    return [child for child in group.named_children if child.type != "comment"]


def exits_with_failure(statement: Syntax, text: Outcomes) -> bool:
    """Whether a statement is ``exit`` or ``return`` with a status that is not 0, or calls what does so."""
    chain = pipelines(statement)
    given = words(chain[-1].links[-1]) if chain else ()
    if given[:1] in (("exit",), ("return",)):
        return given[1:] not in ((), ("0",))
    return bool(given) and given[0] in text.failing


class Rescue(msgspec.Struct, frozen=True):
    """What runs after a failure in a chain (``|| …``)."""

    index: int
    fails: bool
    """Whether the chain fails all the same, with it or after it."""
    commands: frozenset[tuple[str | None, ...]]
    """The commands in it."""


def rescues(chain: list[Pipeline], text: Outcomes) -> list[Rescue | None]:
    """For each pipeline of a chain, the first one that runs after its failure."""
    found: list[Rescue | None] = []
    rescue, fails_after = None, False
    for index in range(len(chain) - 1, -1, -1):
        found.append(rescue)
        fails = chain[index].operator != "" and surely_fails(chain[index], text)
        if chain[index].operator == "||":
            rescue = Rescue(index, fails or fails_after, frozenset(_commands(chain[index])))
        fails_after = fails_after or (fails and chain[index].operator == "&&")
    return found[::-1]


def _commands(pipeline: Pipeline) -> Iterator[tuple[str | None, ...]]:
    """The commands in a pipeline, as far as a retry is short; groups may stand in groups."""
    pending = deque(link.syntax for link in pipeline.links)
    for _ in range(_LONGEST_RETRY):
        if not pending:
            return
        syntax = pending.popleft()
        if syntax.type == "command":
            yield words(Link(syntax))
        pending.extend(syntax.named_children)


def _assigned(syntax: Syntax) -> frozenset[str]:
    assignments = [syntax] if syntax.type == "variable_assignment" else syntax.named_children
    names = (assignment.child_by_field_name("name") for assignment in assignments)
    return frozenset((name.text or b"").decode(errors="replace") for name in names if name is not None)


def keeps_status(statement: Syntax, kept: frozenset[str]) -> bool:
    """Whether a statement is ``NAME=$?`` for a name in ``kept``."""
    value = statement.child_by_field_name("value") if statement.type == "variable_assignment" else None
    return value is not None and value.text == b"$?" and not kept.isdisjoint(_assigned(statement))
