"""``archlint trace``: what the documents state, which rules hold it, and what they find."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.meant import check_format, processes
from archlint.cli.options import ConfigFile, Jobs, Output, Root
from archlint.cli.output import write
from archlint.cli.progress import progress

if TYPE_CHECKING:
    from archlint.model import Report

EPILOG = """\b
Examples:
  archlint trace                         all of it
  archlint trace --no-findings           no findings
  archlint trace -f markdown -o team.md  a page for a team

\b
A requirements.yml beside the rules holds the statements.
Rules cite them under `enforces`.

\b
Exit codes:
  0  every statement is enforced, or it says why not
  1  gaps: statements without a rule, rules that cite none
  2  arguments, configuration or requirements are wrong
  3  no gap, but not everything could be read
"""


def trace(
    root: Root = None,
    config: ConfigFile = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text, markdown or json.")
    ] = "text",
    output: Output = None,
    findings: Annotated[
        bool, typer.Option("--findings/--no-findings", help="Whether to check the tree.")
    ] = True,
    jobs: Jobs = 0,
) -> None:
    """Show which rules hold each statement of the documents, what tries them, and what they find."""

    def command() -> int:
        from archlint.config import load, load_requirements
        from archlint.reporters.trace import TRACE_FORMATS
        from archlint.requirements import trace as traced

        check_format(format, TRACE_FORMATS)
        requirements = load_requirements(root, config, Path.cwd())
        rules = load(root, config, Path.cwd()).rules
        report = _checked(root, config, jobs) if findings else None
        found = traced(requirements, rules, None if report is None else report.findings)
        text = TRACE_FORMATS[format](found)
        write(text, output)
        if found.gaps:
            return 1
        return 0 if report is None or report.complete else 3

    guarded(command)


def _checked(root: Path | None, config: Path | None, jobs: int) -> "Report":
    """The report of the tree. What was not read whole is told on standard error."""
    from archlint.reporters.wording import problem_line
    from archlint.run import Request, check

    request = Request(cwd=Path.cwd(), root=root, config=config, jobs=processes(jobs))
    with progress(quiet=False) as tell:
        report = check(request, tell)
    for problem in report.problems:
        typer.echo(problem_line(problem), err=True)
    return report
