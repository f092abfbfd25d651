"""``archlint explain``: why a rule fires at a place, or does not."""

import re
from pathlib import Path
from typing import Annotated

import typer

from archlint.cli.guard import guarded
from archlint.cli.meant import processes
from archlint.cli.options import ConfigFile, Jobs, Root
from archlint.cli.output import write_out
from archlint.cli.progress import progress
from archlint.errors import ConfigError, Mistake

EPILOG = """\b
Examples:
  archlint explain retired-plan    what a rule sees
  archlint explain src/open.ts:12  what rules saw there
"""

_PLACE = re.compile(r"(?P<path>.+):(?P<line>\d{1,9})(:\d+)?")


def explain(
    subject: Annotated[str, typer.Argument(metavar="RULE|FILE:LINE", help="A rule's id, or a place.")],
    root: Root = None,
    config: ConfigFile = None,
    jobs: Jobs = 0,
) -> None:
    """Explain a rule, or what the rules made of a line."""

    def command() -> int:
        from archlint.explain import explain_place, explain_rule
        from archlint.reporters.explanation import render_place, render_rule
        from archlint.run import Request

        request = Request(cwd=Path.cwd(), root=root, config=config, jobs=processes(jobs))
        place = _PLACE.fullmatch(subject)
        if place is None and Path(subject).is_file():
            raise ConfigError((Mistake(f"{subject}: which line?", f"archlint explain {subject}:1"),))
        with progress(quiet=False) as tell:
            if place is None:
                text = render_rule(explain_rule(request, subject, tell))
            else:
                text = render_place(explain_place(request, place["path"], int(place["line"]), tell))
        write_out(text)
        return 0

    guarded(command)
