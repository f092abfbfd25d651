"""What came of trying rules, for people: what was expected, what was seen, and the code."""

from collections.abc import Iterable, Iterator

from archlint.model import Finding, Problem
from archlint.reporters.escape import lines, terminal
from archlint.reporters.summary import counted
from archlint.trial.examples import Trial
from archlint.trial.fixtures import Fixture
from archlint.trial.markers import shown
from archlint.trial.mutation import Mutation

_LONGEST_CODE = 12


def tell_trials(trials: Iterable[Trial]) -> str:
    """Each example that went otherwise than it says, then the counts."""
    trials = tuple(trials)
    blocks = [[*_trial(trial)] for trial in trials if not trial.passed]
    rules = len({trial.rule.id for trial in trials})
    head = f"{counted(rules, 'rule')}: {counted(len(trials), 'example')}"
    told = [f"{head}, {len(trials) - len(blocks)} as expected, {len(blocks)} not"]
    if any(can_follow(trial) for trial in trials if not trial.passed):
        told.append("if the rule is right and the examples are old: archlint test --update")
    blocks.append(told)
    return "\n".join(map(lines, blocks))


def _trial(trial: Trial) -> Iterator[str]:
    origin = trial.rule.origin
    name = f"{trial.side} example {trial.number} of {trial.rule.id}"
    yield terminal(f"{origin.path}:{origin.line}: {name} {reason(trial)}")
    yield from _difference(trial.missing, trial.unexpected, trial.verdict.problems)
    for path, text in trial.files.items():
        yield terminal(f"  in {path}")
        yield from _code(text)


def reason(trial: Trial) -> str:
    """Why an example is not as it says, in a few words."""
    if trial.verdict.problems:
        return "could not be read"
    if trial.side == "bad" and not trial.verdict.findings:
        return "gives no finding"
    if trial.says_which:
        return f"gives other findings than its {'markers expect' if trial.expected else '`expect` says'}"
    return "gives a finding"


def can_follow(trial: Trial) -> bool:
    """Whether a failing example says which findings it gives, and could say the ones it gives."""
    return (
        trial.side == "bad"
        and trial.says_which
        and bool(trial.verdict.findings)
        and not trial.verdict.problems
    )


def _difference(
    missing: Iterable[str], unexpected: Iterable[Finding], problems: Iterable[Problem]
) -> Iterator[str]:
    """A line for each difference: ``-`` was expected and not seen, ``+`` was seen and not expected."""
    for text in missing:
        yield terminal(f"  - {text}")
    for found in unexpected:
        place = found.place
        yield terminal(f"  + {place.path}:{place.span.line}:{place.span.column} {found.rule} {found.message}")
    for problem in problems:
        yield terminal(f"  ! {problem.path}:{problem.span.line} {problem.reason.value}: {problem.message}")


def _code(text: str) -> Iterator[str]:
    rows = text.splitlines()
    for number, row in enumerate(rows[:_LONGEST_CODE], start=1):
        yield terminal(f"  {number:>4} | {row}").rstrip()
    if len(rows) > _LONGEST_CODE:
        yield f"       … {counted(len(rows) - _LONGEST_CODE, 'more line')}"


def tell_fixtures(fixtures: Iterable[Fixture]) -> str:
    """Each tree whose findings are not those its markers expect, then the counts."""
    fixtures = tuple(fixtures)
    blocks = [[*_fixture(each)] for each in fixtures if not each.passed]
    expected = sum(each.expected.total() for each in fixtures)
    agree = f"{len(fixtures) - len(blocks)} as marked, {len(blocks)} not"
    blocks.append([f"{counted(len(fixtures), 'tree')} with {counted(expected, 'expected finding')}: {agree}"])
    return "\n".join(map(lines, blocks))


def _fixture(each: Fixture) -> Iterator[str]:
    yield terminal(f"{each.root}: the findings are not those its markers expect")
    extra = each.found - each.expected
    unexpected = [
        found
        for found in each.report.findings
        if (found.place.path, found.place.span.line, found.rule) in extra
    ]
    missing = sorted((each.expected - each.found).elements())
    yield from _difference(map(shown, missing), unexpected, each.report.problems)


def tell_mutations(mutations: Iterable[Mutation]) -> str:
    """A line for each rule: where its offence was found, or that it was not."""
    mutations = tuple(mutations)
    told = [terminal(_mutation(each)) for each in mutations]
    silent = sum(each.finding is None for each in mutations)
    summary = f"{counted(len(mutations), 'rule')}: {len(mutations) - silent} can fire here, {silent} cannot"
    return lines([*told, "", summary])


def _mutation(each: Mutation) -> str:
    if each.finding is None:
        why = f"none of {each.tried} plantings is found" if each.tried else "it has no bad example to plant"
        return f"silent  {each.rule.id}: {why} ({each.rule.origin.path}:{each.rule.origin.line})"
    place = f"{each.finding.place.path}:{each.finding.place.span.line}"
    if each.is_planted:
        return f"fires   {each.rule.id}: {place}"
    return f"fires   {each.rule.id}: {place} (in the tree as it is; nothing planted is found beside it)"
