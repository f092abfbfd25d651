"""Shell scripts: the commands that a file executes."""

import re

import msgspec

from archlint.facts import Demand, Facts, ScriptDemand
from archlint.languages import text
from archlint.languages.bash.modes import Mode
from archlint.languages.decoded import plain
from archlint.languages.located import commands_in
from archlint.languages.wanted import asks
from archlint.model import WHOLE_FILE
from archlint.pipelines import Script, Scripts
from archlint.source import Source

_ERREXIT_IN_FIRST_LINE = re.compile(rb"#![^\n]*\s-\w*e")


def read(source: Source, demands: tuple[Demand, ...]) -> Facts:
    """The facts of a whole file."""
    found = text.read(source, demands)
    if not asks(demands, ScriptDemand):
        return found
    errexit = _ERREXIT_IN_FIRST_LINE.match(source.data) is not None
    mode = Mode(errexit_off="" if errexit else "sh without -e")
    commands, problems = commands_in(source, plain(source.data, (0, len(source.data))), mode)
    scripts = Scripts(scripts=(Script("", WHOLE_FILE, commands),), is_whole=not problems)
    return msgspec.structs.replace(found, scripts=scripts, problems=problems)
