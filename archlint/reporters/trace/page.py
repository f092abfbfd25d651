"""A trace as a Markdown page: the architecture handbook that the rules are."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from archlint.examples import Example
from archlint.model import Rule
from archlint.reporters.escape import code_block, markdown, prose
from archlint.reporters.summary import counted
from archlint.reporters.trace.sections import Section, by_document, totals
from archlint.reporters.wording import exact_place
from archlint.requirements import Statement, Trace

_MOST_EXAMPLES = 2
_LANGUAGES = {
    "astro",
    "css",
    "html",
    "js",
    "json",
    "mjs",
    "py",
    "sh",
    "sql",
    "toml",
    "ts",
    "tsx",
    "yaml",
    "yml",
}
_HEAD = """# Architecture handbook

What the documents state, which rules hold it, and what each rule asks. `archlint trace --format markdown` writes this
page from the rules and `requirements.yml`; change those.
"""


def render(trace: Trace) -> str:
    """Statements by document and section, then the rules, then the gaps."""
    documents = (_document(*document, trace) for document in by_document(trace))
    parts = (_HEAD, f"{totals(trace)}.\n", *chain.from_iterable(documents), *_rules(trace), *_gaps(trace))
    return "\n".join(parts)


def _document(name: str, title: str, sections: tuple[Section, ...], trace: Trace) -> Iterator[str]:
    yield f"## {prose(name)}: {prose(title)}\n"
    for section, statements in sections:
        if section:
            yield f"### {prose(section)}\n"
        yield "".join(_statement(statement, trace) for statement in statements)


def _statement(statement: Statement, trace: Trace) -> str:
    rules = ", ".join(f"[`{rule.id}`](#{rule.id})" for rule in trace.rules_for(statement.id))
    how = "**Open:** no rule enforces it."
    if rules:
        how = f"Held by {rules}."
    elif statement.unchecked:
        how = f"*Not checked:* {prose(statement.unchecked)}"
    return f"- `{statement.id}` {prose(statement.text)}\n  {how}\n"


def _rules(trace: Trace) -> Iterator[str]:
    if trace.rules:
        yield "## The rules\n"
    for rule in trace.rules:
        yield from _rule(rule, trace)


def _rule(rule: Rule[Any], trace: Trace) -> Iterator[str]:
    yield f"### {rule.id}\n"
    yield f"{rule.severity.value.capitalize()}, kind `{rule.kind}`. {_where(rule)}\n"
    if rule.why:
        yield f"**Why.** {prose(rule.why)}\n"
    if rule.fix:
        yield f"**Instead.** {prose(rule.fix)}\n"
    yield f"**Holds** {', '.join(f'`{each}`' for each in rule.enforces) or 'no statement'}.\n"
    yield from _examples("Breaks it", rule.tests.bad)
    yield from _examples("Does not", rule.tests.good)
    if trace.findings is not None:
        yield _findings(rule, trace)


def _where(rule: Rule[Any]) -> str:
    looks = rule.scope.files or rule.selectors
    where = ", ".join(f"`{each}`" for each in looks) or "every file that can hold it"
    but = ", ".join(f"`{each}`" for each in rule.scope.ignores)
    return f"Looks at {where}" + (f"; not at {but}." if but else ".")


def _examples(heading: str, examples: tuple[Example, ...]) -> Iterator[str]:
    shown = examples[:_MOST_EXAMPLES]
    if not shown:
        return
    yield f"**{heading}:**\n"
    snippets = [example.code for example in shown if example.code and not example.path]
    if snippets:
        yield code_block(_language(""), "\n".join(snippets))
    for example in shown:
        files = {example.path: example.code} if example.path else {}
        yield from (
            code_block(_language(path), code, path) for path, code in {**files, **example.files}.items()
        )


def _language(path: str) -> str:
    suffix = path.rpartition(".")[2]
    return suffix if suffix in _LANGUAGES else "text" if path else "tsx"


def _findings(rule: Rule[Any], trace: Trace) -> str:
    found = trace.findings_of(rule.id)
    lines = [f"**{counted(len(found), 'finding')}.**\n"]
    lines += [f"- {markdown(f'{exact_place(each.place)}: {each.message}')}\n" for each in found]
    return "\n".join((lines[0], "".join(lines[1:])))


def _gaps(trace: Trace) -> Iterator[str]:
    if trace.gaps:
        yield "## Gaps\n"
        places = ((f"{gap.origin.path}:{gap.origin.line}", gap.message) for gap in trace.gaps)
        yield "".join(f"- {markdown(f'{place}: {message}')}\n" for place, message in places)
