"""Statements of a shell text: which are reached, which decide, and what makes up for them."""

import re

from tree_sitter import Node as Syntax

from archlint.languages.bash.chains import Link, Outcomes, exits_with_failure, pipelines, statements_of, words

_NO_STATEMENTS = frozenset({"comment", "heredoc_body", "variable_name"})
_SUCCESS = (("true",), (":",), ("exit", "0"))


def parts_of_if(syntax: Syntax) -> tuple[list[Syntax], list[Syntax], list[Syntax]]:
    """The conditions, the children that are the body, and the ``elif`` and ``else`` clauses."""
    children = syntax.children
    then = next((index for index, child in enumerate(children) if child.type == "then"), len(children))
    clauses = [child for child in children if child.type in ("elif_clause", "else_clause")]
    conditions = [child for child in children[:then] if child.is_named and child.type != "comment"]
    return conditions, [child for child in children[then:] if child not in clauses], clauses


def decides(conditions: list[Syntax], body: list[Syntax], clauses: list[Syntax], text: Outcomes) -> bool:
    """Whether the text exits with a failure if the commands of the condition fail."""
    if len(conditions) != 1:
        return False
    chain = pipelines(conditions[0])
    if all(pipeline.negated and pipeline.operator != "&&" for pipeline in chain):
        return _exits(body, text)
    is_plain = all(not pipeline.negated and pipeline.operator != "||" for pipeline in chain)
    return (
        is_plain
        and len(clauses) == 1
        and clauses[0].type == "else_clause"
        and _exits(clauses[0].children, text)
    )


def _exits(body: list[Syntax], text: Outcomes) -> bool:
    return any(exits_with_failure(statement, text) for statement in body if statement.is_named)


def reachable(children: list[Syntax]) -> tuple[list[Syntax], frozenset[int]]:
    """The statements that can be reached, and the indices of those that run in the background."""
    statements: list[Syntax] = []
    background: set[int] = set()
    for child in children:
        if child.type == "&" and statements:
            background.add(len(statements) - 1)
        elif child.is_named and child.type not in _NO_STATEMENTS:
            if statements and len(statements) - 1 not in background and _leaves(statements[-1]):
                break
            statements.append(child)
    return statements, frozenset(background)


def _leaves(statement: Syntax) -> bool:
    """Whether nothing after a statement is reached."""
    chain = pipelines(statement)
    return bool(chain) and len(chain[0].links) == 1 and _is_exit(chain[0].links[0].syntax)


def _is_exit(statement: Syntax) -> bool:
    return statement.type == "command" and words(Link(statement))[:1] == ("exit",)


def final_success(text: bytes, children: list[Syntax]) -> tuple[frozenset[int], str]:
    """The indices of the statements that a final ``; true`` follows on the same line, and its text."""
    statements = [child for child in children if child.is_named and child.type not in _NO_STATEMENTS]
    if len(statements) < 2 or words(Link(statements[-1])) not in _SUCCESS:  # noqa: PLR2004 -- one, and the last
        return frozenset(), ""
    last = len(statements) - 1
    first = last
    while first and b"\n" not in text[statements[first - 1].end_byte : statements[first].start_byte]:
        first -= 1
    return frozenset(range(first, last)), f"; {_written(statements[last])}"


def outcomes(root: Syntax) -> Outcomes:
    """The variables whose value a text exits with, and its functions that exit with a failure."""
    kept: set[str] = set()
    failing: set[str] = set()
    pending = [root]
    while pending:
        syntax = pending.pop()
        if _is_exit(syntax):
            kept.update(re.findall(r"\$\{?(\w+)", _written(syntax)))
        elif syntax.type == "function_definition" and _fails(syntax):
            failing.update(_written(name) for name in syntax.children_by_field_name("name"))
        pending.extend(syntax.named_children)
    return Outcomes(frozenset(kept), frozenset(failing))


def _fails(function: Syntax) -> bool:
    body = function.child_by_field_name("body")
    return body is not None and any(
        exits_with_failure(statement, Outcomes()) for statement in statements_of(body)
    )


def _written(syntax: Syntax) -> str:
    return (syntax.text or b"").decode(errors="replace")
