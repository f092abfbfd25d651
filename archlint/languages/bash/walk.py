"""Walks shell syntax in the order of its writing and keeps what surrounds each command."""

import msgspec
from msgspec.structs import replace
from tree_sitter import Node as Syntax

from archlint.languages.bash.chains import (
    Link,
    Pipeline,
    Rescue,
    keeps_status,
    pipelines,
    rescues,
    statements_of,
    words,
)
from archlint.languages.bash.modes import Mode, after_set
from archlint.languages.bash.record import Record, ShellCommand
from archlint.languages.bash.statements import (
    decides,
    final_success,
    outcomes,
    parts_of_if,
    reachable,
)

_BODIES = frozenset(
    {"ERROR", "command_substitution", "compound_statement", "do_group", "process_substitution", "program"}
)
_SUBSTITUTIONS = frozenset({"command_substitution", "process_substitution"})
_DECLARATIONS = frozenset({"declaration_command", "unset_command"})
_ASSIGNMENTS = frozenset({"variable_assignment", "variable_assignments"})
_UNSEEN = "$(…)"
_LONGEST_QUOTE = 60


class _Where(msgspec.Struct, frozen=True):
    """What surrounds a statement. ``shell`` is the process whose options hold."""

    softened: str = ""
    conditional: bool = False
    unchecked: str = ""
    """Why all but the last of these statements may fail unnoticed, or ''."""
    is_last: bool = True
    """Whether its status is that of the whole text."""
    is_kept: bool = False
    """Whether its status goes to a variable that the text exits with."""
    shell: int = 0


_Visit = tuple[Syntax | Link, _Where]


class Walk:
    """Goes through a text in the order of its writing, without recursion."""

    def __init__(self, root: Syntax, text: bytes, mode: Mode) -> None:
        self._text = text
        self._record = Record(root, text)
        self._modes = {0: mode}
        self._outcomes = outcomes(root)
        self._by_type = {
            "case_item": self._case_item,
            "case_statement": self._case,
            "command": self._command,
            "c_style_for_statement": self._for,
            "elif_clause": self._if,
            "for_statement": self._for,
            "function_definition": self._function,
            "if_statement": self._if,
            "subshell": self._subshell,
            "while_statement": self._while,
        }

    def run(self, root: Syntax) -> tuple[ShellCommand, ...]:
        """The commands below ``root``."""
        pending: list[_Visit] = [(Link(root), _Where())]
        while pending:
            item, where = pending.pop()
            visits = self._link(item, where) if isinstance(item, Link) else self._chain(item, where)
            pending.extend(reversed(visits))
        return tuple(self._record.found)

    def _link(self, link: Link, where: _Where) -> list[_Visit]:
        syntax = link.syntax
        if syntax.type in _BODIES:
            visits = self._sequence(syntax.children, where)
        elif syntax.type in self._by_type:
            visits = self._by_type[syntax.type](link, where)
        elif syntax.type in _DECLARATIONS:
            visits = self._declaration(link, where)
        else:
            visits = self._nested(syntax, where, "" if syntax.type in _ASSIGNMENTS else _UNSEEN)
        return [
            *visits,
            *(visit for part in link.redirections for visit in self._nested(part, where, _UNSEEN)),
        ]

    def _sequence(self, children: list[Syntax], where: _Where) -> list[_Visit]:
        statements, background = reachable(children)
        swallowed = final_success(self._text, children) if where == _Where() else (frozenset(), "")
        visits: list[_Visit] = []
        for index, statement in enumerate(statements):
            is_last = index == len(statements) - 1
            softened = "&" if index in background else swallowed[1] if index in swallowed[0] else ""
            is_kept = not is_last and keeps_status(statements[index + 1], self._outcomes.kept)
            if not is_last and not is_kept:
                softened = softened or where.unchecked
            inner = replace(
                where,
                softened=where.softened or softened,
                is_last=where.is_last and is_last,
                is_kept=is_kept,
            )
            visits.append((statement, inner))
        return visits

    def _chain(self, statement: Syntax, where: _Where) -> list[_Visit]:
        chain = pipelines(statement)
        mode = self._modes[where.shell]
        rescue_of = rescues(chain, self._outcomes)
        visits: list[_Visit] = []
        for index, pipeline in enumerate(chain):
            is_last = index == len(chain) - 1
            lost = "!" if pipeline.negated else self._lost(chain, index, rescue_of[index], where)
            inner = replace(
                where,
                softened=where.softened or lost or _unnoticed(mode, where),
                conditional=where.conditional or _is_skippable(chain, index, where),
                unchecked=where.unchecked if is_last else self._quote(chain[index + 1]),
                is_last=where.is_last or not is_last,
                is_kept=False,
            )
            visits.extend(self._pipeline(pipeline, inner))
            mode = after_set(mode, words(pipeline.links[0]))
        return visits

    def _pipeline(self, pipeline: Pipeline, where: _Where) -> list[_Visit]:
        pipefail = self._modes[where.shell].pipefail
        visits: list[_Visit] = []
        for link, following in zip(pipeline.links, (*pipeline.links[1:], None), strict=True):
            lost = f"| {self._written(following)}" if following and not pipefail else ""
            visits.append((link, replace(where, softened=where.softened or lost)))
        return visits

    def _lost(self, chain: list[Pipeline], index: int, rescue: Rescue | None, where: _Where) -> str:
        """What follows in a chain and makes up for the failure of a pipeline, as written, or ''."""
        if rescue is None:
            # bash(1), "set -e": no exit where the command is part of a list but not its last.
            is_unseen = index < len(chain) - 1 and not (where.is_last or where.is_kept)
            return self._quote(chain[index + 1]) if is_unseen else ""
        is_repeated = words(chain[index].links[-1]) in rescue.commands
        return "" if rescue.fails or is_repeated else self._quote(chain[rescue.index])

    def _quote(self, pipeline: Pipeline) -> str:
        return f"{pipeline.operator} {self._written(pipeline.links[0])}"

    def _written(self, link: Link) -> str:
        start = link.syntax.start_byte
        written = self._text[start : min(link.syntax.end_byte, start + _LONGEST_QUOTE * 8)]
        text = " ".join(written.decode(errors="replace").split())
        return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"

    def _command(self, link: Link, where: _Where) -> list[_Visit]:
        name = link.syntax.child_by_field_name("name")
        if name is None:
            return self._nested(link.syntax, where, _UNSEEN)
        given = words(link)
        self._record.command(
            link, name.start_byte, where.shell, where.softened, conditional=where.conditional
        )
        self._modes[where.shell] = after_set(self._modes[where.shell], given)
        return self._nested(link.syntax, where, f"{given[0] or ''} $(…)".strip())

    def _declaration(self, link: Link, where: _Where) -> list[_Visit]:
        self._record.declaration(link.syntax, where.softened, conditional=where.conditional)
        return self._nested(link.syntax, where, f"{_program(link.syntax)} $(…)")

    def _nested(self, syntax: Syntax, where: _Where, unseen: str) -> list[_Visit]:
        """The substitutions below ``syntax``. ``unseen`` says how their status gets lost, '' if it is seen."""
        visits: list[_Visit] = []
        pending = [syntax]
        while pending:
            part = pending.pop()
            if part.type in _SUBSTITUTIONS:
                lost = unseen if part.type == "command_substitution" else self._written(Link(part))
                inner = replace(where, softened=where.softened or lost, unchecked=_UNSEEN, is_kept=False)
                visits.append((Link(part), self._forked(part, inner)))
            else:
                pending.extend(reversed(part.named_children))
        return visits

    def _forked(self, syntax: Syntax, where: _Where) -> _Where:
        """The inside of a process of its own: options set there end with it."""
        self._modes[syntax.id] = self._modes[where.shell]
        self._record.fork(syntax.id, where.shell)
        return replace(where, shell=syntax.id, is_last=True)

    def _subshell(self, link: Link, where: _Where) -> list[_Visit]:
        return self._sequence(link.syntax.children, self._forked(link.syntax, where))

    def _function(self, link: Link, where: _Where) -> list[_Visit]:
        body = link.syntax.child_by_field_name("body")
        inner = replace(self._forked(link.syntax, where), conditional=True, unchecked="")
        return [(Link(body), inner)] if body else []

    def _for(self, link: Link, where: _Where) -> list[_Visit]:
        inner = replace(where, conditional=True)
        visits: list[_Visit] = []
        for child in link.syntax.named_children:
            is_body = child.type in ("do_group", "compound_statement")
            visits.extend([(Link(child), inner)] if is_body else self._nested(child, where, _UNSEEN))
        return visits

    def _while(self, link: Link, where: _Where) -> list[_Visit]:
        keyword = link.syntax.children[0].type
        tested = replace(where, softened=where.softened or keyword, unchecked=keyword)
        inner = replace(where, conditional=True)
        return [
            (Link(child), inner) if child.type == "do_group" else (child, tested)
            for child in statements_of(link.syntax)
        ]

    def _case(self, link: Link, where: _Where) -> list[_Visit]:
        inner = replace(where, conditional=True)
        visits: list[_Visit] = []
        for child in statements_of(link.syntax):
            is_item = child.type == "case_item"
            visits.extend([(Link(child), inner)] if is_item else self._nested(child, where, _UNSEEN))
        return visits

    def _case_item(self, link: Link, where: _Where) -> list[_Visit]:
        values = {child.id for child in link.syntax.children_by_field_name("value")}
        return self._sequence([child for child in link.syntax.children if child.id not in values], where)

    def _if(self, link: Link, where: _Where) -> list[_Visit]:
        """``if`` or ``elif``: conditions, then the body, then the other clauses."""
        keyword = link.syntax.children[0].type
        conditions, body, clauses = parts_of_if(link.syntax)
        inner = replace(where, conditional=True)
        visits: list[_Visit] = []
        if decides(conditions, body, clauses, self._outcomes):
            tested = replace(where, unchecked=keyword, is_last=True)
            for pipeline in pipelines(conditions[0]):
                visits.extend(self._pipeline(pipeline, tested))
        else:
            tested = replace(where, softened=where.softened or keyword, unchecked=keyword)
            visits.extend((condition, tested) for condition in conditions)
        visits.extend(self._sequence(body, inner))
        for clause in clauses:
            is_else = clause.type == "else_clause"
            visits.extend(self._sequence(clause.children, inner) if is_else else [(Link(clause), inner)])
        return visits


def _program(declaration: Syntax) -> str:
    return (declaration.children[0].text or b"").decode(errors="replace")


def _unnoticed(mode: Mode, where: _Where) -> str:
    """Why ``-e`` does not hold, or ''. Without it the last command still decides, unless ``set`` says so."""
    holds = where.is_kept or (where.is_last and not mode.errexit_off.startswith("set "))
    return "" if holds else mode.errexit_off


def _is_skippable(chain: list[Pipeline], index: int, where: _Where) -> bool:
    """Whether what comes before in the chain can skip a pipeline and the text goes on."""
    pipeline, before = chain[index], chain[index - 1].links[-1].syntax
    is_guarded = pipeline.operator == "&&" and before.type == "test_command" and not where.is_last
    return pipeline.operator == "||" or is_guarded
