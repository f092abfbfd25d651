"""``archlint test``: whether the rules do what they say."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archlint.cli.guard import guarded
from archlint.cli.meant import check_format, names, processes
from archlint.cli.options import ConfigFile, Jobs, Output, Select
from archlint.cli.output import write
from archlint.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archlint.config import Config
    from archlint.model import Rule
    from archlint.trial.fixtures import Fixture
    from archlint.trial.judging import Bench

EPILOG = """\b
Examples:
  archlint test                  the examples of all rules
  archlint test rules/plans.yml  of those in a file
  archlint test --update         expect what they find now
  archlint test --mutate         can each rule fire here?
  archlint test --fixture tests/shop
  archlint test --format junit -o out.xml

\b
In a tree for --fixture, a comment `expect: RULE` marks
each line in which the rule is to find something.

\b
Exit codes:
  0  everything was as expected
  1  something was not, or a rule could not fire
  2  arguments, configuration or rules are wrong
  3  there was nothing to try
"""


def test(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...", help="Only rules written in these files and folders.", show_default=False
        ),
    ] = None,
    mutate: Annotated[
        bool, typer.Option("--mutate", help="Plant an offence against each rule in the tree, in memory only.")
    ] = False,
    fixture: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="Check a tree whose comments say what is found. Repeatable."),
    ] = None,
    update: Annotated[
        bool,
        typer.Option("--update", "-u", help="Have examples and trees expect what is found; show the diff."),
    ] = False,
    root: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The tree for --mutate. Default: where archlint.toml is."),
    ] = None,
    config: ConfigFile = None,
    select: Select = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text, or junit for examples.")
    ] = "text",
    output: Output = None,
    jobs: Jobs = 0,
) -> None:
    """Try the rules: on their own examples, on trees with markers, or on offences planted in the tree."""

    def command() -> int:
        check_format(format, ("text", "junit"))
        if format == "junit" and (mutate or fixture):
            raise ConfigError(
                (Mistake("--format junit is for examples", "leave --mutate and --fixture out"),)
            )
        if mutate and fixture:
            raise ConfigError((Mistake("--mutate and --fixture do not go together"),))
        if update and (mutate or format == "junit"):
            other = "--mutate" if mutate else "--format junit"
            raise ConfigError((Mistake(f"--update and {other} do not go together"),))
        workers = processes(jobs)
        mode = "update" if update else "mutate" if mutate else format
        if fixture:
            text, code = _fixtures(fixture, config, workers, update=update)
        else:
            text, code = _rules(paths or [], names(select), (root, config, workers), mode)
        write(text, output)
        return code

    guarded(command, "nothing was tried")


def _fixtures(roots: "Sequence[Path]", config: Path | None, jobs: int, *, update: bool) -> tuple[str, int]:
    from archlint.trial.fixtures import fixture
    from archlint.trial.telling import tell_fixtures

    missing = [Mistake(f"{root}: no such directory") for root in roots if not root.is_dir()]
    if missing:
        raise ConfigError(tuple(missing))
    sheet = config and Path.cwd() / config
    tried = [fixture(Path.cwd() / root, sheet, jobs) for root in roots]
    diff = ""
    if update and not all(each.passed for each in tried):
        diff = "".join(_updated(each, sheet, jobs) for each in tried if not each.passed)
        tried = [fixture(Path.cwd() / root, sheet, jobs) for root in roots]
    return diff + tell_fixtures(tried), int(not all(each.passed for each in tried))


def _updated(each: "Fixture", config: Path | None, jobs: int) -> str:
    """Put what a tree gives into its markers; the diff."""
    from archlint.cli.changes import diff_of, put
    from archlint.trial.update.fixtures import updated

    changes = updated(each, config, jobs)
    for change in changes:
        put(each.root / change.path, change)
    return "".join(map(diff_of, changes))


def _rules(
    paths: "Sequence[str]", select: "Sequence[str]", place: tuple[Path | None, Path | None, int], mode: str
) -> tuple[str, int]:
    from archlint.selection import chosen_rules
    from archlint.trial.choosing import written_in
    from archlint.trial.judging import Bench
    from archlint.workers.pool import Workers

    loaded = _loaded(place)
    rules = chosen_rules(written_in(loaded, Path.cwd(), paths), select, ())
    with Workers(loaded.root, loaded.limits, place[2]) as workers:
        bench = Bench(workers, loaded)
        if mode == "mutate":
            return _mutated(bench, rules, loaded)
        if mode != "update":
            return _tried(bench, rules, mode)
        diff = _examples_updated(bench, rules)
        ids = {rule.id for rule in rules}
        again = [rule for rule in _loaded(place).rules if rule.id in ids]
        text, code = _tried(bench, again, "text")
        return diff + text, code


def _loaded(place: tuple[Path | None, Path | None, int]) -> "Config":
    from archlint.config import load

    root, config, _ = place
    return load(root, config, Path.cwd())


def _examples_updated(bench: "Bench", rules: "Sequence[Rule[Any]]") -> str:
    """Put what the rules say into their examples; the diff, and what is left to a person."""
    from archlint.cli.changes import diff_of, put
    from archlint.reporters.escape import lines, terminal
    from archlint.trial.examples import trials
    from archlint.trial.update.examples import updated

    update = updated(bench, trials(bench, rules), (bench.config.root, Path.cwd()))
    for path, change in update.changes:
        put(path, change)
    diff = "".join(diff_of(change) for _, change in update.changes)
    left = lines(terminal(f"not updated: {sentence}") for sentence in update.left)
    return "".join(f"{part}\n" for part in (diff, left) if part)


def _tried(bench: "Bench", rules: "Sequence[Rule[Any]]", format_name: str) -> tuple[str, int]:
    from archlint.trial.examples import trials
    from archlint.trial.junit import junit
    from archlint.trial.telling import tell_trials

    tried = tuple(trials(bench, rules))
    text = junit(tried) if format_name == "junit" else tell_trials(tried)
    if not tried:
        return text, 3
    return text, int(not all(trial.passed for trial in tried))


def _mutated(bench: "Bench", rules: "Sequence[Rule[Any]]", config: "Config") -> tuple[str, int]:
    from archlint.discover import discover
    from archlint.trial.mutation import mutations
    from archlint.trial.telling import tell_mutations

    listing = discover(config.root, config.exclude)
    tried = tuple(mutations(bench, rules, listing))
    return tell_mutations(tried), int(any(each.finding is None for each in tried))
