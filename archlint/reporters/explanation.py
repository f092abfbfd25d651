"""``archlint explain``: a rule, or what every rule made of a line, for people."""

from collections.abc import Iterable, Iterator

from archlint.examples import Example
from archlint.looks import Look, PlaceSeen, RuleSeen
from archlint.model import Finding
from archlint.reporters.escape import lines, terminal
from archlint.reporters.summary import counted
from archlint.reporters.wording import finding_line, problem_line

_MOST_FILES = 5
_MOST_EXAMPLES = 3
_MOST_FINDINGS = 5


def render_rule(seen: RuleSeen) -> str:
    """What a rule says, why, where it looks, what it saw, and examples of both sides."""
    return lines(_rule(seen))


def render_place(seen: PlaceSeen) -> str:
    """What the rules that look at a line saw there, findings first; then the rules that do not look, and why."""
    return lines(_place(seen))


def _rule(seen: RuleSeen) -> Iterator[str]:
    rule = seen.rule
    yield terminal(f"{rule.id}  {rule.severity} · {rule.kind} ({seen.kind_says})")
    yield terminal(f"  written at {rule.origin.path}:{rule.origin.line}")
    for label, text in (("why", rule.why), ("fix", rule.fix), ("enforces", ", ".join(rule.enforces))):
        if text:
            yield terminal(f"  {label}: {' '.join(text.split())}")
    yield terminal(
        f"  looks at: {', '.join(rule.scope.files or rule.selectors) or 'every file the kind reads'}"
    )
    if rule.scope.ignores:
        yield terminal(f"  ignores: {', '.join(rule.scope.ignores)}")
    if rule.scope.within:
        yield terminal(f"  narrowed by archlint.toml to: {', '.join(rule.scope.within)}")
    yield from _examples("bad", rule.tests.bad)
    yield from _examples("good", rule.tests.good)
    yield ""
    yield terminal(f"in this tree: {counted(len(seen.files), 'file')}{_first(seen.files)}")
    yield from (terminal(f"  looks at nothing: {reason}") for reason in seen.vain)
    yield from _told(seen.findings)
    yield from (f"  {problem_line(problem)}" for problem in seen.problems)


def _first(files: tuple[str, ...]) -> str:
    more = ", …" if len(files) > _MOST_FILES else ""
    return f" ({', '.join(files[:_MOST_FILES])}{more})" if files else ""


def _told(findings: tuple[Finding, ...]) -> Iterator[str]:
    yield f"  {counted(len(findings), 'finding')}"
    yield from (f"    {finding_line(finding)}" for finding in findings[:_MOST_FINDINGS])
    if len(findings) > _MOST_FINDINGS:
        yield f"    … {len(findings) - _MOST_FINDINGS} more: archlint check --select {findings[0].rule}"


def _examples(label: str, examples: Iterable[Example]) -> Iterator[str]:
    for example in [each for each in examples if each.code][:_MOST_EXAMPLES]:
        first, *rest = example.code.strip().splitlines()
        where = f"{example.path}: " if example.path else ""
        yield terminal(f"  {label}: {where}{first}{' …' if rest else ''}")


def _place(seen: PlaceSeen) -> Iterator[str]:
    yield terminal(f"{seen.path}:{seen.line}")
    yield from (f"  {problem_line(problem)}" for problem in seen.problems)
    looking = [look for look in seen.looks if not look.passes]
    for look in sorted(looking, key=lambda look: not look.findings):
        yield from _look(look)
    silent = [look.rule.id for look in looking if not look.findings and not look.misses]
    if silent:
        yield terminal(f"  nothing here for {', '.join(silent)}")
    passing = [look for look in seen.looks if look.passes]
    if passing:
        yield f"{counted(len(passing), 'rule')} {'does' if len(passing) == 1 else 'do'} not look at this file"
    yield from (terminal(f"  {look.rule.id}: {look.passes}") for look in passing)


def _look(look: Look) -> Iterator[str]:
    if look.findings or look.misses:
        told = f"{counted(len(look.findings), 'finding')} here" if look.findings else "no finding here"
        yield terminal(f"  {look.rule.id} ({look.rule.kind}): {told}")
    yield from (f"    {finding_line(finding)}" for finding in look.findings)
    yield from (terminal(f"    {miss}") for miss in look.misses)
